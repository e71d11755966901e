"""The orders that money of a bank may be for, with what is still missing of each."""

from collections import defaultdict
from datetime import timedelta
from itertools import chain

from sqlalchemy import func, or_, select

from conference import people
from conference.kernel import db, fold, in_parts
from conference.payments import purchase_orders
from conference.payments.bank.models import Account
from conference.payments.bank.named_orders import named_in
from conference.payments.bank.rules import Candidate, normal
from conference.payments.documents import Document, DocumentKind
from conference.payments.models import LedgerEntry, Line, Order, Refund
from conference.payments.rules import HOLDING, OrderState, RefundState

# What is older is found by looking for it; a payer who takes longer needs a person anyway.
LAPSED_FOR, SETTLED_FOR = timedelta(days=400), timedelta(days=400)


def candidates(now, texts):
    """[Candidate]: orders that wait for money or were given up lately, and, of those that need none, the ones that these texts name.

    Of all that was ever paid only what is named is read, by index: it may be a hundred thousand orders.
    """
    named = in_parts(sorted(named_in(texts)))
    parts = [_live(now), *(_settled(now) & Order.id.in_(some) for some in named)]
    return [each for wanted in parts for each in _candidates(wanted)]


def _candidates(wanted):
    person = people.Person
    columns = (
        Order.id,
        Order.ref,
        Order.state,
        Order.currency,
        person.given_name,
        person.family_name,
        person.institution,
    )
    rows = db.session.execute(
        select(*columns).join(person, Order.person_id == person.id).where(wanted).order_by(Order.id)
    )
    missing, numbers = _missing(wanted), _numbers(wanted)
    return [
        Candidate(
            order_id=order_id,
            ref=ref,
            state=state,
            currency=currency,
            due=missing.get(order_id, 0),
            names=_words(f"{given_name} {family_name}") if _waits(state) else frozenset(),
            institution=_words(institution) if _waits(state) else frozenset(),
            numbers=tuple(numbers.get(order_id, ())),
        )
        for order_id, ref, state, currency, given_name, family_name, institution in rows
    ]


def missing_of(order_ids):
    """{order id: minor units that are still due of it}; less than zero when more came."""
    return _missing(Order.id.in_(order_ids))


def _live(now):
    lapsed = (Order.state == OrderState.LAPSED) & (Order.placed_at > now - LAPSED_FOR)
    left_short = (Order.state == OrderState.PAID) & (Order.parked_reason != "")  # a bank has taken its money back
    return or_(Order.state.in_(HOLDING), lapsed, left_short)


def _settled(now):
    return Order.state.in_((OrderState.PAID, OrderState.RETURNED)) & (Order.placed_at > now - SETTLED_FOR)


def _waits(state):
    return state not in (OrderState.PAID, OrderState.RETURNED)


def _numbers(wanted):
    """{order id: the numbers of its purchase orders and of its invoices, as they are looked for}."""
    bought = purchase_orders.numbers_of(select(Order.id).where(wanted))
    invoiced = select(Document.order_id, Document.number).join(Order, Document.order_id == Order.id)
    of_invoices = db.session.execute(invoiced.where(wanted, Document.kind == DocumentKind.INVOICE))
    found = defaultdict(list)
    for key, number in chain(bought, of_invoices):
        found[key].append(normal(number))
    return found


def _words(text):
    return frozenset(fold(text).split())


def _missing(wanted):
    """What is due of orders that wait, or what was taken out of a settled one's account, less what came."""
    orders = select(Order.id).where(wanted)
    lines = select(Line.order_id, func.sum(Line.amount_minor)).where(Line.ended_at.is_(None), Line.order_id.in_(orders))
    due = {key: int(minor) for key, minor in db.session.execute(lines.group_by(Line.order_id))}
    held = select(LedgerEntry.order_id, func.sum(LedgerEntry.amount_minor)).where(LedgerEntry.order_id.in_(orders))
    balances = dict(db.session.execute(held.group_by(LedgerEntry.order_id)).all())
    back = select(Refund.order_id, func.sum(Refund.amount_minor)).where(Refund.state == RefundState.REQUESTED)
    going = dict(db.session.execute(back.where(Refund.order_id.in_(orders)).group_by(Refund.order_id)).all())
    settled = set(db.session.scalars(orders.where(Order.state.in_((OrderState.PAID, OrderState.RETURNED)))))
    keys = due.keys() | balances.keys()
    # A settled order's account sums to nothing: what is below it is missing.
    return {
        key: (0 if key in settled else due.get(key, 0)) - int(balances.get(key, 0)) + int(going.get(key, 0))
        for key in keys
    }


def accounts(*, closed=True):
    """The society's accounts in order of their names."""
    wanted = select(Account).order_by(Account.is_closed, Account.name)
    return list(db.session.scalars(wanted if closed else wanted.where(~Account.is_closed)))


def account_for(currency):
    """The account into which orders of a currency are paid: the first open one, or None."""
    return next((each for each in accounts(closed=False) if each.currency == currency), None)
