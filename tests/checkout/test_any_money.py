"""All ways of money at once, in any order: cards, transfers, refunds, disputes, invoices, closed months. A model counts along.

What came is what was told, each once; no number is missing; no document and no closed month ever changes; the books balance.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from conference import books, checkout, payments
from conference.checkout import banking, invoicing
from conference.kernel import Money, Refusal, db, transaction
from conference.payments import (
    Dispute,
    DisputeState,
    Payment,
    Refund,
    RefundState,
    bank,
    documents,
    refunds,
)
from conference.payments.dispute_rules import DisputeSeen, Movement
from conference.payments.rules import RefundSeen
from tests.cast import a_draft
from tests.checkout.banking.acting import paying
from tests.checkout.counting import FEE, NAMES, Counting
from tests.conftest import empty_tables
from tests.payments.bank.writing import Said
from tests.payments.documents.selling import BUYER
from tests.trying import tries

any_number = st.integers(0, 1000)
shares = st.sampled_from([100, 100, 100, 40, 60, 130])  # of what is due, in hundredths


class AnyMoney(Counting):
    """Whatever happens to the money."""

    @initialize()
    def begin(self):
        self.begin_counting()
        self.place(0, dinner=True, dues=True, by_transfer=False)
        self.place(1, dinner=False, dues=False, by_transfer=True)

    # What people do

    @rule(who=any_number, dinner=st.booleans(), dues=st.booleans(), by_transfer=st.booleans())
    def place(self, who, dinner, dues, by_transfer):
        person = self.people[who % len(NAMES)]
        wishes = {"extras": ("dinner",) if dinner else (), "dues": "active" if dues else ""}
        with suppress(Refusal):
            with transaction():
                draft = a_draft(self.meeting, person, self.later(), **wishes)
            with transaction():
                self.orders.append(checkout.place(draft=draft, meeting=self.meeting, person=person, now=self.now))
            if by_transfer:
                with transaction():
                    checkout.transferring.choose(self.orders[-1].id, po_number="", by=None, now=self.later())

    # What Stripe and the bank say

    @rule(which=any_number, share=shares, newest=st.booleans())
    @precondition(lambda self: self.orders)
    def pay_by_card(self, which, share, newest):
        seen = self.paid(-1 if newest else which)
        self.tell(replace(seen, amount=seen.amount * share // 100))

    @rule(which=any_number)
    @precondition(lambda self: self.said)
    def stripe_says_it_again(self, which):
        self.tell(self.said[which % len(self.said)])

    @rule(which=any_number, share=shares, named=st.booleans(), again=st.booleans())
    @precondition(lambda self: self.orders)
    def pay_by_transfer(self, which, share, named, again):
        order = self.one(which)
        minor = max(order.total_minor * share // 100, 1)
        self.count += 1
        facts = {"id": f"B{self.count}", "day": self.now.date(), "name": NAMES[which % len(NAMES)]}
        said = paying(order, minor, **facts) if named else Said(minor, "thank you", **facts)
        self.bring_in([said])
        self.banked += said.minor
        if again:
            self.bring_in([said, said], closing=100_000 + said.minor)  # the next file overlaps, and has it twice

    @rule(which=any_number)
    def the_bank_takes_back(self, which):
        lines = [line for line in self.lines() if line.amount_minor > 0]
        if lines:
            line, self.count = lines[which % len(lines)], self.count + 1
            facts = {"id": f"B{self.count}", "day": self.now.date(), "is_reversal": True}
            self.bring_in([Said(-line.amount_minor, line.text, line.name, **facts)])
            self.banked -= line.amount_minor

    @rule(which=any_number, state=st.sampled_from(["pending", "succeeded", "failed"]))
    def stripe_says_of_a_refund(self, which, state):
        made = list(db.session.scalars(select(Refund).order_by(Refund.id)))
        if made:
            refund = made[which % len(made)]
            own = "" if refund.provider_ref else refund.ref
            facts = (refund.provider_ref or f"re_{refund.ref}", own, RefundState(state), "", "")
            with transaction():
                refunds.note(RefundSeen(*facts, refund.amount_minor, "USD"), now=self.later())

    @rule(which=any_number, share=st.sampled_from([10, 100]))
    def a_payers_bank_disputes(self, which, share):
        came = [each for each in db.session.scalars(select(Payment).order_by(Payment.id)) if each.left.minor > 0]
        came = [each for each in came if each.provider == "stripe" and each.provider_ref not in self.heard_of()]
        if came:
            payment, self.count = came[which % len(came)], self.count + 1
            amount = max(payment.left.minor * share // 100, 1)
            name = f"dp_{self.count}"
            movement = Movement(f"txn_{name}", -amount, FEE)
            facts = (name, payment.provider_ref, amount, "USD", "fraudulent", DisputeState.NEEDS_RESPONSE)
            self.hear(DisputeSeen(*facts, self.now, None, False, "USD", (movement,)))

    @rule(which=any_number, won=st.booleans())
    @precondition(lambda self: self.heard)
    def a_bank_decides(self, which, won):
        seen = self.heard[which % len(self.heard)]
        if self.decided(seen.dispute_id):
            return
        back = (Movement(f"txn_{seen.dispute_id}_back", seen.amount, -FEE),) if won else ()
        state = DisputeState.WON if won else DisputeState.LOST
        self.hear(replace(seen, state=state, movements=seen.movements[:1] + back))

    @rule(which=any_number)
    @precondition(lambda self: self.heard)
    def a_dispute_is_heard_of_again(self, which):
        seen = self.heard[which % len(self.heard)]
        with transaction():
            checkout.disputes.note(seen, now=self.later())

    # What the office does

    @rule(which=any_number, keep=st.booleans())
    def decide_about_a_disputed_place(self, which, keep):
        found = list(db.session.scalars(select(Dispute).order_by(Dispute.id)))
        if found:
            act = checkout.disputes.keep_place if keep else checkout.disputes.take_place_back
            with suppress(Refusal), transaction():
                act(found[which % len(found)], why="because", by=self.people[0], now=self.later())

    @rule(line=any_number, which=any_number)
    @precondition(lambda self: self.orders)
    def match(self, line, which):
        waiting = [each for each in self.lines() if each.state == bank.LineState.OPEN and each.amount_minor > 0]
        if waiting:
            line = waiting[line % len(waiting)]
            with suppress(Refusal), transaction():
                order = payments.locked(self.one(which).id)
                banking.match(line.id, order.id, amount=banking.most(line, order), by=None, now=self.later())

    @rule(which=any_number)
    def take_a_match_out(self, which):
        made = list(db.session.scalars(select(bank.Match).where(bank.Match.ended_at.is_(None)).order_by(bank.Match.id)))
        if made:
            with suppress(Refusal), transaction():
                bank.give_up(made[which % len(made)].id, reason="a slip", by=None, now=self.later())

    @rule(which=any_number)
    def send_a_line_back(self, which):
        waiting = [each for each in self.lines() if each.state == bank.LineState.OPEN]
        if waiting:
            with suppress(Refusal), transaction():
                line = waiting[which % len(waiting)]
                bank.send_back(line, line.left, note="sent", by=None, now=self.later())

    @rule(which=any_number, share=st.sampled_from([0, 50, 100, 110]), lines=st.sets(st.integers(0, 2)))
    @precondition(lambda self: self.orders)
    def refund(self, which, share, lines):
        order = payments.order_by_ref(self.one(which).ref)
        ended = [line for number, line in enumerate(order.lines) if number in lines]
        price = sum(line.amount_minor for line in ended) or order.total_minor
        with suppress(Refusal), transaction():
            facts = {"amount": Money(price * share // 100, "USD"), "reason": "because", "by": None, "now": self.later()}
            checkout.end_lines_and_refund(order_id=order.id, line_ids=[line.id for line in ended], **facts)

    @rule(which=any_number)
    @precondition(lambda self: self.orders)
    def issue(self, which):
        with suppress(Refusal), transaction():
            order = payments.order_by_ref(self.one(which).ref)
            invoicing.invoice(order, buyer=BUYER, by=None, now=self.later(), due_on=self.now.date())

    @rule(which=any_number)
    @precondition(lambda self: self.papers)
    def make_out_anew(self, which):
        document = documents.queries.by_id(sorted(self.papers)[which % len(self.papers)])
        with suppress(Refusal), transaction():
            order = payments.order_by_id(document.order_id)
            invoicing.correct(document, order, buyer=replace(BUYER, name="Another"), by=None, now=self.later())

    @rule()
    def close_the_month(self):
        before = books.period(books.month_of(self.now)).before
        with suppress(Refusal), transaction():
            books.close(before, by=self.people[0], now=self.later())

    @rule(hours=st.sampled_from([1, 30, 24 * 9]))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        for order_id in payments.due_for_a_look(self.now, every={}):
            with transaction():
                checkout.lapse_if_due(order_id, now=self.now)


def test_any_money_in_any_order_ties_out(context):
    run_state_machine_as_test(
        AnyMoney,
        settings=settings(
            max_examples=tries(20),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],
        ),
    )
    empty_tables()
