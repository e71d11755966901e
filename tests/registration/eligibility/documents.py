"""Small documents to hand in, good and bad."""

import io

import pikepdf
from PIL import Image


def a_pdf(pages=1, change=None):
    """A PDF of empty pages; `change(pdf)` puts something into it."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _number in range(pages):
        pdf.add_blank_page()
    if change:
        change(pdf)
    pdf.save(out)
    return out.getvalue()


def a_picture(kind="PNG", size=(40, 30), **saved):
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **saved)
    return out.getvalue()
