"""Files: PDF only, told by their content; served so that nothing in them can run here."""

import io

import pytest
import sqlalchemy as sa

from conference import society
from conference.kernel import db, transaction
from conference.society import queries
from tests.society.conftest import a_pdf


def upload(editor, page, content, *, slug="plan", title="The plan", name="plan.pdf"):
    fields = {"title": title, "slug": slug, "file": (io.BytesIO(content), name)}
    return editor.post(f"/staff/pages/{page.id}/downloads", data=fields, content_type="multipart/form-data")


def test_a_pdf_is_offered_and_served_as_a_file_that_cannot_run(editor, client, page):
    content = a_pdf()

    assert upload(editor, page, content, name="x.html").status_code == 303
    served = client.get("/downloads/plan")

    assert served.data == content
    assert served.mimetype == "application/pdf"
    assert served.headers["Content-Disposition"] == 'attachment; filename="the-plan.pdf"'
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "/downloads/plan" in client.get("/pages/goals").text


def test_who_has_the_file_is_not_sent_it_again(editor, client, page):
    upload(editor, page, a_pdf())
    tag = client.get("/downloads/plan").headers["ETag"]

    assert client.get("/downloads/plan", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/downloads/plan", headers={"Range": "bytes=0-3"}).data == b"%PDF"
    upload(editor, page, a_pdf("another"))
    assert client.get("/downloads/plan", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file"),
        (b"<html>", "This is not a PDF"),
        (b"%PDF-1.7\nnot really\n%%EOF", "This is not a PDF"),
        (b"PK\x03\x04", "This is not a PDF"),
        (a_pdf(password="secret"), "This is not a PDF"),
    ],
    ids=["empty", "html", "broken", "zip", "locked"],
)
def test_what_is_no_open_pdf_is_refused_beside_the_field(editor, page, content, words):
    response = upload(editor, page, content, name="plan.pdf")

    assert response.status_code == 422
    assert words in response.text
    assert queries.download_of("plan") is None


def test_a_file_is_taken_away(editor, client, page):
    upload(editor, page, a_pdf())

    assert editor.post(f"/staff/pages/{page.id}/downloads/plan/removal").status_code == 303
    assert client.get("/downloads/plan").status_code == 404
    assert editor.post(f"/staff/pages/{page.id}/downloads/plan/removal").status_code == 404


def test_pages_do_not_load_the_bytes_of_their_files(editor, client, page):
    upload(editor, page, a_pdf())
    seen = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *event: seen.append(event[2]))

    client.get("/pages/goals")

    assert seen and not any("society_download.content" in statement for statement in seen)


def test_the_plan_becomes_a_pdf_made_of_its_pages(client, page, now):
    import pymupdf

    with transaction():
        society.offer_plan(by=None, now=now)

    document = pymupdf.open(stream=client.get("/downloads/strategic-plan").data)
    text = "".join(sheet.get_text() for sheet in document)
    assert "First words." in text and "Society of Tests" in text
    assert document.metadata["title"] == "Goals"


def test_the_files_of_a_hidden_page_are_hidden_with_it(editor, client, page):
    upload(editor, page, a_pdf())

    editor.post(f"/staff/pages/{page.id}/visibility", data={"show": "no"})
    assert client.get("/downloads/plan").status_code == 404

    editor.post(f"/staff/pages/{page.id}/visibility", data={"show": "yes"})
    assert client.get("/downloads/plan").status_code == 200
