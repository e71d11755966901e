"""Paper online: only what may be, only of the current release, and nothing under embargo."""

from datetime import timedelta

import pymupdf
import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from conference import jobs
from conference.kernel import db, transaction
from conference.schedule.models import Paper
from conference.schedule.paper import ordering, printing
from tests.schedule.conftest import publish
from tests.schedule.paper.reading import pages, released
from tests.schedule.paper.test_staff import cleo, ordered, row  # noqa: F401 - a fixture
from tests.schedule.test_embargo import NOTIFIED, PRESSED, WORDS, held  # noqa: F401 - a fixture
from tests.signing_in import signed_in

ONLINE = "/meetings/EX27/schedule/paper/book.pdf"


def test_what_is_online_is_served_with_its_tag_until_it_is_taken_off(client, cleo, meeting, now):  # noqa: F811
    released(meeting, now)
    address = ordered(cleo)
    jobs.run(ordering.JOB)
    assert client.get(ONLINE).status_code == 404

    cleo.post(f"{address}/online")

    answer = client.get(ONLINE)
    assert (answer.status_code, answer.data) == (200, printing.file_of(row().ref).read_bytes())
    assert client.get(ONLINE, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert ONLINE in client.get("/meetings/EX27/schedule").text
    cleo.post(f"{address}/offline")
    assert client.get(ONLINE).status_code == 404


def test_what_is_online_follows_a_release_and_shows_no_old_one_meanwhile(client, cleo, meeting, now):  # noqa: F811
    released(meeting, now)
    address = ordered(cleo)
    jobs.run(ordering.JOB)
    cleo.post(f"{address}/online")
    before = client.get(ONLINE).headers["ETag"]

    publish(meeting, now)
    assert client.get(ONLINE).status_code == 404
    jobs.run(ordering.JOB)

    answer = client.get(ONLINE)
    assert (answer.status_code, answer.headers["ETag"] != before) == (200, True)


def test_a_book_for_the_public_holds_nothing_under_embargo(client, context, held):  # noqa: F811
    for at, open_ones in ((NOTIFIED - timedelta(seconds=1), set()), (PRESSED, {"listing", "text"})):
        with time_machine.travel(at, tick=True):
            cleo = signed_in(context, "cleo@example.org", roles=["programme"])
            address = ordered(cleo)
            jobs.run(ordering.JOB)
            cleo.post(f"{address}/online")
            assert found(client.get(ONLINE).data) == open_ones


def test_a_book_for_the_printer_holds_everything_says_so_and_is_never_online(client, cleo, held):  # noqa: F811
    address = ordered(cleo, is_whole="y")
    jobs.run(ordering.JOB)

    assert found(cleo.get(f"{address}.pdf").data) == {"listing", "text", "award"}
    assert "For the printer only" in cleo.get(address).text
    marked = [text for _label, text in pages(printing.file_of(row().ref)) if text.strip()]
    assert all("embargo" in text.casefold() for text in marked)
    assert cleo.post(f"{address}/online").status_code == 409
    assert client.get(ONLINE).status_code == 404
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Paper).values(is_public=True))


def found(content):
    """The groups of fields of which a word stands anywhere in a PDF: its pages, bookmarks or metadata."""
    with pymupdf.open(stream=content) as document:
        said = [page.get_text() for page in document] + [str(document.get_toc()), str(document.metadata)]
    text = " ".join(said).casefold()
    return {group for group, words in WORDS.items() if any(word.casefold() in text for word in words)}
