"""Charging a saved card while its owner is away: promised in a row, carried out by the worker, concluded by Stripe's answer or message."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from conference import jobs
from conference.kernel import Refusal, claimed, db
from conference.payments.cards.models import Charge, SavedCard
from conference.payments.cards.rules import ChargeState
from conference.payments.models import Order
from conference.payments.queries import missing
from conference.payments.rules import OrderState

LEASE = timedelta(minutes=2)
RETRY = timedelta(minutes=3)


def promise(order, card, *, now):
    """The Charge of a saved card for what is due of a locked order. Refusal when it does not wait, was paid in part, or is being charged.

    A page that is being opened for it at this moment is not shown any more: another attempt has begun.
    """
    due = order.due
    if order.state != OrderState.OPEN or due.minor <= 0 or missing(order) != due:
        raise Refusal(_("This order does not wait for a payment by a saved card."))
    if is_under_way(order.id):
        raise Refusal(_("This order is being paid with a saved card at this moment."))
    number = db.session.scalar(select(func.count()).where(Charge.order_id == order.id)) + 1
    row = Charge(
        order_id=order.id, card_id=card.id, number=number, amount_minor=due.minor, currency=due.currency, promised_at=now,
        due_at=now,
    )  # fmt: skip
    db.session.add(row)
    order.attempt += 1
    db.session.flush()
    jobs.soon("charges")
    return row


def is_under_way(order_id):
    """Whether a saved card is being charged for an order, or nobody knows yet what became of it."""
    waiting = select(Charge.id).where(Charge.order_id == order_id, Charge.state == ChargeState.REQUESTED)
    return db.session.scalar(waiting) is not None


def claim_due(now):
    """Take one charge that waits, for as long as a call to Stripe may last; None when there is none."""
    due = select(Charge).where(Charge.state == ChargeState.REQUESTED, Charge.due_at <= now).order_by(Charge.id)
    row = db.session.scalar(due.limit(1).with_for_update(skip_locked=True).execution_options(populate_existing=True))
    if row is None:
        return None
    taken = update(Charge).where(
        Charge.id == row.id, Charge.attempts == row.attempts, Charge.state == ChargeState.REQUESTED
    )
    return row if claimed(taken.values(attempts=Charge.attempts + 1, due_at=now + LEASE, asked_at=now)) else None


def put_off(row, *, failure, now, pause=None):
    """Nobody knows what became of it, or Stripe could not be asked: looked for later."""
    wait = RETRY * min(row.attempts + 1, 20)
    waiting = update(Charge).where(Charge.id == row.id, Charge.state == ChargeState.REQUESTED)
    claimed(waiting.values(failure=failure[:1000], due_at=now + max(wait, pause or wait)))


def conclude(row, seen, *, now):
    """Write down what became of a charge; whether that was news. The order is locked. Money that came after all is always news."""
    state = seen.state
    if state == ChargeState.REQUESTED:
        put_off(row, failure=seen.message, now=now)
        return False
    open_still = [ChargeState.REQUESTED]
    if state == ChargeState.SUCCEEDED:
        open_still += [ChargeState.DECLINED, ChargeState.AUTHENTICATION, ChargeState.CALLED_OFF]
    mine = update(Charge).where(Charge.id == row.id, Charge.state.in_(open_still))
    facts = {"state": str(state), "code": seen.code[:80], "failure": seen.message[:1000]}
    return claimed(mine.values(provider_ref=seen.intent or None, **facts))


def call_off(row):
    """It is not needed any more, and Stripe was not asked; whether it waited still."""
    mine = update(Charge).where(Charge.id == row.id, Charge.state == ChargeState.REQUESTED)
    return claimed(mine.values(state=str(ChargeState.CALLED_OFF)))


def call_off_unasked(card_ids):
    """Charges of these cards for which Stripe was not asked yet never will be."""
    untouched = (Charge.state == ChargeState.REQUESTED, Charge.attempts == 0, Charge.card_id.in_(card_ids))
    statement = update(Charge).where(*untouched).values(state=str(ChargeState.CALLED_OFF))
    db.session.execute(statement, execution_options={"synchronize_session": False})


def charge_by_ref(ref):
    """A charge by our reference, as it is now, or None."""
    found = select(Charge).where(Charge.ref == ref).execution_options(populate_existing=True)
    return db.session.scalar(found) if ref else None


def charges_of(order_id):
    """[(Charge, SavedCard)] of an order, in order."""
    statement = select(Charge, SavedCard).join(SavedCard, Charge.card_id == SavedCard.id)
    mine = statement.where(Charge.order_id == order_id).order_by(Charge.id)
    rows = db.session.execute(mine.execution_options(populate_existing=True))
    return [(charge, card) for charge, card in rows]


def behind(row):
    """(SavedCard, Order) of a charge."""
    return db.session.get(SavedCard, row.card_id), db.session.get(Order, row.order_id)
