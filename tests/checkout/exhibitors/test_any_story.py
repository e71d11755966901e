"""Any sequence of names, orders, payments early and late, expiry, refunds, changed names, booths and rules: the allotment is always true."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from conference import checkout, payments, registration
from conference.kernel import Money, db, transaction
from conference.payments import Line, Order, OrderState, Payment, Refund
from conference.registration import AllotmentUse, Place, Pool, allotments, exhibitors, groups
from conference.registration.groups import SeatState
from tests.checkout.acting import paid
from tests.checkout.changing.machine import Tried
from tests.checkout.exhibitors.acting import BOOTH, a_kind, an_exhibitor
from tests.checkout.exhibitors.conftest import a_show
from tests.conftest import NOW, empty_tables
from tests.trying import tries

LIVE = (OrderState.OPEN, OrderState.ONGOING, OrderState.PARKED, OrderState.PAID)
any_number = st.integers(0, 100)
names = st.integers(0, 5).map(lambda number: f"n{number}@example.org")


class Exhibiting(RuleBasedStateMachine):
    """One company of two badges among four places, its contact, the office, and the clock."""

    @initialize()
    def begin(self):
        empty_tables()
        with transaction():
            self.meeting = a_show(NOW, places=4)
            self.kind = a_kind(self.meeting, NOW)
            self.acme = an_exhibitor(self.meeting, self.kind, NOW)
        self.now, self.count, self.kept, self.sold = NOW, 0, 0, {}
        for number in range(3):
            self.write_a_name_down(f"n{number}@example.org")

    @rule(email=names)
    def write_a_name_down(self, email):
        with Tried():
            wish = registration.Wish("expo")
            groups.add_seat(self.group(), email=email, wish=wish, by=self.group().coordinator, now=self.later())

    @rule(which=any_number)
    @precondition(lambda self: self.seats(SeatState.OPEN))
    def take_a_name_off(self, which):
        seats = self.seats(SeatState.OPEN)
        with Tried():
            groups.remove_seat(self.group(), seats[which % len(seats)].seat.id, by=None, now=self.later())

    @rule(pays=st.booleans())
    @precondition(lambda self: self.seats(SeatState.OPEN))
    def order(self, pays):
        with Tried():
            order = checkout.place_group(self.group(), by=self.group().coordinator, now=self.later())
            if pays and order.state == OrderState.OPEN:
                self.settle(order)

    @rule(hours=st.sampled_from([2, 30]))
    @precondition(lambda self: self.orders(OrderState.OPEN))
    def the_money_comes_late(self, hours):
        orders = self.orders(OrderState.OPEN)
        self.time_goes_by(hours)
        with transaction():
            self.settle(orders[0])

    @rule(which=any_number)
    def pay_some_order_early_or_late(self, which):
        waiting = select(Order).where(Order.state.in_([OrderState.OPEN, OrderState.LAPSED]), Order.total_minor > 0)
        orders = list(db.session.scalars(waiting.order_by(Order.id)))
        if orders:
            with transaction():
                self.settle(orders[which % len(orders)])

    @rule(hours=st.sampled_from([1, 1, 30, 24 * 90]))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        for order_id in payments.due_for_a_look(self.now, every={}):
            with transaction():
                checkout.lapse_if_due(order_id, now=self.now)

    @rule(which=any_number, lines=st.sets(st.integers(0, 3), min_size=1), share=st.sampled_from([0, 50, 100]))
    @precondition(lambda self: self.orders(OrderState.PAID))
    def staff_take_lines_back(self, which, lines, share):
        order = self.one(self.orders(OrderState.PAID), which)
        ended = [line for number, line in enumerate(order.lines) if number in lines and not line.ended_at]
        price = sum(line.amount_minor for line in ended)
        facts = {"line_ids": [line.id for line in ended], "amount": Money(price * share // 100, "USD")}
        with Tried():
            checkout.end_lines_and_refund(order_id=order.id, reason="because", by=None, now=self.later(), **facts)
            self.kept += price - price * share // 100

    @rule(which=any_number, email=names)
    @precondition(lambda self: self.seats(SeatState.PAID))
    def somebody_else_comes(self, which, email):
        seated = self.one(self.seats(SeatState.PAID), which)
        entry = registration.by_id(seated.seat.registration_id)
        with Tried():
            seen = checkout.quote_substitute(entry, email=email, now=self.later()).seen
            checkout.substitute(entry, email=email, names={}, seen=seen, by=None, now=self.now)

    @rule(which=any_number)
    @precondition(lambda self: self.seats(SeatState.PAID))
    def a_badge_is_taken_back(self, which):
        entry = registration.by_id(self.one(self.seats(SeatState.PAID), which).seat.registration_id)
        with Tried():
            seen = checkout.quote_cancel(entry, now=self.later()).seen
            checkout.cancel(entry, seen=seen, by=None, now=self.now)

    @rule(which=any_number)
    @precondition(lambda self: self.seats(SeatState.HELD))
    def a_badge_is_taken_out_of_its_order(self, which):
        seated = self.one(self.seats(SeatState.HELD), which)
        with Tried():
            checkout.take_out_seat(seated, self.group(), by=None, now=self.later())

    @rule(which=any_number)
    @precondition(lambda self: self.seats(SeatState.ENDED))
    def a_badge_is_put_back(self, which):
        seated = self.one(self.seats(SeatState.ENDED), which)
        with Tried():
            checkout.put_back_seat(seated, self.group(), by=None, now=self.later())

    @rule(booths=st.integers(1, 3), by_hand=st.one_of(st.none(), st.integers(0, 4)))
    def the_booth_becomes_another(self, booths, by_hand):
        facts = {"override": by_hand, "override_reason": "Contract" if by_hand is not None else ""}
        told = {**BOOTH, "company": "Acme", "booth_count": booths, **facts}
        with Tried():
            exhibitor = exhibitors.queries.by_ref(self.meeting, self.acme.ref)
            email = exhibitor.group.coordinator.email
            exhibitors.change(exhibitor, kind=exhibitor.kind, email=email, by=None, now=self.later(), **told)

    @rule(badges=st.integers(0, 3), minimum=st.integers(0, 2))
    def the_rule_becomes_another(self, badges, minimum):
        with Tried():
            kind = exhibitors.queries.kind_by_id(self.meeting, self.kind.id)
            exhibitors.change_kind(kind, badges=badges, minimum=minimum, by=None, now=self.later())

    @rule(amount=st.integers(0, 50000))
    def the_price_becomes_another(self, amount):
        with transaction():
            expo = registration.category_by_code(self.meeting, "expo")
            registration.set_price(expo, self.meeting.windows[0], amount_minor=amount)

    @invariant()
    def what_is_counted_is_what_stands(self):
        """As many uses as there are lines within the allotment in orders that wait or are paid."""
        db.session.rollback()
        row = allotments.of_group(self.acme.group_id)
        uses = list(db.session.scalars(select(AllotmentUse.registration_id)))
        standing = [line for line in self.lines(*LIVE) if "allotment" in line.rule and not line.ended_at]
        assert sorted(uses) == sorted(line.reference for line in standing)
        assert (row.used, 0 <= row.used <= row.allotted) == (len(uses), True)
        assert all(line.amount_minor == 0 for line in standing)
        assert registration.miscounted() == []

    @invariant()
    def the_allotment_is_what_the_booth_brings(self):
        exhibitor = exhibitors.queries.by_ref(self.meeting, self.acme.ref)
        allotted = allotments.of_group(exhibitor.group_id).allotted
        assert allotted == exhibitors.allotted(exhibitor, exhibitor.kind)

    @invariant()
    def what_was_sold_stays_as_it_was(self):
        for line in self.lines(*OrderState):
            told = (line.title, line.amount_minor, line.why, line.rule)
            assert self.sold.setdefault(line.id, told) == told

    @invariant()
    def nothing_is_paid_for_while_something_is_free(self):
        """In the order of the roster: within one order no free badge follows one that is paid for."""
        for order in self.orders(*OrderState):
            shared = ["allotment" in line.rule for line in order.lines if line.kind == "registration"]
            assert shared == sorted(shared, reverse=True)

    @invariant()
    def money_and_places_tie_out(self):
        came, back = (db.session.scalar(select(func.sum(each.amount_minor))) or 0 for each in (Payment, Refund))
        lines = self.lines(OrderState.PAID)
        kept = sum(line.amount_minor for line in lines if line.kind != "credit" and not line.ended_at)
        assert came == kept + back + self.kept
        assert payments.differences() == []
        for pool in db.session.scalars(select(Pool).execution_options(populate_existing=True)):
            assert pool.taken == db.session.scalar(select(func.count()).where(Place.pool_id == pool.id))

    def settle(self, order):
        self.count += 1
        checkout.settle(order.id, paid(order, payment_intent=f"pi_{self.count}"), now=self.later())

    def later(self):
        self.now += timedelta(seconds=1)
        return self.now

    def group(self):
        return groups.by_ref(self.meeting, self.acme.group.ref)

    def seats(self, state):
        return [each for each in groups.seats_of(self.group()) if each.state is state]

    def orders(self, *states):
        keys = db.session.scalars(select(Order.id).where(Order.state.in_(states)).order_by(Order.id)).all()
        return [payments.order_by_id(key) for key in keys]

    def lines(self, *states):
        found = select(Line).join(Order, Line.order_id == Order.id).where(Order.state.in_(states)).order_by(Line.id)
        return list(db.session.scalars(found.execution_options(populate_existing=True)))

    def one(self, found, which):
        return found[which % len(found)]


def test_any_sequence_counts_every_badge(context):
    run_state_machine_as_test(
        Exhibiting,
        settings=settings(
            max_examples=tries(12),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
