"""Asking about renewals: whose turn it may be, and where somebody's stands."""

from sqlalchemy import select

from conference import membership, payments
from conference.checkout import dunning
from conference.checkout.renewals import rules
from conference.checkout.renewals.models import Renewal
from conference.checkout.renewals.rules import UNFINISHED
from conference.kernel import db
from conference.payments import Line, Order, OrderState, cards


def whose_turn(on):
    """Keys of people who agreed that dues are charged by themselves, and for whom something is due on a day."""
    people = cards.agreeing.who_agrees(cards.Use.DUES)
    last = membership.last_days_of(people)
    rows = {(row.person_id, row.ends): row for row in db.session.scalars(_of(people))}
    moot = {
        row.person_id
        for row in rows.values()
        if row.state in UNFINISHED and row.ends != last.get(row.person_id, (None,))[0]
    }
    return [key for key in people if key in moot or (key in last and _is_due(key, last[key][0], rows, on))]


def may_be_paid(person_id, *, own):
    """Whether dues of somebody may be paid already, or will be another way than by the orders of the keys `own`: then no card is charged.

    An order of dues is being paid (a bank debit takes days), stands before staff, or waits for its payment elsewhere; one of `own`
    too, if it is invoiced or promised to be paid by a day; or somebody says that one was paid, or a line of the bank waits that
    seems to pay it, be it open or lapsed.
    """
    waits = waiting_dues(person_id)
    if _orders_of_dues(person_id, OrderState.ONGOING, OrderState.PARKED) or waits - own or dunning.dates_of(waits):
        return True
    payable = _orders_of_dues(person_id, OrderState.OPEN, OrderState.LAPSED)
    return bool(payments.marks.waiting_marks(payable) or payments.bank.waited_for(payable))


def waiting_dues(person_id):
    """Keys of the orders of dues of somebody that wait for a payment."""
    return _orders_of_dues(person_id, OrderState.OPEN)


def _orders_of_dues(person_id, *states):
    theirs = select(Order.id).join(Line, Line.order_id == Order.id)
    theirs = theirs.where(Order.person_id == person_id, Order.state.in_(states))
    return set(db.session.scalars(theirs.where(Line.kind == "dues", Line.ended_at.is_(None))))


def unfinished_of(person_id):
    """The renewal of somebody that is planned, announced or being tried, as it is now; or None."""
    mine = select(Renewal).where(Renewal.person_id == person_id, Renewal.state.in_(UNFINISHED))
    return db.session.scalar(mine.order_by(Renewal.id.desc()).limit(1).execution_options(populate_existing=True))


def latest_of(person_id):
    """The renewal of somebody that was planned last, or None."""
    mine = select(Renewal).where(Renewal.person_id == person_id).order_by(Renewal.id.desc()).limit(1)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def of_order(order_id):
    """The renewal that placed an order, as it is now, or None."""
    found = select(Renewal).where(Renewal.order_id == order_id)
    return db.session.scalar(found.execution_options(populate_existing=True))


def _of(people):
    mine = select(Renewal).where(Renewal.person_id.in_(people)).order_by(Renewal.id)
    return mine.execution_options(populate_existing=True)


def _is_due(person_id, ends, rows, on):
    """Whether a step of the renewal of the term that ends last is due."""
    renewal = rows.get((person_id, ends))
    return rules.is_near(ends, on) if renewal is None else renewal.is_due(on)
