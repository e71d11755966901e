"""Which orders are to be looked at, and what lists of them show."""

from datetime import timedelta

from sqlalchemy import and_, exists, or_, select

from conference import payments
from conference.checkout.dunning.models import DunningCase
from conference.kernel import db
from conference.payments import OrderState, bank

LOOK_EVERY = timedelta(hours=1)
FURTHEST = timedelta(hours=14)  # the earliest zone's day, before it is asked which zone it is
MOST = 500  # looked at in one go


def without_case(limit=MOST):
    """Keys of open orders that are to be paid by transfer, or by an invoice until its day, and that have no case yet."""
    invoices = payments.documents.queries.due_invoices().subquery()
    promised = exists().where(bank.Promise.order_id == payments.Order.id)
    invoiced = exists().where(invoices.c.order_id == payments.Order.id)
    known = exists().where(DunningCase.order_id == payments.Order.id)
    waiting = select(payments.Order.id).where(payments.Order.state == OrderState.OPEN, ~known)
    return list(db.session.scalars(waiting.where(promised | invoiced).order_by(payments.Order.id).limit(limit)))


def to_look_at(now, limit=MOST):
    """Keys of open orders of which a step may be due, or whose policy has changed; each at most once an hour."""
    due = and_(DunningCase.next_on <= (now + FURTHEST).date(), DunningCase.looked_at < now - LOOK_EVERY)
    wanted = select(DunningCase.order_id).join(payments.Order, payments.Order.id == DunningCase.order_id)
    wanted = wanted.where(payments.Order.state == OrderState.OPEN, or_(DunningCase.looked_at.is_(None), due))
    return list(db.session.scalars(wanted.order_by(DunningCase.next_on, DunningCase.order_id).limit(limit)))
