"""What staff do to many is worked out for many as for one: any sequence of orders, changes, moves, places let go and slips undone."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from conference import checkout, mail, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.payments import Order, OrderState
from conference.registration import Registration
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.acting import cancel, change, fresh, ticket, used
from tests.checkout.changing.machine import Changes, any_number
from tests.conftest import empty_tables
from tests.membership.conftest import statements
from tests.trying import tries

__all__ = ["statements"]


class Together(Changes):
    """The machine of changes, whose office moves people at the price they paid, holds, lets go, and takes back whole orders."""

    @rule(who=any_number, code=st.sampled_from(["full", "student"]))
    @precondition(lambda self: self.confirmed())
    def move_at_the_price_that_was_paid(self, who, code):
        entry, category = self.one(who), registration.category_by_code(self.meeting, code)
        with self.tried():
            seen = checkout.quote_move(entry, category, reason="because").seen
            checkout.move(entry, category, seen=seen, reason="because", by=None, now=self.later())

    @rule(which=any_number, days=st.integers(0, 40))
    @precondition(lambda self: self.open_orders())
    def hold_longer(self, which, days):
        order = self.open_orders()[which % len(self.open_orders())]
        with self.tried():
            checkout.hold_longer(order, until=self.later() + timedelta(days=days), by=None, now=self.now)

    @rule(which=any_number)
    @precondition(lambda self: self.open_orders())
    def let_go(self, which):
        order = self.open_orders()[which % len(self.open_orders())]
        with self.tried():
            checkout.let_go(order.id, by=None, now=self.later())

    @rule(which=any_number)
    def take_a_whole_order_back(self, which):
        keys = self.keys(Order.id)
        if keys:
            with self.tried():
                checkout.take_back(keys[which % len(keys)], reason="a slip", by=None, now=self.later())

    @invariant()
    def ending_many_costs_what_ending_each_costs(self):
        entries = [registration.by_id(key) for key in self.keys(Registration.id)]
        for waived in (False, True):
            many = checkout.quote_cancels(entries, meeting=self.meeting, now=self.now, waived=waived)
            assert [_told(many[entry.id]) for entry in entries] == [
                _told(self.alone(entry, waived)) for entry in entries
            ]

    def alone(self, entry, waived):
        try:
            return checkout.quote_cancel(entry, now=self.now, waived=waived)
        except Refusal as refusal:
            return refusal

    def open_orders(self):
        return [payments.order_by_id(key) for key in self.keys(Order.id, Order.state == OrderState.OPEN)]


def _told(found):
    return "refused" if isinstance(found, Refusal) else (found.seen, found.refund, [line.id for line in found.ends])


def test_any_sequence_of_what_the_office_does_keeps_sends_back_and_counts_everything(context):
    budget = {"max_examples": tries(20), "stateful_step_count": 25, "deadline": None, "database": None}
    run_state_machine_as_test(Together, settings=settings(suppress_health_check=list(HealthCheck), **budget))
    empty_tables()


def test_ending_many_is_foretold_in_as_many_questions_as_ending_one(meeting, entry, ada, now, statements):
    settle(order := place(meeting, ada, now, extras=["workshop"]), paid(order), now)
    entries = list(registration.by_ids(list(db.session.scalars(select(Registration.id)))).values())

    with statements() as one:
        checkout.quote_cancels(entries[:1], meeting=meeting, now=now)
    with statements() as both:
        found = checkout.quote_cancels(entries, meeting=meeting, now=now)

    assert len(one) == len(both) <= 5
    assert sorted(quote.refund.minor for quote in found.values()) == [39000, 43000]


def test_a_move_at_the_same_price_frees_the_old_place_and_takes_a_new_one(meeting, entry, now):
    student = registration.category_by_code(meeting, "student")
    with transaction():
        seen = checkout.quote_move(fresh(entry), student, reason="wrong form").seen
        checkout.move(fresh(entry), student, seen=seen, reason="wrong form", by=None, now=now)

    assert ticket(entry) == ("student", "whole", "in_person", ["dinner"])
    assert used() == {"Students": 1, "Dinner": 1}
    assert [payments.balance_of(order).minor for order in checkout.orders_about(fresh(entry))] == [0, 0]


def test_what_was_kept_goes_back_when_it_is_cancelled_later(meeting, entry, now):
    student = registration.category_by_code(meeting, "student")
    with transaction():
        seen = checkout.quote_move(fresh(entry), student, reason="wrong form").seen
        checkout.move(fresh(entry), student, seen=seen, reason="wrong form", by=None, now=now)
    cancel(entry, now, waived=True)

    assert sum(each.amount_minor for each in db.session.query(payments.Refund)) == 53000


def test_nobody_is_moved_while_a_change_waits_or_to_what_they_are(meeting, entry, now):
    full, student = (registration.category_by_code(meeting, code) for code in ("full", "student"))
    with pytest.raises(Refusal, match="already"):
        checkout.quote_move(fresh(entry), full, reason="x")
    change(entry, now, extras=("dinner", "workshop"))

    with pytest.raises(Refusal, match="waits"):
        checkout.quote_move(fresh(entry), student, reason="x")
    (found,) = checkout.quote_cancels([fresh(entry)], meeting=meeting, now=now).values()
    assert isinstance(found, Refusal)


def test_a_place_that_is_let_go_is_told_and_paid_for_no_more(meeting, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        checkout.let_go(order.id, by=None, now=now)

    assert payments.order_by_ref(order.ref).state == "lapsed"
    assert used() == {}
    assert [each.kind for each in db.session.query(mail.Letter)] == ["lapsed"]
    with transaction(), pytest.raises(Refusal):
        checkout.let_go(order.id, by=None, now=now)
