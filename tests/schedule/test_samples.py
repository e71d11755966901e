"""What other systems write, whole: read, brought in, exported and read back."""

from datetime import UTC, date, timedelta

import pytest

from conference.kernel import transaction
from conference.schedule import draft
from conference.schedule.formats import WRITERS
from tests.schedule.conftest import bring
from tests.schedule.programmes import BERLIN, read_in
from tests.schedule.samples import EVENTS, SAMPLES
from tests.schedule.test_exports import EDITION

CALENDARS = {"Google", "Indico"}
REPAIRED = {"pentabarf XML": {"it has no guid; one was made from its id", "it has no date; day and start were read in Europe/Berlin"}}  # fmt: skip


def facts(programme):
    """Title, start, end, day, room and people of each event, in order."""
    names = {person.guid: person.name for person in programme.people}
    return sorted(
        (each.title, each.starts, each.ends, each.day, each.room, [names[part.person] for part in each.people])
        for each in programme.sessions
    )


def wanted(*, with_people=True):
    return sorted(
        (
            title,
            begins,
            begins + timedelta(minutes=minutes),
            date.fromisoformat(day),
            room,
            people if with_people else [],
        )
        for title, starts, minutes, room, people, day in EVENTS
        for begins in [starts.replace(tzinfo=BERLIN).astimezone(UTC)]
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_programme_is_read_with_times_rooms_and_people(name):
    programme, report = read_in(SAMPLES[name], BERLIN)

    assert facts(programme) == wanted(with_people=name not in CALENDARS)
    assert (report.read, report.skipped) == (6, [])
    assert {entry["why"] for entry in report.repaired} == REPAIRED.get(name, set())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_programme_comes_in_and_a_second_time_changes_nothing(meeting, now, name):
    with transaction():
        meeting.timezone = "Europe/Berlin"

    first, second = bring(meeting, SAMPLES[name], now), bring(meeting, SAMPLES[name], now)

    assert (first.added, second.unchanged) == (6, 6)
    assert (second.added, second.changed, second.withdrawn) == (0, 0, 0)
    assert facts(draft.load(meeting)) == wanted(with_people=name not in CALENDARS)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("written", WRITERS)
def test_what_is_exported_reads_back_as_the_same_programme(name, written):
    programme, _report = read_in(SAMPLES[name], BERLIN)

    again, report = read_in(WRITERS[written](programme, EDITION), BERLIN)

    assert facts(again) == wanted(with_people=name not in CALENDARS and written != "ics")
    assert (report.repaired, report.skipped) == ([], [])
