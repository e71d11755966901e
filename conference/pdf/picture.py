"""A picture of a PDF's first page: the printed thing itself, shown on a screen."""

from io import BytesIO

import pypdfium2

from conference.pdf.lock import native

_POINTS_PER_INCH = 72


def first_page_png(pdf: bytes, *, dpi: int = 200) -> bytes:
    """The first page as PNG. PDFium is not safe between threads, hence the lock."""
    with native.lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture = document[0].render(scale=dpi / _POINTS_PER_INCH).to_pil().convert("RGB")
        finally:
            document.close()
    out = BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()
