"""The page of a day, and sessions that are moved on it."""

import re
from datetime import timedelta

import pytest

from conference import audit
from conference.kernel import db, transaction
from conference.schedule import draft
from conference.schedule.models import Room, Session
from conference.schedule.timetable import making
from tests.schedule.timetable.desk import DESK, newest, plain, row_of, starts_of, typed, undo_of
from tests.signing_in import signed_in


def go(client, answer):
    """The page that a post leads to."""
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return client.get(answer.headers["Location"]).get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "?day=2027-05-12", "?day=never&rooms=x&done=y", "?rooms=9999", "/new", "/40", "/40/talks", "/40/talks/30"])  # fmt: skip
def test_its_pages_open_to_the_desk_and_to_nobody_else(context, cleo, released, path):
    answer = cleo.get(DESK + path)
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count("<h1") == 1
    assert dov.get(DESK + path).status_code == 403


@pytest.mark.parametrize("path", ["/9999", "/9999/talks", "/40/talks/9999"])
def test_what_is_not_there_is_not_found(cleo, released, path):
    assert cleo.get(DESK + path).status_code == 404


def test_an_empty_programme_says_how_to_begin(cleo, meeting):
    assert "Nothing stands on this day yet" in cleo.get(DESK).get_data(as_text=True)


def test_a_block_tells_title_chair_and_talks_and_where_it_stands(cleo, released):
    page = cleo.get(f"{DESK}?day=2027-05-11").get_data(as_text=True)
    block = re.search(r'<article class="slot" id="session-40".*?</article>', page, re.DOTALL)[0]

    assert 'data-h="9" data-m="0" data-dh="1" data-dm="0"' in block
    assert all(words in plain(block) for words in ("Talks", "Muster", "2 talks"))


def test_a_session_is_moved_with_its_pinned_talks_and_keeps_its_length(cleo, released):
    row = row_of(released, 40)
    with transaction():
        row.presentations[0].starts_at = row.starts_at + timedelta(minutes=10)
        row.version += 1
    row = row_of(released, 40)

    page = go(cleo, cleo.post(f"{DESK}/40", data=typed(row, day="2027-05-12", clock="14:03", room="")))

    moved = row_of(released, 40)
    assert starts_of(released, 40) == "2027-05-12 14:05"
    assert (moved.ends_at - moved.starts_at, moved.day.isoformat(), moved.room) == (
        timedelta(hours=1),
        "2027-05-12",
        None,
    )
    assert moved.presentations[0].starts_at - moved.starts_at == timedelta(minutes=10)
    assert "Moved in the timetable" in page
    assert [entry.verb for entry in audit.story_of(moved)] == ["moved a session"]


def test_after_midnight_is_still_the_evening(cleo, released):
    go(cleo, cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="00:30")))

    assert starts_of(released, 40) == "2027-05-12 00:30"
    assert row_of(released, 40).day.isoformat() == "2027-05-11"


def test_an_hour_that_there_is_not_is_refused_at_its_field(cleo, released):
    with transaction():
        released.starts = released.starts.replace(month=3, day=13)
        released.ends = released.starts

    answer = cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), day="2027-03-13", clock="02:30"))

    assert answer.status_code == 422
    assert 'id="clock-error"' in answer.get_data(as_text=True)
    assert starts_of(released, 40) == "2027-05-11 09:00"


@pytest.mark.parametrize(
    ("known", "field"),
    [({"clock": ""}, "clock"), ({"clock": "25:00"}, "clock"), ({"minutes": "0"}, "minutes"), ({"minutes": "99999"}, "minutes"), ({"day": "2031-01-01"}, "day"), ({"room": "99999"}, "room"), ({"version": "x"}, "version")],
)  # fmt: skip
def test_what_cannot_be_is_told_and_changes_nothing(cleo, released, known, field):
    answer = cleo.post(f"{DESK}/40", data=typed(row_of(released, 40)) | {"clock": "11:00"} | known)

    assert answer.status_code == 422
    assert starts_of(released, 40) == "2027-05-11 09:00"


def test_an_odd_time_that_is_not_touched_stays_when_the_room_changes(cleo, released):
    row = row_of(released, 40)
    with transaction():
        row.starts_at += timedelta(minutes=3)
    row = row_of(released, 40)

    go(cleo, cleo.post(f"{DESK}/40", data=typed(row, clock="09:03", room="")))

    assert starts_of(released, 40) == "2027-05-11 09:03"


def test_a_session_goes_into_the_pool_and_comes_back_as_long_and_pinned_as_it_was(cleo, released):
    row = row_of(released, 40)
    with transaction():
        row.presentations[0].starts_at = row.starts_at + timedelta(minutes=10)
    row = row_of(released, 40)

    page = go(cleo, cleo.post(f"{DESK}/40/pool", data={"version": row.version}))

    pooled = row_of(released, 40)
    assert (pooled.starts_at, pooled.day, pooled.pool_minutes) == (None, None, 60)
    assert "Sessions without a time" in page
    assert 40 not in {session.number for session in draft.load(released).sessions}
    assert 'value="60"' in cleo.get(f"{DESK}/40").get_data(as_text=True)
    go(cleo, cleo.post(f"{DESK}/40", data=typed(pooled, clock="16:00")))
    back = row_of(released, 40)
    assert back.ends_at - back.starts_at == timedelta(hours=1)
    assert back.presentations[0].starts_at - back.starts_at == timedelta(minutes=10)
    assert back.pool_from is None


