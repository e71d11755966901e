"""schedule.xml as it is found in the wild."""

from datetime import UTC, date, datetime

import pytest

from conference.schedule.formats import UnreadableFile
from tests.schedule.programmes import GUID, OTHER, a_schedule_xml, an_event, is_uuid, read_in


def only(content):
    programme, report = read_in(content)
    (session,) = programme.sessions
    return session, report


def test_an_event_becomes_a_session():
    session, report = only(a_schedule_xml(an_event()))

    assert (session.guid, session.number, session.title) == (GUID, 11, "Vectors & viruses")
    assert session.starts == datetime(2027, 5, 11, 8, 0, tzinfo=UTC)
    assert (session.ends - session.starts).seconds == 45 * 60
    assert (session.room, session.track, session.kind, session.day) == (
        "Aula",
        "Delivery",
        "lecture",
        date(2027, 5, 11),
    )
    assert session.abstract == "<p>How to get there.</p>"
    assert [(link.url, link.title) for link in session.links] == [("https://example.org/slides", "Slides")]
    assert (report.read, report.repaired, report.skipped) == (1, [], [])


def test_a_person_named_twice_is_one_person():
    programme, _report = read_in(a_schedule_xml())

    assert [(person.number, person.name) for person in programme.people] == [(7, "Ada Example"), (8, "Ben Muster")]


def test_two_readings_give_the_same_values():
    content = a_schedule_xml(an_event(guid=""), an_event(guid="no uuid", id=12))

    assert read_in(content)[0] == read_in(content)[0]


def test_a_guid_is_made_when_there_is_none():
    session, report = only(a_schedule_xml(an_event(guid="")))

    assert is_uuid(session.guid)
    assert [entry["why"] for entry in report.repaired] == ["it has no guid; one was made from its id"]


def test_ids_used_twice_are_told_apart():
    programme, report = read_in(a_schedule_xml(an_event(), an_event()))

    assert len({session.guid for session in programme.sessions}) == 2
    assert sorted(session.number is None for session in programme.sessions) == [False, True]
    assert len(report.repaired) == 2


def test_a_date_without_offset_is_read_in_the_conference_zone():
    session, report = only(a_schedule_xml(an_event(date="2027-05-11T10:00:00")))

    assert session.starts == datetime(2027, 5, 11, 8, 0, tzinfo=UTC)
    assert "no offset" in report.repaired[0]["why"]


def test_without_a_date_the_day_and_the_start_are_taken():
    session, _report = only(a_schedule_xml(an_event(date="")))

    assert session.starts == datetime(2027, 5, 11, 8, 0, tzinfo=UTC)


def test_what_begins_after_midnight_belongs_to_the_evening_before():
    session, _report = only(a_schedule_xml(an_event(date="2027-05-12T01:00:00+02:00")))

    assert session.day == date(2027, 5, 11)


@pytest.mark.parametrize("duration", ["", "00:00", "never", "-1:00", "9999:00"])
def test_an_unusable_duration_becomes_five_minutes(duration):
    session, report = only(a_schedule_xml(an_event(duration=duration)))

    assert (session.ends - session.starts).seconds == 300
    assert "duration" in report.repaired[0]["why"]


@pytest.mark.parametrize("known", [{"title": ""}, {"date": "soon", "room": ""}, {"date": "9999-12-31T23:00:00-14:00"}])
def test_an_event_without_title_or_time_is_left_out(known):
    content = a_schedule_xml(an_event(**known), an_event(guid=OTHER, id=12), day="once upon a time")

    programme, report = read_in(content)

    assert [session.guid for session in programme.sessions] == [OTHER]
    assert report.read == 2
    assert report.skipped[0]["where"].endswith("event 11")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://",
        "//example.org",
        "https://a b",
        "https://u:p@example.org",
    ],
)
def test_only_web_addresses_are_links(address):
    session, report = only(a_schedule_xml(an_event(links=f'<link href="{address}">x</link>')))

    assert session.links == ()
    assert "http(s)" in report.repaired[0]["why"]


def test_markup_inside_an_abstract_is_kept_as_far_as_it_is_safe():
    abstract = "<p onclick='x()'>Good <b>news</b></p><script>x()</script><img src='x'/>"

    session, _report = only(a_schedule_xml(an_event(abstract=abstract)))

    assert session.abstract == "<p>Good <b>news</b></p>"


def test_plain_text_becomes_paragraphs():
    session, _report = only(a_schedule_xml(an_event(abstract="One &lt; two.\n\nThree.")))

    assert session.abstract == "<p>One &lt; two.</p><p>Three.</p>"


def test_a_bare_ampersand_and_html_entities_are_repaired():
    session, report = only(a_schedule_xml(an_event(title="R&D in M&uuml;nchen &amp; more")))

    assert session.title == "R&D in München & more"
    assert len(report.repaired) == 1


def test_a_wrong_encoding_is_repaired():
    content = a_schedule_xml(an_event(title="Zürich")).decode().encode("latin-1")

    session, report = only(content)

    assert session.title == "Zürich"
    assert report.repaired == [{"where": "the file", "why": "its text is not utf-8"}]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_byte_order_marks_are_heeded(encoding):
    content = a_schedule_xml(an_event(title="Zürich")).decode().replace(' encoding="UTF-8"', "").encode(encoding)

    assert only(content)[0].title == "Zürich"


def test_control_characters_are_removed():
    session, report = only(a_schedule_xml(an_event(title="Va\x00lid\x1b ti\x7ftle\x85")))

    assert session.title == "Valid title"
    assert report.repaired == [{"where": "the file", "why": "control characters were removed"}]


def test_another_document_is_refused():
    with pytest.raises(UnreadableFile, match="not a schedule"):
        read_in(b"<html><body/></html>")


def test_a_cut_file_is_refused():
    with pytest.raises(UnreadableFile, match="not well-formed"):
        read_in(a_schedule_xml()[:-60])


def test_the_other_guid_is_another_session():
    programme, _report = read_in(a_schedule_xml())

    assert {session.guid for session in programme.sessions} == {GUID, OTHER}
