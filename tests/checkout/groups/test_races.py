"""Fifty tabs, each in a process of its own, give one seat away at once: one of them does, and places and money tie out. Others decline, order and pay at once."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from conference import people, registration
from conference.kernel import clock, db, transaction
from conference.payments import Order
from conference.registration import Registration, Wish, groups
from tests.cast import a_meeting, a_membership, a_person
from tests.checkout.acting import taken
from tests.checkout.groups import racing as tabs
from tests.checkout.groups.acting import back_to, order, ordered, people_of, seat, ties_out
from tests.checkout.groups.conftest import steps
from tests.checkout.racing import in_processes
from tests.checkout.test_races import FIFTY, settings
from tests.conftest import empty_tables

__all__ = ["settings"]


@pytest.fixture
def meeting(context):
    with transaction():
        made = a_meeting(clock.now(), code="R1", places=30)
        registration.offer_add_on(made, code="dinner", title="Dinner", amount_minor=8500, places=30)
        registration.changes.set_steps(made, steps(clock.now()), by=None, now=clock.now())
    return made


@pytest.fixture
def lab(meeting, ada):
    with transaction():
        made = groups.make(meeting=meeting, coordinator=ada, by=ada, now=clock.now(), name="Lab")
    return groups.by_ref(meeting, made.ref)


@pytest.fixture
def given(lab):
    """A paid seat with a dinner, and fifty people who could have it, half of them members."""
    now = clock.now()
    ordered(lab, now, tabs.GIVEN, extras=("dinner",))
    with transaction():
        others = [a_person(f"Heir{number}", now) for number in range(FIFTY)]
        for person in others[::2]:
            a_membership(person, now)
    return [person.email for person in others]


def test_one_seat_is_given_away_once_however_many_tabs_give_it_at_once(lab, given, ada, settings):
    results = in_processes(tabs.act, settings, [[("give", email)] for email in given])

    [winner] = [address for _what, address, done in results if done]
    assert (people_of(lab), taken(), ties_out()) == ({winner: "paid"}, 2, True)
    assert back_to(ada) == (22000 if given.index(winner) % 2 == 0 else 0)
    assert _standing() == [winner]


def test_without_the_guards_the_same_seat_is_given_away_more_than_once(lab, given, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    in_processes(tabs.act_unguarded, settings, [[("give", email)] for email in given])

    assert len(_standing()) > 1
    empty_tables()  # nothing of it ties out, and the next test begins with nothing


def test_declining_while_the_money_comes_leaves_every_seat_either_paid_or_free(lab, settings):
    """Whoever is faster: what was taken out before is free and goes back, what was paid before stays the payer's."""
    now, emails = clock.now(), [f"one{number}@example.org" for number in range(10)]
    for email in emails:
        seat(lab, email, now)
    made = order(lab, now)
    work = [[("decline", email) for email in emails[start::2]] for start in range(2)]

    in_processes(tabs.act, settings, [*work, [("settle", made.ref)], [("settle", made.ref)]])

    counted = Counter(people_of(lab).values())
    assert (taken(), ties_out()) == (counted["paid"], True)
    assert back_to(lab.coordinator) == counted["declined"] * 44000


def test_whoever_declines_while_the_payer_orders_is_in_no_order_and_holds_no_place(lab, settings):
    """Who was faster is out; who was slower is told, and says it again of the order that there is then."""
    now = clock.now()
    with transaction():
        emails = [a_person(f"One{number}", now).email for number in range(20)]
    for email in emails:
        seat(lab, email, now)

    results = in_processes(tabs.act, settings, [[("order", "Lab")], *([("decline", email)] for email in emails)])

    said_no = {who for what, who, done in results if done and what == "decline"}
    seats = groups.seats_of(groups.by_ref(lab.meeting, lab.ref))
    assert {each.seat.email for each in seats if each.is_declined} == said_no
    assert not [each for each in seats if each.is_declined and each.state is groups.SeatState.HELD]
    assert (taken(), ties_out()) == (sum(each.state is groups.SeatState.HELD for each in seats), True)


def test_tabs_that_order_at_once_make_one_order(lab, settings):
    for number in range(10):
        seat(lab, f"one{number}@example.org", clock.now())

    results = in_processes(tabs.act, settings, [[("order", "Lab")] * 3 for _process in range(4)])

    assert sum(done for _what, _name, done in results) == 1
    assert (db.session.scalar(select(func.count()).select_from(Order)), taken(), ties_out()) == (1, 10, True)


def test_two_groups_that_want_the_same_people_wait_for_each_other_and_one_gets_them(lab, meeting, ada, settings):
    now, emails = clock.now(), [f"one{number}@example.org" for number in range(8)]
    with transaction():
        groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, name="Other")
    [other] = [each for each in groups.groups_of(ada, meeting) if each.name == "Other"]
    for email, back in zip(emails, reversed(emails), strict=True):
        seat(lab, email, now)
        with transaction():
            groups.add_seat(other, email=back, wish=Wish("full"), by=ada, now=now)

    results = in_processes(tabs.act, settings, [[("order", name)] for name in ("Lab", "Other", "Lab", "Other")])

    assert (sum(done for _what, _name, done in results), taken(), ties_out()) == (1, 8, True)


def _standing():
    """The addresses of everybody who is confirmed."""
    db.session.rollback()
    confirmed = select(Registration.person_id).where(Registration.state == "confirmed").order_by(Registration.id)
    return [people.by_id(key).email for key in db.session.scalars(confirmed)]
