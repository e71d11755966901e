"""What may be handed in as a proof: told by content, opened, and written anew so that nothing travels along."""

import io
import struct
import warnings

from flask_babel import gettext as _
from PIL import Image

from conference import pdf
from conference.kernel import Refusal

MOST_BYTES = 5 * 2**20
MOST_PAGES = 20
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 3000
PDF, JPEG = "application/pdf", "image/jpeg"
SUFFIXES = {PDF: "pdf", JPEG: "jpg"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

_ORIENTATION = 0x0112  # EXIF 3.0, 4.6.5.1: how the picture is to be turned
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the reader of pictures raises over bytes that no camera writes.
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    SyntaxError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def made_safe(content):
    """(media type, bytes) of a document written anew: a PDF without scripts, links and files, a picture as plain JPEG.

    Refusal at the field when it is none of these, too large, or cannot be opened.
    """
    if not content:
        raise _refused(_("Choose a file."))
    if len(content) > MOST_BYTES:
        raise _refused(_("The file is larger than 5 MB. Scan it in grey or with fewer dots an inch."))
    if content.startswith(b"%PDF-"):
        return PDF, _plain_pdf(content)
    if content.startswith(_PICTURES):
        return JPEG, _plain_picture(content)
    raise _refused(_("This is no PDF, JPEG or PNG. What a file is called does not count, but what is in it."))


def _plain_pdf(content):
    try:
        return pdf.stripped(content, most_pages=MOST_PAGES, most_bytes=2 * MOST_BYTES)
    except pdf.Unfit as unfit:
        raise _refused(_unfit(unfit.fault)) from None


def _unfit(fault):
    return {
        pdf.Fault.LOCKED: _("This PDF is locked. Save it without a password."),
        pdf.Fault.PAGES: _("A proof has one to %(most)s pages.", most=MOST_PAGES),
        pdf.Fault.DAMAGED: _("This PDF is damaged: it cannot be opened."),
        pdf.Fault.LARGE: _("The file is larger than 5 MB. Scan it in grey or with fewer dots an inch."),
        pdf.Fault.UNBOUNDED: _("This PDF takes too much to open. Print it into a new PDF, or hand in a picture of it."),
    }[fault]


def _plain_picture(content):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _refused(_("The picture has too many dots. Make it smaller."))
                return _as_jpeg(picture)
    except Refusal:
        raise
    except _BROKEN:
        raise _refused(_("This picture is damaged: it cannot be opened.")) from None


def _as_jpeg(picture):
    """Its dots alone: upright, without place, camera and other words, transparent parts white."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION))  # no more of it is read, and nothing written
    upright = picture.convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = upright if turn is None else upright.transpose(turn)
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=85)
    return out.getvalue()


def _refused(text):
    return Refusal(text, field="file")
