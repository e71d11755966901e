"""Somebody's order paid at the stand-in, and hearing of what happens there."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from conference import jobs, payments
from conference.checkout import paying
from conference.kernel import Money, clock, db, transaction
from conference.payments import Call

# The last event of a stand-in before the test at hand, by its address: what earlier tests did there is not heard again.
_HEARD: dict = {}


def hear_from_now_on(stripe):
    """What the stand-in has told until now is nobody's business any more."""
    _HEARD[stripe.url] = stripe.newest_event()


def pay(order, stripe, method="card"):
    """The order, paid at the stand-in's page and settled."""
    paying.payment_page(order, email="ada@example.org", locale="en")
    stripe.pay(payments.order_by_ref(order.ref).session_id, method)
    if method == "bank_debit":
        stripe.end_debit(payments.order_by_ref(order.ref).session_id)
    hear(stripe)
    return payments.order_by_ref(order.ref)


def hear(stripe, *, only=None):
    """Every event that the stand-in made arrives, new or not, the last first if need be, and the worker acts on those that are new."""
    told = stripe.events(since=_HEARD.get(stripe.url))
    found = [event for event in told if only is None or event["type"] in only]
    with transaction():
        for event in found:
            facts = {"event_id": event["id"], "kind": event["type"], "object_id": event["data"]["object"]["id"]}
            payments.note_event(**facts, now=clock.now(), api_version=event["api_version"])
    jobs.run("stripe")
    db.session.rollback()


def sweep(context, *names):
    """Run sweeps as if this process had never listed anything."""
    for name in [each for each in context.extensions if each.startswith("stripe-") and each != "stripe-client"]:
        del context.extensions[name]
    for name in names:
        jobs.run(name)
    db.session.rollback()


def promise(order, minor):
    """Something of an order is to go back, out of goodwill."""
    with transaction():
        amount = Money(minor, order.currency)
        payments.book_difference(order, ended=[], refunded=amount, now=clock.now())
        payments.promise_refund(order=order, amount=amount, reason="ill", now=clock.now())


def charge_of(order, stripe):
    """Stripe's charge behind the first payment of an order."""
    intent = payments.payments_of(order)[0].provider_ref
    return stripe.client().v1.payment_intents.retrieve(intent).latest_charge


def open_page(order):
    return paying.payment_page(payments.order_by_ref(order.ref), email="ada@example.org", locale="en")


def calls():
    """[(kind, state, answer)] of all that Stripe was asked to make."""
    db.session.rollback()
    return [(each.kind, each.state, each.answer) for each in db.session.scalars(select(Call).order_by(Call.id))]


def later(**time):
    return time_machine.travel(clock.now() + timedelta(**time), tick=True)
