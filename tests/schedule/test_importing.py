"""Files into the draft: what is new is added, what differs changed, what is gone withdrawn, and twice changes nothing."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select

from conference import audit, schedule
from conference.kernel import db, transaction
from conference.schedule import draft, importing, queries
from conference.schedule.formats import write_nested
from conference.schedule.models import Affiliation, Author, Contributor, Presentation, Room, Session, SessionPerson
from tests.conftest import empty_tables
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import a_meeting, bring
from tests.schedule.programmes import GUID, OTHER, a_program, a_schedule_xml, an_event, read_in
from tests.trying import tries


def counts(report):
    return report.added, report.changed, report.unchanged, report.withdrawn


def rows(table):
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize(("content", "items"), [(a_program(), 5), (a_schedule_xml(), 2)])
def test_the_same_file_twice_changes_nothing(meeting, now, content, items):
    tables = (Session, Presentation, Contributor, Room, Author, Affiliation, SessionPerson)
    first = bring(meeting, content, now)
    before = [rows(table) for table in tables], draft.load(meeting)

    second = bring(meeting, content, now)

    assert (counts(first), counts(second)) == ((items, 0, 0, 0), (0, 0, items, 0))
    assert ([rows(table) for table in tables], draft.load(meeting)) == before
    assert len(audit.story_of(meeting)) == 1


def test_a_dry_run_keeps_nothing(meeting):
    report = schedule.bring_in(meeting=meeting, content=a_program(), dry_run=True)

    assert counts(report) == (5, 0, 0, 0)
    assert (rows(Session), rows(Contributor), audit.story_of(meeting)) == (0, 0, [])


def test_a_refused_file_changes_nothing(meeting, now):
    bring(meeting, a_program(), now)
    before = draft.load(meeting)

    with pytest.raises(schedule.UnreadableFile):
        bring(meeting, b"{}", now)

    assert draft.load(meeting) == before


def test_a_changed_title_and_time_are_changed_in_place(meeting, now):
    bring(meeting, a_schedule_xml(), now)

    report = bring(
        meeting,
        a_schedule_xml(
            an_event(title="New"), an_event(guid=OTHER, id=12, title="Capsids", date="2027-05-11T11:00:00+02:00")
        ),
        now,
    )

    assert counts(report) == (0, 1, 1, 0)
    assert [(item.number, item.title) for item in draft.load(meeting).sessions] == [(11, "New"), (12, "Capsids")]


def test_what_a_file_no_longer_holds_is_withdrawn_and_can_come_back(meeting, now):
    bring(meeting, a_schedule_xml(), now)

    without = bring(meeting, a_schedule_xml(an_event()), now)
    again = bring(meeting, a_schedule_xml(), now)

    assert counts(without) == (0, 0, 1, 1)
    assert counts(again) == (0, 1, 1, 0)
    assert not any(session.withdrawn for session in draft.load(meeting).sessions)


def test_a_file_from_elsewhere_withdraws_nothing(meeting, now):
    bring(meeting, a_schedule_xml(), now)

    report = bring(meeting, a_program(), now)

    assert counts(report) == (5, 0, 0, 0)


def test_a_session_that_waits_for_a_time_is_not_withdrawn_by_the_file_of_the_draft(meeting, now):
    bring(meeting, a_program(), now)
    with transaction():
        waiting = queries.session_numbered(meeting, 40)
        waiting.day = waiting.starts_at = waiting.ends_at = None
    with transaction():
        content = write_nested(draft.load(meeting))

    report = bring(meeting, content, now)

    assert (report.withdrawn, queries.session_numbered(meeting, 40).withdrawn) == (0, False)


def test_an_import_that_changes_a_talk_is_a_change_of_its_session(meeting, now):
    bring(meeting, a_program(), now)
    before = queries.session_numbered(meeting, 40).version
    tree = json.loads(a_program())
    tree["contents"][0]["title"] = "Capsids anew"

    bring(meeting, json.dumps(tree).encode(), now)

    db.session.expire_all()
    assert (before, queries.session_numbered(meeting, 40).version) == (1, 2)


def test_a_talk_that_left_its_session_is_withdrawn(meeting, now):
    bring(meeting, a_program(), now)
    tree = json.loads(a_program())
    tree["sessions"][0]["contentIds"] = [30]

    report = bring(meeting, json.dumps(tree).encode(), now)

    talks = draft.load(meeting).sessions[0].presentations
    assert [(talk.title, talk.withdrawn) for talk in talks] == [("Capsids", False), ("Vectors", True)]
    assert counts(report) == (0, 1, 3, 1)
    assert counts(bring(meeting, json.dumps(tree).encode(), now)) == (0, 0, 4, 0)


def test_a_talk_that_moved_to_another_session_keeps_its_number(meeting, now):
    tree = json.loads(a_program())
    tree["sessions"][1]["contentIds"] = []
    bring(meeting, json.dumps(tree).encode(), now)
    tree["sessions"][0]["contentIds"], tree["sessions"][1]["contentIds"] = [31], [30]

    bring(meeting, json.dumps(tree).encode(), now)

    sessions = draft.load(meeting).sessions
    assert [[talk.number for talk in session.presentations] for session in sessions] == [[31], [30]]
    assert rows(Presentation) == 2


def test_talks_in_another_order_are_a_changed_session(meeting, now):
    bring(meeting, a_program(), now)
    tree = json.loads(a_program())
    tree["sessions"][0]["contentIds"] = [30, 31]

    report = bring(meeting, json.dumps(tree).encode(), now)

    assert [talk.title for talk in draft.load(meeting).sessions[0].presentations] == ["Capsids", "Vectors"]
    assert report.changed == 1


def test_numbers_are_unique_and_stay(meeting, now):
    bring(meeting, a_schedule_xml(an_event(id=30)), now)

    bring(meeting, a_program(), now)

    programme = draft.load(meeting)
    items = [item for session in programme.sessions for item in (session, *session.presentations)]
    assert len({item.number for item in items}) == len(items) == 6
    assert {item.guid: item.number for item in items}[GUID] == 30


def test_authors_and_affiliations_are_kept_in_order(meeting, now):
    bring(meeting, a_program(), now)

    programme = draft.load(meeting)
    names = {person.guid: person.name for person in programme.people}
    capsids = programme.sessions[0].presentations[1]
    assert [(names[a.person], [p.institution for p in a.affiliations]) for a in capsids.authors] == [
        ("Ada Example", ["Example Institute"]),
        ("Ben B. Muster", ["Muster Clinic", "Example Institute"]),
    ]
    assert rows(Affiliation) == 6


def test_a_person_written_differently_is_corrected(meeting, now):
    bring(meeting, a_schedule_xml(), now)

    report = bring(meeting, a_schedule_xml().replace(b"Ada Example", b"Ada Q. Example"), now)

    assert report.counts["people_changed"] == 1
    assert rows(Contributor) == 2


@settings(max_examples=tries(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(programme=programmes())
def test_any_programme_goes_in_and_comes_out_the_same(context, now, programme):
    empty_tables()
    meeting = a_meeting()
    content = write_nested(programme)

    first, second = bring(meeting, content, now), bring(meeting, content, now)

    kept = draft.load(meeting)
    assert second.added == second.changed == second.withdrawn == 0
    assert first.added == second.unchanged
    assert kept.sessions == programme.sessions
    assert (kept.kinds, set(kept.embargoes)) == (programme.kinds, set(programme.embargoes))
    assert set(kept.abstracts) == set(programme.abstracts)
    assert sorted(kept.people, key=lambda person: person.guid) == sorted(
        programme.people, key=lambda person: person.guid
    )


def test_an_export_brought_in_again_changes_nothing(released, now):
    with transaction():
        content = write_nested(draft.load(released))

    report = bring(released, content, now)

    assert counts(report) == (0, 0, 5, 0)


def test_an_export_goes_into_another_meeting_whole(released, now):
    original = draft.load(released)
    other = a_meeting("OTHER")

    bring(other, write_nested(original), now)

    assert replace(draft.load(other), acronym="EX27") == original
    assert read_in(write_nested(original))[0] == original


def test_an_import_takes_its_time_before_it_reads(meeting, now, monkeypatch):
    order = []
    read = importing.read
    monkeypatch.setattr(importing, "take_time", lambda: order.append("time"))
    monkeypatch.setattr(importing, "read", lambda *args, **facts: order.append("read") or read(*args, **facts))

    bring(meeting, a_program(), now)

    assert order == ["time", "read"]


def test_rooms_that_only_look_the_same_stay_apart_and_the_report_points_them_out(meeting, now):
    other = '</room><room name="Аula">' + an_event(guid=OTHER, id=12, room="Аula", date="2027-05-11T12:00:00+02:00")
    content = a_schedule_xml(an_event(), other)

    alone = bring(meeting, a_schedule_xml(an_event()), now)
    first, second = bring(meeting, content, now), bring(meeting, a_schedule_xml(an_event()), now)

    assert alone.noticed == []
    assert {row.name for row in draft.rooms(meeting)} == {"Aula", "Аula"}
    for report in (first, second):  # also of one that was there before
        assert [entry["where"] for entry in report.noticed] == ["“Aula” (Latin), “Аula” (Cyrillic, Latin)"]
