"""The programme's pages: of the current release, the same without JavaScript, cheap however many sessions there are."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import html5lib
import pytest
import time_machine

from conference import meetings
from conference.kernel import transaction
from tests.schedule.conftest import a_meeting, bring, publish
from tests.schedule.programmes import GUID, OTHER, a_program, a_schedule_xml, an_event

PAGES = [
    "schedule",
    "schedule/2027-05-11",
    "schedule/2027-05-11?room=Hall",
    "schedule/2027-05-11?room=Nowhere",
    "schedule/sessions?track=Vectors",
    "schedule/sessions/40",
    "schedule/presentations/30",
    "schedule/people",
    "schedule/people/20",
    "schedule/institutions",
    "schedule/topics",
    "schedule/search?q=capsids",
    "schedule/search?q=nothing+like+it",
    "schedule/search",
    "schedule/mine",
]


def text_of(client, path):
    answer = client.get(f"/meetings/EX27/{path}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def seen(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_valid_and_has_one_heading(client, released, path):
    html = text_of(client, path)

    html5lib.HTMLParser(strict=True).parse(html)
    assert html.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_page_sets_a_cookie(client, released, path):
    assert "Set-Cookie" not in client.get(f"/meetings/EX27/{path}").headers


def test_a_meeting_without_a_release_says_so(client, meeting, now):
    bring(meeting, a_program(), now)

    assert "not out yet" in text_of(client, "schedule")
    assert client.get("/meetings/EX27/schedule/2027-05-11").status_code == 404
    assert client.get("/meetings/EX27/schedule.ics").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/meetings/NONE/schedule",
        "/meetings/E%00X/schedule",
        "/meetings/{{7*7}}/schedule",
        "/meetings/EX27/schedule/2027-05-19",
        "/meetings/EX27/schedule/2027-02-30",
        "/meetings/EX27/schedule/0000000000",
        "/meetings/EX27/schedule/sessions/999",
        "/meetings/EX27/schedule/sessions/99999999999999999999",
        "/meetings/EX27/schedule/presentations/40",
        "/meetings/EX27/schedule/people/999",
        "/meetings/EX27/schedule/mine/AAAAAAAA.ics",
        "/meetings/EX27/schedule/nothing",
    ],
)
def test_what_is_not_there_is_not_found(client, released, path):
    assert client.get(path).status_code == 404


def test_a_meeting_that_is_not_public_is_not_found(client, released):
    with transaction():
        meetings.by_code("EX27").is_public = False

    assert client.get("/meetings/EX27/schedule").status_code == 404
    assert client.get("/meetings/EX27/schedule.xml").status_code == 404


def test_a_code_is_found_in_any_case_of_letters(client, released):
    assert client.get("/meetings/ex27/schedule").status_code == 200


def test_a_day_lists_its_sessions_by_time(client, released):
    words = seen(text_of(client, "schedule/2027-05-11"))

    assert "Tuesday 11 May 2027" in words
    assert "Chicago, CDT" in words
    assert re.search(r"09:00 ?– ?10:00 .*Talks.* 12:00 ?– ?14:00 .*Posters", words)


def test_a_session_opens_in_place_with_its_talks(client, released):
    html = text_of(client, "schedule/2027-05-11")

    inside = html[html.index("<details", html.index('id="s40"')) : html.index('id="s41"')]
    assert re.findall(r'href="(/meetings/EX27/schedule/presentations/\d+)"', inside) == [
        "/meetings/EX27/schedule/presentations/31",
        "/meetings/EX27/schedule/presentations/30",
    ]


@pytest.mark.parametrize(
    ("filter_", "shown"), [("room=Hall", "1 of 2"), ("track=Vectors", "2 of 2"), ("room=Hall&track=Vectors", "1 of 2")]
)
def test_a_day_is_filtered_by_room_and_track(client, released, filter_, shown):
    assert f"{shown} sessions" in seen(text_of(client, f"schedule/2027-05-11?{filter_}"))


def test_a_filter_that_nobody_made_filters_nothing(client, released):
    words = seen(text_of(client, "schedule/2027-05-11?track=<script>&room=%00"))

    assert "of 2 sessions" not in words
    assert "Posters" in words


def test_authors_are_numbered_as_in_a_paper(client, released):
    html = text_of(client, "schedule/presentations/30")

    assert re.findall(r'<sup class="author-marks">([\d,]+)</sup>', html) == ["1", "2,1"]
    listed = re.search(r'<ol class="affiliations">(.*?)</ol>', html, re.DOTALL)[1]
    lines = [seen(line) for line in listed.split("</li>")]
    assert lines[:2] == ["Biology, Example Institute, Berlin, Germany", "Muster Clinic"]


@pytest.mark.parametrize(("written", "shown"), [("DE", "Germany"), ("XK", "Kosovo"), ("Atlantis", "Atlantis")])
@pytest.mark.parametrize("page", ["presentations/30", "sessions/40", "people/20", "people"])
def test_an_affiliation_names_its_country_in_words(client, meeting, now, page, written, shown):
    bring(meeting, a_program().replace(b'"Germany"', f'"{written}"'.encode()), now)
    publish(meeting, now)

    assert f"Biology, Example Institute, Berlin, {shown}" in seen(text_of(client, f"schedule/{page}"))


def test_a_person_has_all_their_parts(client, released):
    words = seen(text_of(client, "schedule/people/21"))

    assert "Ben B. Muster" in words
    assert "Muster Clinic" in words
    assert words.count("Capsids") >= 2
    assert "Chair" in words


def test_the_overview_marks_what_is_on_now(client, released):
    with time_machine.travel(datetime(2027, 5, 11, 14, 30, tzinfo=UTC), tick=False):
        html = text_of(client, "schedule")

    now_on, coming = html.index('id="now"'), html.index('id="next"')
    assert now_on < html.index('id="s40"') < coming < html.index('id="s41"')


def test_pages_show_the_new_release_at_once(client, flat, now):
    assert "Capsids" in text_of(client, "schedule/2027-05-11")
    bring(flat, a_schedule_xml(an_event(), an_event(guid=OTHER, id=12, title="Exosomes")), now)
    assert "Capsids" in text_of(client, "schedule/2027-05-11")

    publish(flat, now)

    assert "Exosomes" in text_of(client, "schedule/2027-05-11")
    assert "Capsids" not in text_of(client, "schedule/2027-05-11")


def test_a_withdrawn_session_is_struck_out(client, flat, now):
    bring(flat, a_schedule_xml(an_event()), now)
    publish(flat, now)

    assert "data-cancelled" in text_of(client, "schedule/2027-05-11")
    assert "has been cancelled" in text_of(client, "schedule/sessions/12")


@pytest.mark.parametrize(
    "hostile", ["&lt;script&gt;x&lt;/script&gt;", "{{7*7}}", "a&quot; onclick=&quot;x", "%3Cb%3E", "\u202eevil"]
)
def test_hostile_titles_are_only_text(client, meeting, now, hostile):
    bring(meeting, a_schedule_xml(an_event(title=f"T {hostile}", room=hostile, track=hostile, abstract=hostile)), now)
    publish(meeting, now)

    for path in ("schedule", "schedule/2027-05-11", "schedule/sessions/11", "schedule/search?q=t"):
        html = text_of(client, path)
        html5lib.HTMLParser(strict=True).parse(html)
        assert "<script>" not in html
        assert "49" not in seen(html)


def test_compressed_and_plain_are_the_same_page(client, released):
    for path in ("schedule", "schedule/2027-05-11", "schedule/sessions/40"):
        packed = client.get(f"/meetings/EX27/{path}", headers={"Accept-Encoding": "gzip"})
        plain = client.get(f"/meetings/EX27/{path}")
        assert (packed.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)
        assert gzip.decompress(packed.data) == plain.data
        assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_page_that_has_not_changed_is_not_sent_again(client, released):
    first = client.get("/meetings/EX27/schedule/2027-05-11", headers={"Accept-Encoding": "gzip"})

    second = client.get(
        "/meetings/EX27/schedule/2027-05-11",
        headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]},
    )

    assert (second.status_code, second.data) == (304, b"")


def test_two_meetings_do_not_mix(client, released, now):
    other = a_meeting("OTHER")
    bring(other, a_schedule_xml(an_event(guid=GUID, title="Elsewhere")), now + timedelta(days=1))
    publish(other, now)

    assert "Elsewhere" in client.get("/meetings/OTHER/schedule/sessions/11").get_data(as_text=True)
    assert client.get("/meetings/EX27/schedule/sessions/11").status_code == 404
