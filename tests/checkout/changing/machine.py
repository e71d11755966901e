"""Three people who order, pay, change, cancel and send each other; and what must be true of their money and places at any time."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from conference import checkout, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.payments import Order, OrderState, Payment, Refund
from conference.registration import Effect, Place, Pool, Registration, State, Wish
from tests.cast import a_draft, a_meeting, a_membership, a_person
from tests.checkout.acting import paid
from tests.checkout.changing.conftest import steps
from tests.conftest import NOW, empty_tables

NAMES = ("Ada", "Ben", "Cy")
any_number = st.integers(0, 100)
tickets = st.sampled_from(
    [("full", "whole", "in_person"), ("full", "whole", "virtual"), ("student", "whole", "in_person")]
)
add_ons = st.sets(st.sampled_from(["dinner", "workshop"]))


class Changes(RuleBasedStateMachine):
    """Three people, of whom one is a member and one has a code; two places; a table of changes; and the clock."""

    places = 2

    @initialize()
    def begin(self):
        empty_tables()
        with transaction():
            self.meeting = a_meeting(NOW, places=self.places)
            pool = registration.category_by_code(self.meeting, "full").pool
            student = registration.add_category(self.meeting, code="student", name="Student", pool=pool)
            registration.set_price(student, self.meeting.windows[0], amount_minor=15001)
            for code, amount in (("dinner", 9003), ("workshop", 5000)):
                registration.offer_add_on(self.meeting, code=code, title=code, amount_minor=amount, places=1)
            registration.changes.set_steps(self.meeting, steps(NOW), by=None, now=NOW)
            facts = {"effect": Effect.PERCENT, "percent": 33, "scope": "all", "reason": "Press", "most_uses": 1}
            registration.add_code(self.meeting, code="HALF", **facts)
            self.people = [a_person(name, NOW) for name in NAMES]
            a_membership(self.people[0], NOW)
        self.now, self.count, self.fees = NOW, 0, 0

    @rule(who=any_number, ticket=tickets, extras=add_ons, with_code=st.booleans(), pays=st.booleans())
    def place(self, who, ticket, extras, with_code, pays):
        person = self.people[who % len(NAMES)]
        category, span, mode = ticket
        with self.tried():
            draft = a_draft(self.meeting, person, self.later(), category=category, span=span, mode=mode, extras=extras)
            if with_code:
                checkout.redeem(draft, "HALF", meeting=self.meeting, person=person, now=self.now)
            order = checkout.place(draft=draft, meeting=self.meeting, person=person, now=self.now)
            if pays and order.state == OrderState.OPEN:
                self.settle(order)

    @rule(who=any_number, ticket=tickets, extras=add_ons, pays=st.booleans(), waived=st.booleans())
    @precondition(lambda self: self.confirmed())
    def change(self, who, ticket, extras, pays, waived):
        entry, wish = self.one(who), Wish(*ticket, tuple(sorted(extras)))
        with self.tried():
            seen = checkout.quote_change(entry, wish, now=self.later(), waived=waived).seen
            asked = checkout.change(entry, wish, seen=seen, by=None, now=self.now, waived=waived)
            if pays and asked.state == "open":
                self.settle(payments.order_by_id(asked.order_id))

    @rule(who=any_number, waived=st.booleans())
    @precondition(lambda self: self.confirmed())
    def cancel(self, who, waived):
        entry = self.one(who)
        with self.tried():
            seen = checkout.quote_cancel(entry, now=self.later(), waived=waived).seen
            checkout.cancel(entry, seen=seen, by=None, now=self.now, waived=waived)

    @rule(who=any_number, heir=any_number, pays=st.booleans())
    @precondition(lambda self: self.confirmed())
    def send_somebody_else(self, who, heir, pays):
        entry, email = self.one(who), self.people[heir % len(NAMES)].email
        with self.tried():
            seen = checkout.quote_substitute(entry, email=email, now=self.later()).seen
            asked = checkout.substitute(entry, email=email, names={}, seen=seen, by=None, now=self.now)
            if pays and asked.state == "open":
                self.settle(payments.order_by_id(asked.order_id))

    @rule(which=any_number)
    def pay_some_order_early_or_late(self, which):
        waiting = select(Order).where(Order.state.in_([OrderState.OPEN, OrderState.LAPSED]), Order.total_minor > 0)
        orders = list(db.session.scalars(waiting.order_by(Order.id)))
        if orders:
            with transaction():
                self.settle(orders[which % len(orders)])

    @rule(hours=st.sampled_from([1, 1, 1, 30, 30, 24 * 31]))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        for order_id in payments.due_for_a_look(self.now, every={}):
            with transaction():
                checkout.lapse_if_due(order_id, now=self.now)

    @invariant()
    def what_was_paid_is_kept_or_sent_back(self):
        """`fees` is what staff kept of lines that they took back."""
        db.session.rollback()
        came, back = (db.session.scalar(select(func.sum(each.amount_minor))) or 0 for each in (Payment, Refund))
        lines = [line for order in self.settled() for line in order.lines]
        kept = sum(line.amount_minor for line in lines if line.kind != "credit" and not line.ended_at)
        assert came == kept + back + self.fees
        assert payments.differences() == []

    @invariant()
    def held_and_sold_and_free_are_all_there_is(self):
        assert registration.miscounted() == []
        for pool in db.session.scalars(select(Pool).execution_options(populate_existing=True)):
            rows = db.session.scalar(select(func.count()).where(Place.pool_id == pool.id))
            assert pool.taken == rows and (pool.places is None or rows + pool.free == pool.places)

    @invariant()
    def a_registration_is_what_its_lines_sold(self):
        for entry in self.confirmed():
            sold = checkout.lines_of(entry)
            ticket = [line.rule for line in sold if line.kind == "registration"]
            assert [(rule["category"], rule["span"], rule["mode"]) for rule in ticket] == [
                (entry.category.code, entry.span, entry.mode)
            ]
            kept = {booking.add_on_id for booking in entry.bookings if booking.state == State.CONFIRMED}
            assert {line.reference for line in sold if line.kind == "add_on"} == kept

    @invariant()
    def what_has_ended_has_no_lines(self):
        for key in self.keys(Registration.id, Registration.state != State.CONFIRMED):
            assert checkout.lines_of(registration.by_id(key)) == []

    def settle(self, order):
        self.count += 1
        checkout.settle(order.id, paid(order, payment_intent=f"pi_{self.count}"), now=self.later())

    def later(self):
        self.now += timedelta(seconds=1)
        return self.now

    def confirmed(self):
        return [registration.by_id(key) for key in self.keys(Registration.id, Registration.state == State.CONFIRMED)]

    def one(self, which):
        found = self.confirmed()
        return found[which % len(found)]

    def settled(self):
        return [payments.order_by_id(key) for key in self.keys(Order.id, Order.state == OrderState.PAID)]

    def tried(self):
        return Tried()

    def keys(self, *found):
        return list(db.session.scalars(select(found[0]).where(*found[1:]).order_by(found[0])))


class Tried:
    """A transaction of which nothing is kept when something is refused."""

    def __enter__(self):
        self.inner = transaction()
        return self.inner.__enter__()

    def __exit__(self, kind, error, trace):
        self.inner.__exit__(kind, error, trace)
        return isinstance(error, Refusal)
