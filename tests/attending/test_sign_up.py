"""Signing up: places and turns count right whatever is done in which order, and what ends gives its place on."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference import attending, mail, registration, schedule
from conference.attending import jobs
from conference.attending.signups import actions, queries
from conference.checkout import cancel, quote_cancel
from conference.kernel import Refusal, db, transaction
from tests.attending.conftest import GUIDS, STARTS, hands, made, needs_sign_up, registered, release, session_of, sign_up
from tests.cast import a_person
from tests.checkout.acting import letters, paid, place, settle
from tests.conftest import empty_tables

ACTS = st.lists(
    st.tuples(st.sampled_from(["in", "in", "in", "out", "end", "places"]), st.integers(0, 4)), min_size=4, max_size=16
)


def give_back(meeting, entry, now, name="Hands on"):
    with transaction():
        row = queries.of_item(meeting.id, GUIDS[name])
        seat = queries.seat_in(row, entry)
        if seat is not None:
            actions.give_back(seat, meeting=meeting, now=now)


def end(entry, now):
    with transaction():
        found = registration.by_id(entry.id)
        registration.cancel(found)
        attending.follow(found.meeting_id, now=now)


def test_places_go_in_order_and_a_freed_one_to_whoever_waits_longest(meeting, now):
    needs_sign_up(meeting, places=1)
    ada, ben, cleo = (registered(meeting, name, now) for name in ("Ada", "Ben", "Cleo"))

    states = [sign_up(meeting, each, now) for each in (ada, ben, cleo, ada)]
    give_back(meeting, ada, now)

    assert states == ["taken", "waiting", "waiting", "taken"]
    assert hands(meeting) == (1, 1, ["taken", "waiting"])
    assert sign_up(meeting, ada, now) == "waiting"  # behind Cleo, although she was there before
    assert letters() == ["session-moved-up"]
    assert "11 May 2027" in db.session.query(mail.Letter).one().body


def test_signing_up_stars_the_session_and_giving_back_leaves_the_star(meeting, now):
    needs_sign_up(meeting)
    ada = registered(meeting, "Ada", now)

    sign_up(meeting, ada, now)
    give_back(meeting, ada, now)

    itinerary = schedule.itineraries.of(person=ada.person)
    assert schedule.itineraries.stars(itinerary, meeting.id) == {GUIDS["Hands on"]}


def test_two_at_a_time_are_refused_by_name_and_so_is_who_has_not_paid(meeting, now):
    needs_sign_up(meeting)
    needs_sign_up(meeting, "Beside it")
    ada = registered(meeting, "Ada", now)
    with transaction():
        draft = registration.start(meeting=meeting, person=a_person("Ben", now), now=now)
    sign_up(meeting, ada, now)

    with pytest.raises(Refusal, match="Hands on"):
        sign_up(meeting, ada, now, "Beside it")
    with pytest.raises(Refusal, match="registered"):
        sign_up(meeting, draft, now)


def test_fewer_places_than_are_taken_are_refused_and_more_go_to_the_line(meeting, now):
    needs_sign_up(meeting, places=1)
    for name in ("Ada", "Ben", "Cleo"):
        sign_up(meeting, registered(meeting, name, now), now)

    with pytest.raises(Refusal, match="1 place is taken"):
        needs_sign_up(meeting, places=0)
    needs_sign_up(meeting, places=2)

    assert hands(meeting) == (2, 1, ["taken", "taken", "waiting"])


def test_a_registration_that_is_cancelled_gives_its_place_on(meeting, now):
    needs_sign_up(meeting, places=1)
    with transaction():
        person = a_person("Ada", now)
    order = place(meeting, person, now)
    settle(order, paid(order), now)
    ada, ben = registration.registration_in(meeting, person), registered(meeting, "Ben", now)
    sign_up(meeting, ada, now), sign_up(meeting, ben, now)

    with transaction():
        entry = registration.by_id(ada.id)
        cancel(entry, seen=quote_cancel(entry, now=now, waived=True).seen, by=None, now=now, reason="Ill", waived=True)

    assert hands(meeting) == (1, 0, ["taken"])
    assert queries.items_taken(ben) == [GUIDS["Hands on"]]


def test_what_ended_another_way_is_found_by_the_sweep(meeting, now):
    needs_sign_up(meeting, places=1)
    ada, ben = (registered(meeting, name, now) for name in ("Ada", "Ben"))
    sign_up(meeting, ada, now), sign_up(meeting, ben, now)
    with transaction():
        registration.cancel(registration.by_id(ada.id))

    done = jobs.look_at_sign_ups(), jobs.look_at_sign_ups()

    assert (done, hands(meeting)) == ((1, 0), (1, 0, ["taken"]))


def test_a_session_that_moves_is_told_once_to_whoever_signed_up(meeting, now):
    needs_sign_up(meeting, places=1)
    ada, ben = (registered(meeting, name, now) for name in ("Ada", "Ben"))
    sign_up(meeting, ada, now), sign_up(meeting, ben, now)
    moved = release(meeting, now, starts=STARTS + timedelta(hours=1), ends=STARTS + timedelta(hours=2))
    itinerary = schedule.itineraries.of(person=ada.person)
    with transaction():
        schedule.itineraries.unstar(itinerary=itinerary, meeting_id=meeting.id, item=GUIDS["Hands on"])

    told = []
    for _turn in range(2):
        with transaction():
            schedule.changes.begin(moved, by=None, now=now)
        told.append(jobs.write_letters_of_releases())

    assert told == [2, 0]


def test_a_cancelled_session_takes_nobody_and_keeps_who_was_in(meeting, now):
    needs_sign_up(meeting, places=1)
    ada, ben, cleo = (registered(meeting, name, now) for name in ("Ada", "Ben", "Cleo"))
    sign_up(meeting, ada, now), sign_up(meeting, ben, now)
    release(meeting, now, withdrawn=True)

    with pytest.raises(Refusal, match="not held"):
        sign_up(meeting, cleo, now)
    give_back(meeting, ada, now)
    assert hands(meeting) == (0, 1, ["waiting"])

    release(meeting, now)
    assert (jobs.look_at_sign_ups(), hands(meeting)) == (1, (1, 0, ["taken"]))


def test_staff_give_and_take_places_with_a_reason_and_a_letter(meeting, now):
    row = needs_sign_up(meeting, places=1)
    ada, ben = (registered(meeting, name, now) for name in ("Ada", "Ben"))
    facts = {"meeting": meeting, "reason": "A speaker", "by": None, "now": now}
    sign_up(meeting, ben, now)

    with pytest.raises(Refusal, match="Raise the places"), transaction():
        actions.add(ada, row, **facts)
    with transaction():
        actions.remove(queries.seat_in(row, ben), **facts)
        actions.add(ada, row, **facts)

    assert letters() == ["session-added", "session-removed"]
    assert hands(meeting) == (1, 0, ["taken"])


class Model:
    """Beside the database: how many places there are, who is in, who waits in which order, whose registration has ended."""

    def __init__(self):
        self.places, self.inside, self.line, self.gone = 2, [], [], set()

    def act(self, act, number):
        if act == "in" and number not in (*self.inside, *self.line, *self.gone):
            is_free = len(self.inside) < self.places and not self.line
            (self.inside if is_free else self.line).append(number)
        if act in ("out", "end"):
            self.inside, self.line = ([each for each in some if each != number] for some in (self.inside, self.line))
        if act == "end":
            self.gone.add(number)
        if act == "places":
            self.places = max(number, len(self.inside))
        while self.line and len(self.inside) < self.places:
            self.inside.append(self.line.pop(0))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_nobody_is_in_twice_and_the_line_keeps_its_order(context, now, acts):
    empty_tables()
    meeting, model = made(now), Model()
    needs_sign_up(meeting, places=model.places)
    people = [registered(meeting, f"P{number}", now) for number in range(5)]
    for act, number in acts:
        has_ended = number in model.gone
        model.act(act, number)
        if act == "in" and not has_ended:
            assert sign_up(meeting, people[number], now) == ("taken" if number in model.inside else "waiting")
        elif act == "out":
            give_back(meeting, people[number], now)
        elif act == "end" and not has_ended:
            end(people[number], now)
        elif act == "places":
            needs_sign_up(meeting, places=model.places)

        taken, waiting, _states = hands(meeting)
        row = queries.of_item(meeting.id, session_of(meeting).guid)
        in_line = [seat.registration_id for seat in queries.next_in_line(row, 9)]
        assert (taken, waiting, row.places) == (len(model.inside), len(model.line), model.places)
        assert in_line == [people[each].id for each in model.line]
