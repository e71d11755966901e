"""What may be handed in: told by content, opened, written anew, never as it came."""

import io
from itertools import product

import pikepdf
import pytest
from PIL import Image

from conference.kernel import Refusal
from conference.registration.eligibility import documents
from tests.registration.eligibility.documents import a_pdf, a_picture, a_rotated_picture, exif_of


def with_script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.attachments["evil.exe"] = b"MZ"
    pdf.pages[0].obj.Annots = pikepdf.Array()
    pdf.docinfo["/Author"] = "Somebody"


def test_scripts_files_and_authors_of_a_pdf_do_not_travel_along():
    kind, safe = documents.made_safe(a_pdf(2, with_script))

    assert kind == "application/pdf"
    with pikepdf.open(io.BytesIO(safe)) as pdf:
        assert len(pdf.pages) == 2
        assert not {"/OpenAction", "/Names", "/AcroForm"} & set(pdf.Root.keys())
        assert "/Author" not in pdf.docinfo
    assert b"MZ" not in safe


def test_a_picture_loses_where_and_with_what_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"

    kind, safe = documents.made_safe(a_picture("JPEG", exif=exif))

    assert kind == "image/jpeg"
    assert b"Secret camera" not in safe


def test_a_picture_stands_upright():
    _kind, safe = documents.made_safe(a_rotated_picture())

    seen = Image.open(io.BytesIO(safe)).convert("L")
    assert seen.size == (30, 40)
    assert (seen.getpixel((15, 2)), seen.getpixel((15, 37))) == (0, 255)
    assert 0x0112 not in seen.getexif()


@pytest.mark.parametrize("tag", [0x010F, 0x0112, 0x8769, 0x8825, 0x9286])
def test_a_picture_with_odd_words_about_it_is_a_picture(tag):
    for kind, count, value in product([*range(14), 0x7F02], [0, 1, 2, 2**31], [b"ab\0\0", b"\0\0\0\x08", b"\xff" * 4]):
        _kind, safe = documents.made_safe(a_rotated_picture(exif=exif_of(tag, kind, count, value)))
        assert Image.open(io.BytesIO(safe)).size in {(30, 40), (40, 30)}


def test_a_field_whose_type_and_value_differ_leaves_the_picture_upright():
    for kind in (5, 11):  # the maker's name as a fraction, or as a number with a point
        _kind, safe = documents.made_safe(a_rotated_picture(exif=exif_of(0x010F, kind, 1, b"\0\0\0\x08")))
        assert Image.open(io.BytesIO(safe)).size == (30, 40)


def test_a_large_picture_is_made_smaller():
    _kind, safe = documents.made_safe(a_picture("PNG", size=(5000, 100)))

    assert max(Image.open(io.BytesIO(safe)).size) == documents.LONGEST_SIDE


def locked():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file"),
        (b"<html><script>alert(1)</script>", "no PDF"),
        (b"GIF89a" + b"0" * 50, "no PDF"),
        (b"%PDF-1.7 garbage", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "damaged"),
        (b"\xff\xd8\xff" + b"0" * 50, "damaged"),
        (b"%PDF-" + b"0" * documents.MOST_BYTES, "larger"),
    ],
)
def test_what_is_no_document_is_refused_in_words(context, content, words):
    with pytest.raises(Refusal, match=words):
        documents.made_safe(content)


def test_locked_long_and_huge_ones_are_refused(context):
    for content in (locked(), a_pdf(documents.MOST_PAGES + 1), a_picture("PNG", size=(8000, 6000))):
        with pytest.raises(Refusal):
            documents.made_safe(content)
