"""A file cancels what it no longer holds, never what it holds and nobody could read."""

import json

import pytest

from conference.schedule import draft
from conference.schedule.formats import Programme, UnreadableFile, write_nested
from tests.schedule.conftest import bring
from tests.schedule.programmes import GUID, OTHER, a_program, a_schedule_xml, an_event, read_in
from tests.schedule.test_reading_calendars import a_calendar
from tests.schedule.test_reading_calendars import an_event as a_vevent
from tests.schedule.test_reading_json import an_event as a_json_event
from tests.schedule.test_reading_json import schema_1, schema_2

NESTED = json.loads(write_nested(read_in(a_program())[0]))
SKIPPED = "what the file no longer holds"


def dumped(tree):
    return json.dumps(tree).encode()


def withdrawn(meeting):
    sessions = draft.load(meeting).sessions
    items = [item for session in sessions for item in (session, *session.presentations)]
    return sorted(item.title for item in items if item.withdrawn)


@pytest.mark.parametrize(
    "content",
    [
        b"<schedule/>",
        b"<schedule><conference><title>Example</title></conference><day date='2027-05-11'/></schedule>",
        a_schedule_xml(an_event(title=""), an_event(guid=OTHER, date="soon"), day="someday"),
        dumped(schema_1(days=[])),
        dumped(schema_1(a_json_event(title=""))),
        dumped({"schedule": {"conference": {"days": None}}}),
        dumped(schema_2() | {"schedule": {"events": []}}),
        a_calendar("X-NOTHING:1"),
        a_calendar(a_vevent(SUMMARY="")),
        dumped({"sessions": [], "contents": []}),
        a_program(timeSlots=[]),
        dumped(NESTED | {"sessions": [{"title": "No guid"}]}),
        dumped(NESTED | {"sessions": None}),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused(content):
    with pytest.raises(UnreadableFile, match=r"nothing in it could|Nothing in the file could"):
        read_in(content)


def test_a_refusal_says_what_is_wrong_with_the_first_entry():
    with pytest.raises(UnreadableFile, match="First: line 6, event 11: it has no title"):
        read_in(a_schedule_xml(an_event(title="")))


def test_the_file_of_an_empty_draft_comes_in_and_cancels_nothing(meeting, now):
    bring(meeting, a_program(), now)

    report = bring(meeting, write_nested(Programme(title="Empty")), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])
    assert report.skipped == [{"where": SKIPPED, "why": "it was not withdrawn: the file has no sessions"}]


@pytest.mark.parametrize("known", [{"title": ""}, {"date": "soon", "room": ""}, {"guid": "lost", "title": ""}])
def test_an_event_that_cannot_be_read_stays(meeting, now, known):
    third = an_event(guid="7bfe6f2c-8d32-5a07-8857-121ec4dafe1f", id=13, title="Gone")
    bring(meeting, a_schedule_xml(an_event(), an_event(guid=OTHER, id=12), third), now)

    broken = a_schedule_xml(an_event(**known), an_event(guid=OTHER, id=12), day="someday")
    report = bring(meeting, broken, now)

    assert (report.withdrawn, withdrawn(meeting), len(report.skipped)) == (1, ["Gone"], 1)


def test_an_unreadable_event_without_ids_may_be_any_and_nothing_is_withdrawn(meeting, now):
    bring(meeting, a_schedule_xml(), now)

    report = bring(meeting, a_schedule_xml(an_event(), an_event(guid="", id="", title="")), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])
    assert report.skipped[-1]["where"] == SKIPPED
    assert report.skipped[-1]["why"].endswith("it may be what could not be read: line 13, event without id")


@pytest.mark.parametrize("lost", [{"guid": GUID, "title": ""}, {"guid": "x", "id": 11}, {"code": "ABC"}, {}])
def test_json_events_that_cannot_be_read_stay(meeting, now, lost):
    events = [a_json_event(), a_json_event(guid=OTHER, id=12)]
    if "code" in lost:
        events[0] |= {"guid": None, "id": None, **lost}
    bring(meeting, dumped(schema_1(*events)), now)

    report = bring(meeting, dumped(schema_1(lost, events[1])), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])


@pytest.mark.parametrize(
    "lost",
    [
        {"SUMMARY": ""},
        {"DTSTART;TZID=Europe/Berlin": "soon"},
        {"DTSTART;TZID=Europe/Berlin": "soon", "RRULE": "FREQ=DAILY;COUNT=3"},
        {"RRULE": "FREQ=SECONDLY"},
        {"DTSTART;TZID=Europe/Berlin": None, "DTSTART;VALUE=DATE": "20270511", "RRULE": "FREQ=DAILY;COUNT=3"},
    ],
)
def test_a_series_that_cannot_be_read_stays(meeting, now, lost):
    others = a_vevent(UID="2", SUMMARY="Stays"), a_vevent(UID="3", SUMMARY="Gone")
    series = {"RRULE": "FREQ=DAILY;COUNT=3"} if "RRULE" in lost else {}
    bring(meeting, a_calendar(a_vevent(**series), *others), now)

    report = bring(meeting, a_calendar(a_vevent(**lost), others[0]), now)

    assert (report.withdrawn, withdrawn(meeting)) == (1, ["Gone"])


def test_sessions_and_talks_of_program_json_that_cannot_be_read_stay(meeting, now):
    bring(meeting, a_program(), now)
    tree = json.loads(a_program())
    tree["sessions"][0]["timeSlotId"] = None
    tree["contents"] = [tree["contents"][1]]

    report = bring(meeting, dumped(tree), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])


def test_a_talk_that_moved_into_what_cannot_be_read_stays(meeting, now):
    bring(meeting, a_program(), now)
    tree = json.loads(a_program())
    tree["sessions"][0]["contentIds"] = [30]
    tree["sessions"].append({"id": 42, "name": "", "contentIds": [31]})

    report = bring(meeting, dumped(tree), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])


@pytest.mark.parametrize("lost", [{"title": ""}, {"starts": "soon"}])
def test_sessions_of_nested_json_that_cannot_be_read_stay_with_their_talks(meeting, now, lost):
    bring(meeting, dumped(NESTED), now)

    report = bring(meeting, dumped(NESTED | {"sessions": [NESTED["sessions"][0] | lost, NESTED["sessions"][1]]}), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])


@pytest.mark.parametrize("lost", [{"title": ""}, {"guid": "lost"}])
def test_talks_of_nested_json_that_cannot_be_read_stay(meeting, now, lost):
    bring(meeting, dumped(NESTED), now)
    first, *others = NESTED["sessions"]
    talks = [first["presentations"][0] | lost, *first["presentations"][1:]]

    report = bring(meeting, dumped(NESTED | {"sessions": [first | {"presentations": talks}, *others]}), now)

    assert (report.withdrawn, withdrawn(meeting)) == (0, [])
    assert (report.skipped[-1]["where"] == SKIPPED) is ("guid" in lost)


@pytest.mark.parametrize("name", ["sessions", "contents"])
def test_an_entry_that_is_no_object_may_be_any(meeting, now, name):
    bring(meeting, a_program(), now)
    tree = json.loads(a_program())
    tree["sessions"], tree[name] = tree["sessions"][:1], [*tree[name][:1], "lost"]

    assert (bring(meeting, dumped(tree), now).withdrawn, withdrawn(meeting)) == (0, [])
