"""Any story that orders may live through, told in any order, leaves money, places and books in step."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from conference import checkout, mail, payments, registration
from conference.kernel import Money, Refusal, db, transaction
from conference.payments import Order, OrderState, Refund, RefundState, refunds
from conference.payments.rules import RefundSeen
from conference.registration import Pool, Registration
from tests.cast import a_draft, a_meeting, a_membership_type, a_person
from tests.checkout.telling import Telling
from tests.conftest import NOW, empty_tables
from tests.trying import tries

NAMES = ("Ada", "Ben")
PLACES = 1
OWED = "received and neither given, refunded nor parked"
any_number = st.integers(0, 1000)


class Stories(Telling):
    """Two people, one place, one dinner; Stripe, which may say anything again at any time; staff; and the clock."""

    @initialize()
    def begin(self):
        empty_tables()
        with transaction():
            self.meeting = a_meeting(NOW, places=PLACES)
            self.people = [a_person(name, NOW) for name in NAMES]
            a_membership_type()
            registration.offer_add_on(self.meeting, code="dinner", title="Dinner", amount_minor=8500, places=1)
        self.now, self.orders, self.said, self.count = NOW, [], [], 0

    # What people do

    @rule(who=any_number)
    def place_the_simplest(self, who):
        self.place(who, dinner=False, dues=False)

    @rule(which=any_number, who=any_number)
    @precondition(lambda self: self.orders)
    def give_back_and_think_again(self, which, who):
        self.give_back(which)
        self.place_the_simplest(who)

    @rule(who=any_number, dinner=st.booleans(), dues=st.booleans())
    def place(self, who, dinner, dues):
        person = self.people[who % len(NAMES)]
        wishes = {"extras": ("dinner",) if dinner else (), "dues": "active" if dues else ""}
        try:
            with transaction():
                draft = a_draft(self.meeting, person, self.later(), **wishes)
            with transaction():
                order = checkout.place(draft=draft, meeting=self.meeting, person=person, now=self.now)
        except Refusal:
            return
        self.orders.append(order)

    @rule(who=any_number)
    def join(self, who):
        person = self.people[who % len(NAMES)]
        try:
            with transaction():
                self.orders.append(checkout.place_dues(type_code="active", person=person, now=self.later()))
        except Refusal:
            return

    @rule(which=any_number)
    @precondition(lambda self: self.orders)
    def give_back(self, which):
        with transaction():
            checkout.lapse_if_due(self.one(which).id, now=self.later(), at_once=True)

    # What Stripe says

    @rule(which=any_number)
    @precondition(lambda self: self.orders)
    def pay(self, which):
        self.tell(self.paid(which))

    @rule()
    @precondition(lambda self: self.orders)
    def pay_the_newest(self):
        self.tell(self.paid(len(self.orders) - 1))

    @rule()
    @precondition(lambda self: self.lapsed())
    def pay_too_late(self):
        self.tell(self.paid(self.lapsed()[-1]))

    @rule(which=any_number, wrong=st.sampled_from([{"amount": 1}, {"currency": "EUR"}]))
    @precondition(lambda self: self.orders)
    def pay_something_else(self, which, wrong):
        self.tell(replace(self.paid(which), **wrong))

    @rule(which=any_number, end=st.sampled_from(["requires_payment_method", "succeeded", None]))
    @precondition(lambda self: self.orders)
    def pay_by_bank(self, which, end):
        paid = self.paid(which)
        self.tell(replace(paid, payment_status="unpaid", intent_status="processing"))
        if end == "succeeded":
            self.tell(paid)
        elif end:
            self.tell(replace(paid, payment_status="unpaid", intent_status=end))

    @rule(which=any_number)
    @precondition(lambda self: self.orders)
    def expire(self, which):
        self.tell(replace(self.paid(which), status="expired", payment_status="unpaid", payment_intent=""))

    @rule(which=any_number)
    @precondition(lambda self: self.said)
    def say_it_again(self, which):
        self.tell(self.said[which % len(self.said)])

    @rule(which=any_number, state=st.sampled_from(["pending", "succeeded", "failed"]))
    def say_of_a_refund(self, which, state):
        made = list(db.session.scalars(select(Refund).order_by(Refund.id)))
        if made:
            refund = made[which % len(made)]
            own = "" if refund.provider_ref else refund.ref
            facts = (
                refund.provider_ref or f"re_{refund.ref}",
                own,
                RefundState(state),
                "",
                "",
                refund.amount_minor,
                "USD",
            )
            with transaction():
                refunds.note(RefundSeen(*facts), now=self.later())

    @rule(which=any_number, minor=st.integers(1, 50000))
    def refund_at_the_dashboard(self, which, minor):
        came = list(db.session.scalars(select(payments.Payment).order_by(payments.Payment.id)))
        if came:
            intent, self.count = came[which % len(came)].provider_ref, self.count + 1
            seen = RefundSeen(f"re_foreign{self.count}", "", RefundState.SUCCEEDED, "", intent, minor, "USD")
            with transaction():
                refunds.note(seen, now=self.later())

    # What staff and the clock do

    @rule(which=any_number, lines=st.sets(st.integers(0, 2)), share=st.sampled_from([0, 1, 50, 100, 110]))
    @precondition(lambda self: self.orders)
    def refund(self, which, lines, share):
        order = payments.order_by_ref(self.one(which).ref)
        ended = [line for number, line in enumerate(order.lines) if number in lines]
        price = sum(line.amount_minor for line in ended) or order.total_minor
        try:
            with transaction():
                checkout.end_lines_and_refund(
                    order_id=order.id,
                    line_ids=[line.id for line in ended],
                    amount=Money(price * share // 100, "USD"),
                    reason="because",
                    by=None,
                    now=self.later(),
                )
        except Refusal:
            return

    @rule(hours=st.integers(0, 30))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        for order_id in payments.due_for_a_look(self.now, every={}):
            with transaction():
                checkout.lapse_if_due(order_id, now=self.now)

    # What must be true at any time

    @invariant()
    def the_books_tie_out_but_for_failed_refunds(self):
        db.session.rollback()
        failed = set(
            db.session.scalars(
                select(Order.ref).join(Refund, Refund.order_id == Order.id).where(Refund.state == "failed")
            )
        )
        found = payments.differences()
        assert [line for line in found if not (line.endswith(OWED) and line.split()[1].rstrip(":") in failed)] == []

    @invariant()
    def every_place_is_counted(self):
        assert registration.miscounted() == []
        venue = db.session.scalar(select(Pool).where(Pool.name == "Venue").execution_options(populate_existing=True))
        if venue:
            assert 0 <= venue.taken <= PLACES

    @invariant()
    def whoever_has_a_place_has_one_order_for_it(self):
        for entry in db.session.scalars(select(Registration).execution_options(populate_existing=True)):
            theirs = payments.orders_with_line("registration", entry.id)
            settled = [each for each in theirs if each.state == OrderState.PAID and not place_in(each).ended_at]
            waiting = [each for each in theirs if each.state in (OrderState.OPEN, OrderState.ONGOING)]
            assert (entry.state == "confirmed") == (len(settled) == 1), entry.state
            assert len(settled) + len(waiting) <= 1
            assert entry.state == "held" or not waiting

    @invariant()
    def no_money_lies_about(self):
        for order in db.session.scalars(select(Order).execution_options(populate_existing=True)):
            kept = sum(each.left.minor for each in payments.payments_of(order))
            failed = sum(each.amount_minor for each in payments.refunds_of(order) if each.state == "failed")
            match order.state:
                case OrderState.OPEN | OrderState.ONGOING | OrderState.LAPSED:
                    assert kept == 0, order.state
                case OrderState.RETURNED:
                    assert kept <= failed

    @invariant()
    def each_settled_order_has_one_confirmation(self):
        letters = (
            select(mail.Letter.cause, func.count()).where(mail.Letter.kind == "confirmed").group_by(mail.Letter.cause)
        )
        settled = db.session.scalars(select(Order.ref).where(Order.settled_at.is_not(None)))
        assert dict(db.session.execute(letters).all()) == dict.fromkeys(settled, 1)


def place_in(order):
    return next(line for line in order.lines if line.kind == "registration")


def test_any_story_leaves_money_places_and_books_in_step(context):
    run_state_machine_as_test(
        Stories,
        settings=settings(
            max_examples=tries(30),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
