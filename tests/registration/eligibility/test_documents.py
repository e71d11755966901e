"""What may be handed in: told by content, opened, written anew, never as it came."""

import io

import pikepdf
import pytest
from PIL import Image

from conference.kernel import Refusal
from conference.registration.eligibility import documents
from tests.registration.eligibility.documents import a_pdf, a_picture


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