def test_parts_of_a_session_move_with_it(cleo, released):
    whole, part = row_of(released, 40), row_of(released, 41)
    apart = part.starts_at - whole.starts_at
    with transaction():
        part.parent_id, part.parent_depth, part.depth = whole.id, 0, 1

    go(cleo, cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="13:00")))
    assert row_of(released, 41).starts_at - row_of(released, 40).starts_at == apart
    go(cleo, cleo.post(f"{DESK}/40/pool", data={"version": row_of(released, 40).version}))
    assert row_of(released, 41).starts_at is None
    go(cleo, cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="10:00")))
    assert row_of(released, 41).starts_at - row_of(released, 40).starts_at == apart


def test_a_break_stands_across_all_rooms(cleo, released):
    go(cleo, cleo.post(f"{DESK}/new", data={"title": "Coffee", "kind": "Break", "day": "2027-05-11", "clock": "10:30", "minutes": "30", "room": ""}))  # fmt: skip

    page = cleo.get(f"{DESK}?day=2027-05-11").get_data(as_text=True)
    block = re.search(rf'<article class="slot" id="session-{newest(released).number}".*?>', page, re.DOTALL)[0]
    assert "data-across" in block
    assert newest(released).ends_at - newest(released).starts_at == timedelta(minutes=30)


def test_a_new_session_without_a_time_waits_in_the_pool(cleo, released):
    go(cleo, cleo.post(f"{DESK}/new", data={"title": "Later", "kind": "", "day": "2027-05-11", "clock": "", "minutes": "45", "room": "", "new_room": "Loft"}))  # fmt: skip

    made = newest(released)
    assert (made.title, made.starts_at, made.pool_minutes, made.room.name) == ("Later", None, 45, "Loft")


def test_a_room_that_only_looks_like_another_is_made_when_that_is_meant(cleo, released):
    name = row_of(released, 40).room.name.replace("o", "\u043e")
    form = {
        "title": "Later",
        "kind": "",
        "day": "2027-05-11",
        "clock": "",
        "minutes": "45",
        "room": "",
        "new_room": name,
    }

    refused = cleo.post(f"{DESK}/new", data=form)

    assert refused.status_code == 422
    assert "Cyrillic" in refused.get_data(as_text=True)
    assert db.session.query(Room).filter_by(name=name).count() == 0
    go(cleo, cleo.post(f"{DESK}/new", data=form | {"is_apart": "y"}))
    assert newest(released).room.name == name
    assert "Rooms that look the same" in cleo.get(DESK).get_data(as_text=True)


def test_a_copy_waits_in_the_pool_with_its_people_and_without_talks(cleo, released):
    go(cleo, cleo.post(f"{DESK}/40/copy"))

    made, known = newest(released), row_of(released, 40)
    assert (made.title, made.room_id, made.pool_minutes, made.presentations) == (known.title, known.room_id, 60, [])
    assert len(made.people) == len(known.people) > 0
    assert made.guid != known.guid and made.number not in (30, 31, 40, 41)


def test_what_the_public_has_seen_is_cancelled_and_what_it_never_had_is_gone_from_the_release(cleo, released):
    go(cleo, cleo.post(f"{DESK}/40/removal", data={"version": row_of(released, 40).version}))
    go(cleo, cleo.post(f"{DESK}/new", data={"title": "Mistake", "kind": "", "day": "2027-05-11", "clock": "12:00", "minutes": "45", "room": ""}))  # fmt: skip
    made = newest(released).number
    go(cleo, cleo.post(f"{DESK}/{made}/removal", data={"version": newest(released).version}))

    held = {session.number: session.withdrawn for session in draft.load(released).sessions}
    assert held == {40: True, 41: False}
    assert making.is_removed(newest(released))
    assert "Mistake" not in re.sub(r"(?s)<details.*", "", cleo.get(f"{DESK}?day=2027-05-11").get_data(as_text=True))


def test_posters_side_by_side_make_no_noise_and_talks_do(cleo, released):
    for kind, expected in (("Posters", 0), ("Talks", 2)):
        for _number in range(2):
            form = {
                "title": kind,
                "kind": kind,
                "day": "2027-05-12",
                "clock": "15:00",
                "minutes": "45",
                "room": "",
                "new_room": kind,
            }
            cleo.post(f"{DESK}/new", data=form)
        page = cleo.get(f"{DESK}?day=2027-05-12").get_data(as_text=True)
        assert page.count("data-collides") == expected
        assert 'data-lane="1" data-lanes="2"' in page


def test_more_sessions_ask_the_database_no_more(cleo, released, counted):
    few = counted(lambda: cleo.get(f"{DESK}?day=2027-05-11"))
    for number in range(6):
        cleo.post(f"{DESK}/new", data={"title": f"S{number}", "kind": "", "day": "2027-05-11", "clock": "12:00" if number % 2 else "", "minutes": "45", "room": "", "new_room": f"Room {number}"})  # fmt: skip
    with_changes = counted(lambda: cleo.get(f"{DESK}?day=2027-05-11"))
    for number in range(20):
        cleo.post(f"{DESK}/new", data={"title": f"T{number}", "kind": "", "day": "2027-05-11", "clock": "13:00" if number % 2 else "", "minutes": "45", "room": ""})  # fmt: skip

    assert few <= with_changes
    assert counted(lambda: cleo.get(f"{DESK}?day=2027-05-11")) == with_changes
    assert db.session.query(Session).count() == 28


def test_each_change_has_an_undo_that_is_a_change_itself(cleo, released):
    page = go(cleo, cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="15:00")))
    address, form = undo_of(page)

    page = go(cleo, cleo.post(address, data=form))

    assert starts_of(released, 40) == "2027-05-11 09:00"
    assert "Change taken back" in page
    assert [entry.verb for entry in audit.story_of(row_of(released, 40))] == [
        "took back a change of",
        "moved a session",
    ]
    go(cleo, cleo.post(*undo_of(page)[:1], data=undo_of(page)[1]))
    assert starts_of(released, 40) == "2027-05-11 15:00"
