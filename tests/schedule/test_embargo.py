"""Embargo: no byte of what is held back before its time, wherever it could stand; every byte of it afterwards, without a new release."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pymupdf
import pytest
import time_machine

from conference import schedule
from conference.kernel import Refusal
from conference.schedule import draft, embargo, releasing
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from conference.schedule.formats.embargo import GROUPS
from tests.schedule.conftest import bring, publish, the_file

STARTS = datetime(2027, 5, 11, 14, 0, tzinfo=UTC)
NOTIFIED, PRESSED = STARTS - timedelta(days=60), STARTS - timedelta(days=14)
GUIDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(20)]
# A word for each group of fields that stands nowhere else.
WORDS = {
    "listing": ("Xanthophyll", "Quillfeather", "Topazine"),
    "text": ("Mellifluent",),
    "files": ("ravenscroft",),
    "award": ("Laureate",),
}


def a_programme(*, own=values.NONE, rules=(), times=1):
    """One abstract with a word in each group, presented so many times an hour apart, beside a talk without embargo."""
    author = values.Authorship(GUIDS[1], (values.AffiliationItem("Topazine Institute"),), presenting=True)
    abstract = values.AbstractItem(
        GUIDS[2],
        "Xanthophyll in capsids",
        award="Laureate",
        sections=(values.Section("Aims", "<p>Mellifluent results.</p>"),),
        topics=("Topazine",),
        links=(values.Link("https://ravenscroft.example/slides"),),
        authors=(author,),
        embargo=own,
    )
    sessions = [_session(turn, abstract) for turn in range(times)]
    return values.Programme(
        title="Example 2027",
        acronym="EX27",
        timezone="America/Chicago",
        embargoes=tuple(rules),
        people=(values.PersonItem(GUIDS[1], "Ida Quillfeather"),),
        abstracts=(abstract,),
        sessions=tuple(sessions),
    )


def _session(turn, abstract):
    talk = values.presenting(values.PresentationItem(GUIDS[5 + turn], "", kind="Oral", minutes=15), abstract)
    starts = STARTS + timedelta(hours=turn)
    other = values.PresentationItem(GUIDS[9 + turn], "An open talk", kind="Invited", minutes=15)
    return values.SessionItem(
        GUIDS[13 + turn],
        f"Session {turn}",
        starts,
        starts + timedelta(minutes=45),
        starts.date(),
        room="Hall",
        presentations=(talk, other),
    )


@pytest.fixture
def held(meeting, now):
    """The meeting with a release in which every group opens at a time of its own."""
    rules = [
        values.EmbargoRule("listing", "instant", at=NOTIFIED),
        values.EmbargoRule("text", "instant", at=PRESSED),
        values.EmbargoRule("files", "meeting", clock=time(6)),
        values.EmbargoRule("award", "session", kind="Oral"),
    ]
    bring(meeting, write_nested(a_programme(rules=rules)), now)
    publish(meeting, now)
    return meeting


# When each group is closed: before the first moment, between every two, after the last.
TIMES = [
    (NOTIFIED - timedelta(seconds=1), {"listing", "text", "files", "award"}),
    (NOTIFIED, {"text", "files", "award"}),
    (PRESSED - timedelta(seconds=1), {"text", "files", "award"}),
    (PRESSED, {"files", "award"}),
    (datetime(2027, 5, 11, 10, 59, 59, tzinfo=UTC), {"files", "award"}),
    (datetime(2027, 5, 11, 11, 0, tzinfo=UTC), {"award"}),
    (STARTS, set()),
]


@pytest.mark.parametrize(("at", "closed"), TIMES)
def test_everything_that_can_be_fetched_keeps_the_embargo(client, held, at, closed):
    with time_machine.travel(at, tick=False):
        everything = fetched(client)

    assert {group for group in GROUPS if not found(everything, group)} == closed


def test_the_clock_of_a_reader_elsewhere_opens_nothing_earlier(client, held):
    """Somewhere it is tomorrow already: instants count, not dates."""
    client.set_cookie("plenary_zone", "Pacific/Kiritimati")
    for at, closed in TIMES[2:4]:
        with time_machine.travel(at, tick=False):
            assert {group for group in GROUPS if not found(fetched(client), group)} == closed


def test_what_is_cached_opens_and_closes_nothing_early(client, held):
    """The same process, its caches warm, as the clock passes every moment."""
    for at, closed in TIMES:
        with time_machine.travel(at, tick=False):
            client.get("/meetings/EX27/schedule/presentations/1")
            assert {group for group in GROUPS if not found(fetched(client), group)} == closed


def test_a_file_that_changes_at_a_moment_has_a_new_tag_and_says_when(client, held):
    with time_machine.travel(PRESSED - timedelta(seconds=1), tick=False):
        before = client.get("/meetings/EX27/schedule.ics")
    with time_machine.travel(PRESSED, tick=False):
        after = client.get("/meetings/EX27/schedule.ics", headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert f"LAST-MODIFIED:{PRESSED:%Y%m%dT%H%M%SZ}" in after.text
    assert after.text.count("SEQUENCE:0") == before.text.count("SEQUENCE:0")


def test_the_desk_and_a_release_hold_everything(held):
    whole = releasing.programme_of(releasing.current(held), held)

    assert (whole.abstracts[0].title, whole.abstracts[0].award) == ("Xanthophyll in capsids", "Laureate")


def test_whom_one_may_invite_is_known_before_the_title_is(held):
    for at, title in [(NOTIFIED - timedelta(seconds=1), "Title under embargo"), (NOTIFIED, "Xanthophyll in capsids")]:
        with time_machine.travel(at, tick=False):
            (found,) = schedule.contributions(held)
            assert (found.name, found.parts) == ("Ida Quillfeather", (("presenter", title),))


def test_the_file_of_the_public_does_not_empty_the_draft(held, now):
    with time_machine.travel(PRESSED - timedelta(seconds=1), tick=False):
        _etag, body = the_file(held, "nested")

    with pytest.raises(Refusal, match="under embargo"):
        bring(held, gzip.decompress(body), now)

    assert draft.load(held).abstracts[0].text.count("Mellifluent") == 1


def test_what_an_abstract_says_of_itself_goes_before_the_rules():
    rules = [values.EmbargoRule("text", "instant", at=STARTS), values.EmbargoRule("award", "session")]

    found = embargo.embargoes(a_programme(own=values.Embargo(text=PRESSED), rules=rules))

    assert found[GUIDS[2]] == found[GUIDS[5]] == values.Embargo(text=PRESSED, award=STARTS)


def test_an_abstract_that_is_presented_twice_opens_with_the_first():
    found = embargo.embargoes(a_programme(rules=[values.EmbargoRule("text", "session", "Oral")], times=3))

    assert {found[guid].text for guid in (GUIDS[2], GUIDS[5], GUIDS[6], GUIDS[7])} == {STARTS}


def test_a_rule_for_a_kind_holds_back_no_other():
    found = embargo.embargoes(a_programme(rules=[values.EmbargoRule("text", "session", "Poster")]))

    assert found == {}


def test_where_every_session_is_called_off_the_day_on_which_it_was_to_begin_counts():
    whole = a_programme(rules=[values.EmbargoRule("text", "meeting", clock=time(6))])
    off = replace(whole, sessions=tuple(replace(session, withdrawn=True) for session in whole.sessions))

    assert embargo.embargoes(off)[GUIDS[5]] == embargo.embargoes(whole)[GUIDS[5]] != values.Embargo()


def test_of_several_rules_that_fit_the_latest_counts():
    rules = [values.EmbargoRule("text", "instant", at=PRESSED), values.EmbargoRule("text", "session", "Oral")]

    assert embargo.embargoes(a_programme(rules=rules))[GUIDS[5]].text == STARTS


def fetched(client):
    """Every byte that a visitor gets who follows all links of the programme, and asks the search for each word."""
    waiting, pages = ["/meetings/EX27/schedule"], {}
    waiting += [f"/meetings/EX27/schedule.{name}" for name in ("xml", "json", "ics", "nested.json")]
    waiting += ["/meetings/EX27/schedule/people", "/meetings/EX27/schedule/zone", "/sitemap.xml", "/meetings/EX27/"]
    waiting += [f"/meetings/EX27/schedule/{index}" for index in ("institutions", "topics", "tracks", "rooms", "kinds")]
    while waiting:
        path = waiting.pop()
        if path not in pages and "/zone?" not in path:  # the form is the same from everywhere
            pages[path] = client.get(path).get_data(as_text=True)
            waiting += re.findall(r'(?:href="|<loc>https?://[^/]+)(/meetings/EX27/[^"#<]*)["<]', pages[path])
    return pages


def found(pages, group):
    """Whether any word of a group stands in any page; calendars fold long lines."""
    text = "\n".join(page.replace("\r\n ", "") for page in pages.values())
    return any(word.casefold() in text.casefold() for word in WORDS[group])


def test_search_finds_nothing_that_is_closed_and_all_that_is_open(client, held):
    """The same process as the clock passes every moment: for each word of a group, and for one of an open talk beside it."""
    for at, closed in TIMES:
        with time_machine.travel(at, tick=False):
            for group in ("listing", "text", "award"):
                for word in WORDS[group]:
                    page = client.get(f"/meetings/EX27/schedule/search?q={word}").get_data(as_text=True)
                    assert ("presentations/" not in page) == (group in closed)
            pages = {each: client.get(f"/meetings/EX27/schedule/search?q={each}").text for each in ("oral", "session")}
            assert {group for group in GROUPS if group != "files" and not found(pages, group)} >= closed - {"files"}


def test_my_schedule_its_files_and_its_link_keep_the_embargo(client, held):
    base = "/meetings/EX27/schedule"
    with time_machine.travel(NOTIFIED - timedelta(days=1), tick=False):
        day = client.get(f"{base}/2027-05-11").get_data(as_text=True)
        for number in re.findall(r"(?:presentations|sessions)/(\d+)", day):
            client.post(f"{base}/stars/{number}", data={"starred": "1"})
        client.post(f"{base}/mine/share")
        mine = client.get(f"{base}/mine").get_data(as_text=True)
        links = [re.search(pattern, mine)[0] for pattern in (r"/meetings/EX27/schedule/mine/\w+\.ics", r"/meetings/EX27/schedule/shared/\w+")]  # fmt: skip
        texts = [mine, *(client.get(path).get_data(as_text=True) for path in (*links, f"{base}/mine.ics"))]
        with pymupdf.open(stream=client.get(f"{base}/mine.pdf").data) as paper:
            texts.append("".join(page.get_text() for page in paper))

    for text in texts:
        assert "Title under embargo" in text
        assert not any(found({"": text}, group) for group in GROUPS)
