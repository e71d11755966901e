"""Small documents to hand in, good and bad."""

import io
import struct
import zlib

import pikepdf
from PIL import Image

from conference.registration.eligibility import documents


def a_pdf(pages=1, change=None, **saved):
    """A PDF of empty pages; `change(pdf)` puts something into it, `saved` is how pikepdf saves it."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _number in range(pages):
        pdf.add_blank_page()
    if change:
        change(pdf)
    pdf.save(out, **saved)
    return out.getvalue()


def a_document(content=None):
    """A document that was made safe, as it is kept."""
    return documents.made_safe(a_pdf() if content is None else content)


def a_picture(kind="PNG", size=(40, 30), **saved):
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **saved)
    return out.getvalue()


def a_rotated_picture(*, exif=None):
    """A JPEG of 40 by 30 dots whose left half is black, and which says that it is to be turned by a quarter to the right: then its top is black."""
    picture, out = Image.new("RGB", (40, 30), "white"), io.BytesIO()
    picture.paste("black", (0, 0, 20, 30))
    turned = Image.Exif()
    turned[0x0112] = 6
    picture.save(out, "JPEG", exif=turned.tobytes() if exif is None else exif)
    return out.getvalue()


def exif_of(tag, kind, count, value):
    """EXIF with the orientation and one more field, of any type number and count, also such as no camera writes (TIFF 6.0, section 2)."""
    fields = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + struct.pack(">HHI4s", tag, kind, count, value)
    return b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + fields + b"\0\0\0\0"


def packed_page(megabytes):
    """A PDF whose page draws blanks, packed twice: a thousand bytes."""

    def draw(pdf):
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"")
        twice = pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
        pdf.pages[0].Contents.write(packed_twice(b"", megabytes), filter=twice)

    return a_pdf(1, draw, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def packed_twice(head, megabytes):
    """Bytes and blanks after them, by Flate of Flate: a thousandth of a thousandth."""
    once = zlib.compressobj(9)
    pieces = [once.compress(head), *(once.compress(b" " * 2**20) for _each in range(megabytes)), once.flush()]
    return zlib.compress(b"".join(pieces), 9)


def packed_by_lzw(head, megabytes):
    """The same by LZW (ISO 32000-2, 7.4.4), with codes of nine bits for the head, and the longest runs after it."""
    run, length = [(256, 9), (ord(" "), 9)], 1
    for code in range(258, 4094):
        run.append((code, (code + 1).bit_length()))
        length += code - 256
    codes = [pair for byte in head for pair in ((256, 9), (byte, 9))]
    bits = "".join(f"{code:0{width}b}" for code, width in codes)
    again = "".join(f"{code:0{width}b}" for code, width in run)
    bits += again * (megabytes * 2**20 // length) + f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def packed_objects(packed, filters, megabytes, streams=1):
    """A PDF whose page stands in a stream of objects (ISO 32000-2, 7.5.7) with blanks behind it; of more streams the rest are named only."""
    pages = range(3, 3 + 2 * streams, 2)
    named = b"".join(b"%d 0 " % page for page in pages)  # each names them all, so that one text does for all
    data = packed(named + b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>", megabytes)
    said = b"<</Type/ObjStm/N %d/First %d/Length %d/Filter%b>>" % (streams, len(named), len(data), filters)
    others = b" ".join(b"%d 0 R" % page for page in pages)
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Others[%b]>>" % others}
    objects |= {page + 1: b"%b stream\n%b\nendstream" % (said, data) for page in pages}
    return _with_table(objects, {page: (page + 1, index) for index, page in enumerate(pages)})


def _with_table(objects, inside):
    out, table = b"%PDF-1.5\n", {0: (0, 0, 0), **{number: (2, *place) for number, place in inside.items()}}
    for number, body in objects.items():
        table[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    own = len(table)
    table[own] = (1, len(out), 0)
    rows = b"".join(struct.pack(">BIB", *row) for _number, row in sorted(table.items()))
    said = b"<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>" % (len(table), len(rows))
    return out + b"%d 0 obj\n%b stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (own, said, rows, len(out))
