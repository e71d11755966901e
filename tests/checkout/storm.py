"""An hour in which everything goes wrong: payers, banks, the dashboard and the network do things at random while processes are killed."""

from contextlib import suppress
from datetime import timedelta

import stripe as library
from sqlalchemy import select

from conference.kernel import db
from conference.payments import Dispute, Order, OrderState, PlaceDecision
from tests.checkout.mortals import decide_about, hear, refund_some, want_to_pay, work_through

WAYS = ["card"] * 5 + ["bank_debit"] * 3 + ["bank_debit_bounces", "declined", "authentication"]


class Storm:
    """Somebody who does one thing after the other, each at random, while the clock goes on."""

    def __init__(self, nursery, stripe, chance, emails, secret, began):
        self.nursery, self.stripe, self.chance, self.emails = nursery, stripe, chance, emails
        self.secret, self.began, self.offset = secret, began, 0.0
        self.done, self.killed = dict.fromkeys(self.deeds(), 0), 0

    @staticmethod
    def deeds():
        """{name: how often it comes}."""
        return {
            "buyer": 5, "payer": 6, "worker": 6, "messages": 4, "staff_refund": 2, "dashboard_refund": 1, "dispute": 2,
            "bank_decides": 2, "staff_decide": 2, "refunds_move": 2, "pay_out": 1, "faults": 3,
        }  # fmt: skip

    def blow(self, steps, *, minutes):
        """So many deeds over so many simulated minutes."""
        names, weights = zip(*self.deeds().items(), strict=True)
        for _step in range(steps):
            self.go_on(self.chance.uniform(0, 2 * minutes / steps) * 60)
            name = self.chance.choices(names, weights)[0]
            with suppress(ValueError, library.StripeError):
                getattr(self, name)()
            self.done[name] += 1

    def go_on(self, seconds):
        """Time passes, here and at Stripe."""
        self.offset += seconds
        self.stripe.move_clock(self.offset)

    def run(self, work, *arguments):
        """A process that is killed at random, soon or late or not at all."""
        kill_after = self.chance.choice([None, self.chance.uniform(0.01, 0.6)])
        self.killed += not self.nursery.do(self.instant, work, *arguments, kill_after=kill_after)

    def buyer(self):
        self.run(want_to_pay, self.chance.choice(self.emails))

    def payer(self):
        """Somebody at a payment page that Stripe shows, whether we know of it or not."""
        found = [each for each in self.stripe.sessions() if each["status"] == "open"]
        if found:
            session, way = self.chance.choice(found)["id"], self.chance.choice(WAYS)
            self.stripe.pay(session, way, seconds=self.chance.uniform(60, 3000) if "bank" in way else None)
            if way == "authentication":
                self.stripe.authenticate(session, self.chance.choice(["complete", "fail"]))

    def pay_out(self):
        """Stripe sends what its balance holds to the bank."""
        self.stripe.pay_out()

    def worker(self):
        self.run(work_through)

    def messages(self):
        """Some of Stripe's messages, in any order, some of them twice; the others are late or never come."""
        found = self.stripe.events()
        some = self.chance.choices(found, k=min(len(found), 12)) if found else []
        self.run(hear, some, self.secret)

    def staff_refund(self):
        db.session.rollback()
        refs = list(db.session.scalars(select(Order.ref).where(Order.state == OrderState.PAID)))
        if refs:
            self.run(refund_some, self.chance.choice(refs), self.chance.randint(1, 30000))

    def dashboard_refund(self):
        charge = self.a_charge()
        if charge:
            left = charge.amount - charge.amount_refunded
            self.stripe.client().v1.refunds.create(
                {"charge": charge.id, "amount": self.chance.randint(1, max(left, 1))}
            )

    def dispute(self):
        charge = self.a_charge()
        if charge:
            self.stripe.dispute(charge.id, inquiry=self.chance.random() < 0.2)

    def bank_decides(self):
        found = self.stripe.client().v1.disputes.list({"limit": 100}).data
        if found:
            outcome = self.chance.choice(["answered", "escalated", "won", "lost"])
            self.stripe.decide_dispute(self.chance.choice(found).id, outcome)

    def staff_decide(self):
        db.session.rollback()
        refs = list(db.session.scalars(select(Dispute.ref).where(Dispute.place == PlaceDecision.UNDECIDED)))
        if refs:
            self.run(decide_about, self.chance.choice(refs), self.chance.choice(["keep_place", "take_place_back"]))

    def refunds_move(self):
        found = self.stripe.client().v1.refunds.list({"limit": 100}).data
        if found:
            self.stripe.settle_refund(
                self.chance.choice(found).id, self.chance.choice(["succeed", "succeed", "fail", "cancel"])
            )

    def faults(self):
        """One kind of trouble for the next calls, or none."""
        self.stripe.no_faults()
        trouble = self.chance.choice(
            [
                {},
                {"reset_calls": self.chance.randint(1, 4)},
                {"reset_calls": self.chance.randint(1, 4), "reset_when": "before"},
                {"error_calls": self.chance.randint(1, 3)},
                {"busy_calls": self.chance.randint(1, 3), "busy_seconds": self.chance.randint(1, 240)},
                {"forbidden_calls": self.chance.randint(1, 3)},
                {"slow_calls": 2, "slow_seconds": 0.5},
            ]
        )
        outcome = self.chance.choice(["succeeded", "pending", "requires_action", "failed"])
        self.stripe.faults(**trouble, refund_outcome=outcome)

    def a_charge(self):
        found = self.stripe.client().v1.charges.list({"limit": 100}).data
        paid = [each for each in found if each.status == "succeeded"]
        return self.chance.choice(paid) if paid else None

    def calm_down(self):
        """The faults are over: everything that hangs at Stripe comes to its end, and the sweeps of the following days find it."""
        self.stripe.no_faults()
        self.sweep(minutes=70)
        for refund in self.stripe.client().v1.refunds.list({"limit": 100}).auto_paging_iter():
            if refund.status in ("pending", "requires_action"):
                self.stripe.settle_refund(refund.id)
        for dispute in self.stripe.client().v1.disputes.list({"limit": 100}).auto_paging_iter():
            if dispute.status not in ("won", "lost", "warning_closed"):
                self.stripe.decide_dispute(dispute.id, self.chance.choice(["won", "lost"]))
        for minutes in (70, 70, 180, 24 * 60):
            self.sweep(minutes=minutes)
        db.session.rollback()
        for ref in db.session.scalars(select(Dispute.ref).where(Dispute.place == PlaceDecision.UNDECIDED)).all():
            self.nursery.do(self.instant, decide_about, ref, "keep_place")
        with suppress(ValueError):
            self.stripe.pay_out()
        for minutes in (5, 24 * 60, 24 * 60):
            self.sweep(minutes=minutes)

    @property
    def instant(self):
        """The simulated present."""
        return self.began + timedelta(seconds=self.offset)

    def sweep(self, *, minutes):
        """The worker at work after so many minutes, killed by nobody."""
        self.go_on(minutes * 60)
        self.nursery.do(self.instant, work_through)
