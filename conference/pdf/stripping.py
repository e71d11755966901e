"""A stranger's PDF from standard input, written anew to standard output: the body of a process of its own, which `untrusted` starts.

It gives itself little memory and time first, since a thousand bytes may unpack to gigabytes. It uses nothing else of the application.
"""

import io
import resource
import sys
from enum import IntEnum

import pikepdf
from pikepdf import settings

MOST_MEMORY = 320 * 2**20  # bytes of address space; the libraries take 40 MB of it, a scanned letter some 20 MB
MOST_SECONDS = 3  # of the processor; a letter takes a tenth of one
MOST_UNPACKED = (
    64 * 2**20
)  # bytes of one stream; streams packed by LZW know no such limit, which is why memory has one too
MOST_FILTERS = 2
# What acts, embeds or tells about its maker has no place in a letter (ISO 32000-2, 7.7.2 and 7.7.3.3).
_OF_DOCUMENT = (
    "/OpenAction",
    "/AA",
    "/Names",
    "/AcroForm",
    "/Metadata",
    "/PieceInfo",
    "/Outlines",
    "/AF",
    "/Collection",
)
_OF_PAGE = ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/AF")


class Fault(IntEnum):
    """Why a PDF is not written anew: what the process exits with."""

    LOCKED = 11
    PAGES = 12
    DAMAGED = 13
    LARGE = 14
    UNBOUNDED = 15


def main(most_pages, most_bytes):
    """Exit with 0 once it is written, with a Fault otherwise."""
    _confine()
    try:
        written = _rewritten(sys.stdin.buffer.read(), most_pages)
    except MemoryError:
        return Fault.UNBOUNDED
    except pikepdf.PasswordError:
        return Fault.LOCKED
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return Fault.DAMAGED
    if isinstance(written, Fault):
        return written
    if len(written) > most_bytes:
        return Fault.LARGE
    sys.stdout.buffer.write(written)
    return 0


def _confine():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    settings.set_qpdf_limits(
        max_stream_filters=MOST_FILTERS,
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
    )


def _rewritten(content, most_pages):
    with pikepdf.open(io.BytesIO(content)) as document:
        if document.is_encrypted:
            return Fault.LOCKED
        pages = len(document.pages)
        if not 0 < pages <= most_pages:
            return Fault.PAGES if pages else Fault.DAMAGED
        _strip(document)
        out = io.BytesIO()
        # What nothing leads to is left out. What is drawn is copied as it is packed: unpacking it is the reader's own affair.
        document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return out.getvalue()


def _strip(document):
    for name in _OF_DOCUMENT:
        if name in document.Root:
            del document.Root[name]
    for page in document.pages:
        for name in _OF_PAGE:
            if name in page.obj:
                del page.obj[name]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:])))
