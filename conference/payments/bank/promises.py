"""Transfers that payers have promised: once for an order, into one account, until a day."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, func, or_, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, claimed, db, insert_once
from conference.payments import purchase_orders
from conference.payments.bank.models import Account
from conference.payments.bank.rules import creditor_reference, printed
from conference.payments.models import Order
from conference.payments.rules import OrderState


class Promise(Base):
    """That an order is paid by transfer `until` an instant; its places are held some days longer, as banks take them."""

    __tablename__ = "payments_bank_promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    po_number: Mapped[str] = mapped_column(String(60), default="")
    account: Mapped[Account] = relationship(lazy="raise_on_sql")


def paid_into():
    """The accounts into which somebody is to pay: those that are open, and any that was promised for an order that still waits."""
    waiting = select(Promise.account_id).join(Order, Order.id == Promise.order_id).where(Order.state == OrderState.OPEN)
    wanted = select(Account).where(or_(~Account.is_closed, Account.id.in_(waiting)))
    return list(db.session.scalars(wanted.order_by(Account.is_closed, Account.name)))


def promise(order, *, account, until, held_until, po_number, now):
    """Hold an open order's places until `held_until` for a transfer; whether it was done: once for an order, and never shorter."""
    later = update(Order).where(Order.id == order.id, Order.state == OrderState.OPEN, Order.expires_at < held_until)
    if not claimed(later.values(expires_at=held_until)):
        return False
    values = {"order_id": order.id, "account_id": account.id, "made_at": now, "until": until, "po_number": po_number}
    purchase_orders.note(po_number, order.id)
    return insert_once(Promise.__table__, values)


def promise_of(order):
    """The Promise of an order with its account, or None."""
    return db.session.scalar(select(Promise).options(joinedload(Promise.account)).where(Promise.order_id == order.id))


def broken_by(person_id, *, since):
    """How many orders of a person lapsed though a transfer was promised, of those promised after `since`."""
    wanted = select(func.count()).select_from(Promise).join(Order, Promise.order_id == Order.id)
    theirs = (Order.person_id == person_id, Order.state == OrderState.LAPSED, Promise.made_at > since)
    return db.session.scalar(wanted.where(*theirs))


def reference_of(order):
    """What a payer writes into the transfer, in groups of four."""
    return printed(creditor_reference(order.ref))
