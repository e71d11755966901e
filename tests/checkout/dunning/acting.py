"""The few verbs of these tests: promise, let nights pass, and what was sent."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from conference import checkout, jobs, mail, payments
from conference.checkout import dunning
from conference.checkout.dunning import policies
from conference.checkout.dunning.rules import ORDER, Step
from conference.kernel import db, transaction
from conference.payments import bank

DAY = timedelta(days=1)
DAYS = {Step.FRIENDLY: 5, Step.FIRST: 7, Step.SECOND: 14, Step.LAST: 14}
TERMS = {"whom": "all", "days": 10, "days_before": 14, "grace_days": 3}


def decide(meeting, now, *, only=ORDER, texts=None, **facts):
    """A policy: these steps, on their usual days."""
    usual = {"is_on": True, "by_hand": False, "release": "itself", "days_to_pay": 10, "bank_days": None}
    own = policies.kept_policy(meeting)
    steps = {step: {"is_on": step in only, "days": DAYS[step], "subject": "", "note": ""} for step in ORDER}
    for step, (subject, note) in (texts or {}).items():
        steps[step] |= {"subject": subject, "note": note}
    with transaction():
        policies.save(meeting, steps=steps, version=own.version if own else 0, by=None, now=now, **{**usual, **facts})


def promise(order, now, po_number=""):
    with transaction():
        return checkout.transferring.choose(order.id, po_number=po_number, by=None, now=now)


def night(at):
    """What the sweeps do at an instant: reminders first, then orders whose time is over."""
    with time_machine.travel(at, tick=False):
        sent = jobs.run("dunning")
        jobs.run("orders")
    return sent


def nights(start, days, *, every=1):
    """One sweep a day."""
    return [night(start + number * DAY) for number in range(0, days, every)]


def sent(order):
    """[(step, days after it was placed)] of what was sent for an order."""
    db.session.rollback()
    placed = payments.order_by_ref(order.ref).placed_at
    found = dunning.letters_of([order.id])[order.id]
    return [(str(each.step), round((each.sent_at - placed) / DAY)) for each in found]


def letters(kind="dunning"):
    """The letters of a kind in the outbox, the first first."""
    db.session.rollback()
    return list(db.session.scalars(select(mail.Letter).where(mail.Letter.kind == kind).order_by(mail.Letter.id)))


def standing(order, now):
    db.session.rollback()
    return dunning.standing_of(payments.order_by_ref(order.ref), now=now)


def known(account, until, now):
    """Staff say that the bank is known until a day."""
    with transaction():
        bank.say_complete(account, until=until, today=until + DAY, by=None, now=now)
