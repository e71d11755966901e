"""A flat export of the draft, or its calendar, brought into the same draft: what its format cannot say is not lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from conference.kernel import transaction
from conference.schedule import draft
from conference.schedule.formats import WRITERS, Edition, write_nested
from conference.schedule.rules import day_of
from tests.conftest import empty_tables
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import a_meeting, bring
from tests.schedule.programmes import CHICAGO, a_schedule_xml, an_event, read_in
from tests.schedule.test_exports import held

EDITION = Edition(1, datetime(2027, 1, 2, 3, 4, tzinfo=UTC), "https://example.org/meetings/EX27/schedule")
FLAT = ["xml", "json", "ics"]


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(programme=programmes())
@pytest.mark.parametrize("name", FLAT)
def test_any_draft_is_the_same_after_its_own_export(context, now, programme, name):
    empty_tables()
    meeting = a_meeting()
    bring(meeting, write_nested(_on_its_days(programme)), now)
    before = draft.load(meeting)
    assume(held(before))

    report = bring(meeting, WRITERS[name](before, EDITION), now)

    assert draft.load(meeting) == before
    assert (report.added, report.changed, report.withdrawn) == (0, 0, 0)


@pytest.mark.parametrize("name", FLAT)
def test_a_change_in_an_export_changes_that_alone(released, now, name):
    """The poster session keeps its posters and its list; the talks, events of their own in the file, stay in their session."""
    before = draft.load(released)
    file = WRITERS[name](before, EDITION).replace(b"Posters", b"Posters anew")

    report = bring(released, file, now)

    talks, posters = draft.load(released).sessions
    assert talks == before.sessions[0]
    kind = before.sessions[1].kind if name == "ics" else "Posters anew"
    assert posters == replace(before.sessions[1], title="Posters anew", kind=kind)
    assert report.changed == 1
    assert "2 events are presentations of this draft" in report.repaired[0]["why"]


def test_what_the_desk_added_to_a_flat_session_stays(meeting, now):
    bring(meeting, a_schedule_xml(), now)
    with transaction():
        whole, part = sorted(draft.sessions(meeting), key=lambda row: row.starts_at)
        part.capacity, part.parent_id, part.parent_depth, part.depth = 30, whole.id, 0, 1
        part.people[0].role = "chair"
        part.people[0].contributor.disclosure = "None"

    bring(meeting, a_schedule_xml(an_event(), an_event(guid=draft.load(meeting).sessions[1].guid, id=12)), now)

    programme = draft.load(meeting)
    part = next(each for each in programme.sessions if each.parent)
    assert (part.capacity, part.people[0].role, part.title) == (30, "chair", "Vectors & viruses")
    assert programme.people[0].disclosure == "None"


def _on_its_days(programme):
    """A flat file tells the day of an event only when it begins on it."""
    return replace(
        programme,
        sessions=tuple(replace(each, day=day_of(each.starts.astimezone(CHICAGO))) for each in programme.sessions),
    )


@settings(max_examples=25, deadline=None)
@given(programmes())
def test_our_own_file_gives_what_our_xml_gives(programme):
    assume(held(programme))
    as_json, of_json = read_in(WRITERS["json"](programme, EDITION), CHICAGO)
    as_xml, of_xml = read_in(WRITERS["xml"](programme, EDITION), CHICAGO)

    without_origin = replace(as_xml, sessions=tuple(replace(each, origin_url="") for each in as_xml.sessions))
    assert replace(as_json, sessions=tuple(replace(each, origin_url="") for each in as_json.sessions)) == without_origin
    assert (of_json.skipped, of_xml.skipped) == ([], [])
