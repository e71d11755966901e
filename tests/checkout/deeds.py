"""What people do in a storm: payers with any money, banks, Stripe's dashboard, and staff."""

from conference import payments, people
from conference.kernel import db
from conference.kernel.money import smallest_step
from conference.meetings import Meeting
from conference.payments import Dispute, Order, OrderState, PlaceDecision, Refund
from conference.registration import Registration
from tests.checkout.mortals import (
    decide_about,
    decide_parked,
    give_back,
    mark_as_paid,
    refund_some,
    repeat_refund,
    want_to_pay,
    work_through,
)

WAYS = ["card"] * 6 + ["bank_debit"] * 3 + ["bank_debit_bounces", "declined", "authentication"]
ODD = ["too much", "too little", "another currency"]
MONEY = ["as asked"] * 8 + ODD
CURRENCIES = ("usd", "eur", "jpy", "kwd", "isk")
LATE = {OrderState.LAPSED: "lapsed", OrderState.RETURNED: "sent back", OrderState.PAID: "paid already"}
A_DAY = 24 * 3600


class Deeds:
    """One deed a method; each finds somebody or something at random, and does nothing when there is none."""

    def buyer(self):
        """Somebody wants to pay, who may have an order or not; and does so, unless they are interrupted."""
        email, code = self.chance.choice([self.a_newcomer(), self.chance.choice(self.buyers)])
        if self.run(want_to_pay, email, code) and self.chance.random() < 0.6:
            order = self.an_order(Order.state == OrderState.OPEN, Order.person_id == people.by_email(email).id)
            if order:
                self.pay(self.a_page(order.ref))

    def payer(self):
        """Somebody at a payment page that Stripe shows, whether we know of it or not."""
        self.pay(self.a_page())

    def odd_payer(self):
        """Somebody pays by card, and other money than was asked for."""
        email, code = self.a_newcomer()
        self.run(want_to_pay, email, code, last=6)
        order = self.an_order(Order.state == OrderState.OPEN, Order.person_id == people.by_email(email).id)
        if order:
            self.pay(self.a_page(order.ref), "card", self.odd_money.draw())

    def pay(self, page, way=None, money=None):
        """A page is paid in some way, with the money that it asks for or other money."""
        if page is None:
            return
        way, money = way or self.ways.draw(), money or self.money.draw()
        state = self.state_of(page["client_reference_id"])
        far = self.chance.choice([self.chance.uniform(60, 3000), self.chance.uniform(1, 3) * A_DAY])
        self.stripe.pay(page["id"], way, seconds=far if "bank" in way else None, **self.other_money(page, money))
        if money != "as asked":
            self.odd.add(page["id"])
        if way == "authentication":
            self.stripe.authenticate(page["id"], self.chance.choice(["complete", "fail"]))
        if way == "card":
            self.count(f"paid {money}")
            if state in LATE:
                self.count(f"paid when the order was {LATE[state]}")

    def other_money(self, page, money):
        """What is paid instead of what the page asks for."""
        if money == "another currency":
            others = [each for each in CURRENCIES if each != page["currency"]]
            return {"currency": self.chance.choice(others), "amount": self.chance.randint(10, 500) * 100}
        more = self.chance.randint(1, 100) * 100
        other = {"too much": page["amount_total"] + more, "too little": max(page["amount_total"] - more, 1000)}
        return {"amount": other[money]} if money in other else {}

    def late_money(self):
        """A page is made and its address lost; whoever wanted it gives the order back, and pays that page all the same."""
        email, code = self.a_newcomer()
        self.no_faults()
        self.stripe.faults(reset_calls=3, reset_when="after", only_path="/v1/checkout/sessions", only_method="POST")
        self.run(want_to_pay, email, code, last=6)
        self.no_faults()
        order = self.an_order(Order.state == OrderState.OPEN, Order.person_id == people.by_email(email).id)
        if order:
            self.run(give_back, order.ref)
            self.pay(self.a_page(order.ref), "card")

    def paid_otherwise(self):
        """Staff mark an order as paid while its page is open, and the page is paid too."""
        db.session.rollback()
        open_refs = db.select(Order.ref).where(Order.state == OrderState.OPEN, Order.session_id.is_not(None))
        page = self.a_page(*db.session.scalars(open_refs), "no order's")
        if page is None:
            return self.buyer()
        self.run(mark_as_paid, page["client_reference_id"], last=3)
        return self.pay(page, "card")

    def gives_back(self):
        order = self.an_order(Order.state == OrderState.OPEN)
        if order:
            self.run(give_back, order.ref)

    def impatient_buyer(self):
        """Stripe hangs longer than we wait, over what we ask it to make: done in the end, done at once, or never."""
        when = self.hangs.draw()
        self.hang(when, slow_calls=self.chance.randint(1, 4), only_method="POST")
        self.run(want_to_pay, *self.a_newcomer(), last=8)
        self.no_faults()

    def in_trouble(self):
        """Trouble, and somebody whom it strikes at once."""
        self.faults()
        if self.chance.random() < 0.5:
            self.run(want_to_pay, *self.a_newcomer(), last=3)
        else:
            self.run(work_through, last=3)

    def customer_goes(self):
        """Somebody deletes a customer in Stripe's dashboard."""
        found = self.stripe.client().v1.customers.list({"limit": 100}).data
        if found:
            self.stripe.delete_customer(self.chance.choice(found).id)

    def pay_out(self):
        """Stripe sends what its balance holds to the bank, which may send it back."""
        for payout in self.stripe.pay_out():
            if self.chance.random() < 0.2:
                self.stripe.fail_payout(payout["id"])

    def staff_refund(self):
        order = self.an_order(Order.state == OrderState.PAID)
        if order:
            self.run(refund_some, order.ref, self.some(30000, order.currency))

    def dashboard_refund(self):
        charge = self.a_charge()
        if charge:
            some = self.some(charge.amount - charge.amount_refunded, charge.currency.upper())
            self.stripe.client().v1.refunds.create({"charge": charge.id, "amount": some})

    def refund_again(self):
        ref = self.one_of(payments.refunds_in_trouble().order_by(None).with_only_columns(Refund.ref))
        if ref:
            self.run(repeat_refund, ref)

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
        ref = self.one_of(db.select(Dispute.ref).where(Dispute.place == PlaceDecision.UNDECIDED))
        if ref:
            self.run(decide_about, ref, self.chance.choice(["keep_place", "take_place_back"]))

    def parked_decided(self):
        """Staff go through what waits for them: what is parked, what is noted."""
        order = self.an_order(payments.needs_staff())
        if order:
            parked = ["settle_parked", "return_parked"]
            verbs = parked if order.state == OrderState.PARKED else ["take_note_away", "write_off_missing"]
            self.run(decide_parked, order.ref, self.chance.choice(verbs))

    def refunds_move(self):
        found = self.stripe.client().v1.refunds.list({"limit": 100}).data
        if found:
            outcome = self.chance.choice(["succeed", "succeed", "fail", "cancel"])
            self.stripe.settle_refund(self.chance.choice(found).id, outcome)

    def a_newcomer(self):
        """(address, meeting) of somebody without a registration there, as long as there is one."""
        db.session.rollback()
        drafts = (
            db.select(people.Person.email, Meeting.code)
            .join(Registration, Registration.person_id == people.Person.id)
            .join(Meeting, Registration.meeting_id == Meeting.id)
        )
        waiting = db.session.execute(drafts.where(Registration.state == "draft").order_by(Registration.id)).all()
        return self.chance.choice([tuple(each) for each in waiting] or self.buyers)

    def a_page(self, *refs):
        """A payment page that can be paid, of anybody or of some orders; None when there is none."""
        found = [each for each in self.stripe.sessions() if each["status"] == "open"]
        found = [each for each in found if not refs or each["client_reference_id"] in refs]
        return self.chance.choice(found) if found else None

    def a_charge(self):
        found = self.stripe.client().v1.charges.list({"limit": 100}).data
        paid = [each for each in found if each.status == "succeeded"]
        return self.chance.choice(paid) if paid else None

    def an_order(self, *where):
        """One of the orders; None when there is none."""
        ref = self.one_of(db.select(Order.ref).where(*where).order_by(Order.id))
        return payments.order_by_ref(ref) if ref else None

    def state_of(self, ref):
        return self.one_of(db.select(Order.state).where(Order.ref == ref))

    def one_of(self, statement):
        """One of what a SELECT finds, as the rows are now; None when it finds nothing."""
        db.session.rollback()
        found = list(db.session.scalars(statement))
        return self.chance.choice(found) if found else None

    def some(self, most, currency):
        """A part of an amount that can be charged in a currency."""
        step = smallest_step(currency)
        return self.chance.randint(1, max(most // step, 1)) * step
