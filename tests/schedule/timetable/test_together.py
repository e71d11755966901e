"""Two at the timetable at once: the later one is told who was faster, sees both, and overwrites nothing unseen."""

import pytest

from conference.kernel import db, transaction
from conference.schedule import import_content
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings
from tests.schedule.programmes import a_program
from tests.schedule.timetable import moving_apart
from tests.schedule.timetable.desk import DESK, plain, row_of, starts_of, typed, undo_of

__all__ = ["settings"]
PROCESSES = 4


def test_the_later_one_sees_who_was_faster_what_stands_and_what_they_wanted(cleo, dot, released):
    seen = row_of(released, 40)
    mine, theirs = typed(seen, clock="11:00"), typed(seen, clock="14:00", minutes="90")
    assert cleo.post(f"{DESK}/40", data=mine).status_code == 303

    late = dot.post(f"{DESK}/40", data=theirs)

    words = plain(late.get_data(as_text=True))
    assert late.status_code == 409
    assert starts_of(released, 40) == "2027-05-11 11:00"
    assert all(
        told in words
        for told in (
            "Cleo Desk",
            "Tue 11 May, 11:00–12:00",
            "14:00 for 90 minutes",
            "Nothing of theirs was overwritten",
        )
    )
    assert 'value="14:00"' in late.get_data(as_text=True)
    assert dot.post(f"{DESK}/40", data=theirs | {"version": str(row_of(released, 40).version)}).status_code == 303
    assert starts_of(released, 40) == "2027-05-11 14:00"


@pytest.mark.parametrize("act", ["pool", "removal"])
def test_a_button_of_an_old_page_takes_nothing_off(cleo, dot, released, act):
    seen = row_of(released, 40).version
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))

    late = dot.post(f"{DESK}/40/{act}", data={"version": seen})

    assert late.status_code == 409
    assert "To take it off the timetable" in late.get_data(as_text=True)
    assert (starts_of(released, 40), row_of(released, 40).withdrawn) == ("2027-05-11 11:00", False)


def test_the_editor_of_title_and_chairs_is_told_too(cleo, dot, released):
    seen = row_of(released, 40).version
    form = {
        "title": "Keynotes",
        "room": "Aula",
        "starts": "2027-05-11T09:00",
        "ends": "2027-05-11T10:00",
        "chairs": "",
        "version": seen,
    }
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))

    late = dot.post("/staff/schedule/EX27/sessions/40", data=form)
    order = dot.post("/staff/schedule/EX27/sessions/40/order", data={"place-31": "2", "place-30": "1", "version": seen})

    assert (late.status_code, order.status_code) == (409, 409)
    assert "Cleo Desk has saved this since you opened it" in late.get_data(as_text=True)
    assert 'value="Keynotes"' in late.get_data(as_text=True)
    assert row_of(released, 40).title == "Talks"


def test_an_import_in_between_makes_an_open_page_old(cleo, released, now):
    seen = typed(row_of(released, 40), clock="11:00")
    with transaction():
        import_content(meeting=released, content=a_program().replace(b'"Talks"', b'"Keynotes"'), now=now)

    assert cleo.post(f"{DESK}/40", data=seen).status_code == 409


def test_an_undo_of_what_was_changed_again_is_refused(cleo, dot, released):
    address, form = undo_of(
        cleo.get(cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00")).headers["Location"]).text
    )
    dot.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="14:00"))

    refused = cleo.post(address, data=form)

    assert refused.status_code == 409
    assert "cannot be taken back any more" in refused.get_data(as_text=True)
    assert starts_of(released, 40) == "2027-05-11 14:00"


def test_an_undo_of_another_meeting_is_not_found(cleo, released):
    address, form = undo_of(
        cleo.get(cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00")).headers["Location"]).text
    )

    assert cleo.post(address.replace("EX27", "OTHER"), data=form).status_code == 404
    assert cleo.post(f"{DESK}/changes/999999/undo", data=form).status_code == 404


def test_of_those_who_drop_it_at_the_same_moment_one_is_first(released, settings):
    seen = row_of(released, 40).version
    db.session.rollback()

    results = in_processes(moving_apart.move, settings, [(seen, 10 + number) for number in range(PROCESSES)])

    assert sorted(results) == ["moved", *["stale"] * (PROCESSES - 1)]


def test_without_the_claim_they_overwrite_each_other(released, settings):
    """The control. SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    seen = row_of(released, 40).version
    db.session.rollback()

    results = in_processes(moving_apart.move_unguarded, settings, [(seen, 10 + number) for number in range(PROCESSES)])

    assert results == ["moved"] * PROCESSES
