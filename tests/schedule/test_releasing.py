"""Releases: the public sees what was frozen, calendars learn what changed, and going back is possible."""

from datetime import timedelta

import pytest

from conference import schedule
from conference.kernel import transaction
from conference.schedule import draft, queries, releasing
from tests.schedule.conftest import URL, bring, publish, the_file
from tests.schedule.programmes import GUID, OTHER, a_schedule_xml, an_event

SECOND = {"guid": OTHER, "id": 12, "title": "Capsids", "date": "2027-05-11T11:00:00+02:00"}


def revision_of(meeting, guid):
    return releasing.edition_of(releasing.current(meeting)).revision(guid)


def test_an_empty_programme_cannot_be_released(meeting, now):
    with pytest.raises(schedule.NothingToRelease):
        publish(meeting, now)


def test_a_release_is_the_draft_as_it_was(flat, now):
    before = releasing.in_use(draft.load(flat))

    bring(flat, a_schedule_xml(an_event(title="Later")), now)

    assert releasing.programme_of(releasing.current(flat), flat) == before


def test_releases_are_counted(flat, now):
    assert publish(flat, now).number == 2
    assert [row.number for row in queries.all_releases(flat)] == [2, 1]


def test_a_second_press_makes_no_equal_release(flat, now):
    bring(flat, a_schedule_xml(an_event(title="Later")), now)
    with transaction():
        schedule.release(meeting=flat, url=URL, now=now, again=False)

    with pytest.raises(releasing.AlreadyPublic), transaction():
        schedule.release(meeting=flat, url=URL, now=now, again=False)
    with transaction():
        schedule.go_back(meeting=flat, to=queries.release_numbered(flat, 1), url=URL, now=now)
    with pytest.raises(releasing.AlreadyPublic), transaction():
        schedule.go_back(meeting=flat, to=queries.release_numbered(flat, 1), url=URL, now=now)

    assert [row.number for row in queries.all_releases(flat)] == [3, 2, 1]


def test_an_unchanged_item_keeps_its_stamp(flat, now):
    later = now + timedelta(days=1)

    publish(flat, later)

    assert revision_of(flat, GUID).changed_at == now
    assert queries.all_releases(flat)[0].changes == {"added": 0, "changed": 0, "moved": 0, "removed": 0}


def test_a_changed_text_gets_a_new_stamp_and_the_same_sequence(flat, now):
    later = now + timedelta(days=1)
    bring(flat, a_schedule_xml(an_event(title="Other words"), an_event(**SECOND)), later)

    publish(flat, later)

    assert (revision_of(flat, GUID).sequence, revision_of(flat, GUID).changed_at) == (0, later)
    assert (revision_of(flat, OTHER).sequence, revision_of(flat, OTHER).changed_at) == (0, now)


@pytest.mark.parametrize("moved", [{"date": "2027-05-11T15:00:00+02:00"}, {"duration": "01:00"}])
def test_a_move_raises_the_sequence(flat, now, moved):
    bring(flat, a_schedule_xml(an_event(**moved), an_event(**SECOND)), now)

    publish(flat, now)

    assert revision_of(flat, GUID).sequence == 1
    assert queries.all_releases(flat)[0].changes["moved"] == 1


def test_a_withdrawn_session_is_moved_too(flat, now):
    bring(flat, a_schedule_xml(an_event(**SECOND)), now)

    publish(flat, now)

    assert revision_of(flat, GUID).sequence == 1
    assert queries.all_releases(flat)[0].sessions == 1


def test_going_back_is_a_new_release_of_the_old_state(flat, now):
    before = releasing.programme_of(releasing.current(flat), flat)
    bring(flat, a_schedule_xml(an_event(date="2027-05-11T15:00:00+02:00")), now)
    publish(flat, now)

    with transaction():
        schedule.go_back(meeting=flat, to=queries.release_numbered(flat, 1), url=URL, now=now)

    current = releasing.current(flat)
    assert (current.number, current.note) == (3, "As release 1")
    assert releasing.programme_of(current, flat) == before
    assert revision_of(flat, GUID).sequence == 2


def test_what_nobody_uses_is_not_released(flat, now):
    bring(flat, a_schedule_xml(an_event(room="", track="")).replace(b'name="Aula"', b'name="Other"'), now)

    publish(flat, now)

    programme = releasing.programme_of(releasing.current(flat), flat)
    assert sorted(room.name for room in programme.rooms) == ["Aula", "Other"]
    assert [track.name for track in programme.tracks] == ["Delivery"]


def test_files_are_the_same_for_the_same_release(flat, now):
    first = {name: the_file(flat, name).etag for name in ("xml", "json", "ics", "nested")}

    publish(flat, now)

    again = {name: the_file(flat, name).etag for name in ("xml", "json", "ics", "nested")}
    assert first["nested"] == again["nested"]
    assert first["xml"] != again["xml"]
