"""Purchase orders: the numbers under which payers know their orders, wherever they were typed."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, db, fold, insert_missing

LONGEST = 200  # of what is compared: folding makes several letters of some


class PurchaseOrder(Base):
    """A number that was given with an order: with a transfer, under *Bill to*, or for its group; what was given before stays.

    `number` is as it was typed, `said` its letters and digits alone, by which it is found.
    """

    __tablename__ = "payments_purchase_order"

    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), primary_key=True)
    said: Mapped[str] = mapped_column(String(LONGEST), primary_key=True, index=True)
    number: Mapped[str] = mapped_column(String(80))


def note(number, *order_ids):
    """Keep that these orders are known under a number; nothing when none was typed."""
    row = {"said": said(number), "number": number}
    if row["said"] and order_ids:
        insert_missing(PurchaseOrder.__table__, [{"order_id": each, **row} for each in order_ids])


def numbered(text):
    """A SELECT of the keys of orders that are known under this number, however it is parted and whatever letters it is typed in."""
    return select(PurchaseOrder.order_id).where(PurchaseOrder.said == said(text))


def numbers_of(wanted):
    """Rows of (order id, number as typed) of the orders for which a WHERE clause holds."""
    return db.session.execute(
        select(PurchaseOrder.order_id, PurchaseOrder.number).where(PurchaseOrder.order_id.in_(wanted))
    )


def said(text):
    """What of a number is compared."""
    return "".join(letter for letter in fold(text) if letter.isalnum())[:LONGEST]
