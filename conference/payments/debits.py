"""Bank debits that did not clear, each kept once: what is told of one again changes nothing."""

from sqlalchemy import exists, select

from conference.kernel import db, insert_once
from conference.payments.stripe_models import FailedDebit


def note_failure(order, intent, *, now):
    """Keep that a debit for an order did not clear; whether that was news."""
    return insert_once(FailedDebit.__table__, {"order_id": order.id, "intent": intent, "failed_at": now})


def has_failed(order, intent=None):
    """Whether it is known that a debit for an order, or any at all, did not clear."""
    theirs = exists().where(FailedDebit.order_id == order.id)
    return bool(db.session.scalar(select(theirs.where(FailedDebit.intent == intent) if intent else theirs)))
