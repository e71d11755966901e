"""Many orders at once, as an import of thousands needs them: the same rows as one by one, written in few statements."""

from sqlalchemy import delete, select

from conference.kernel import Money, db
from conference.payments.actions import new_line
from conference.payments.models import LedgerEntry, Line, Order, Payment
from conference.payments.rules import EntryKind, OrderState, Provider


def open_many(bought, *, currency, now, expires_at):
    """Open orders, one for each (person id, lines) in `bought`."""
    orders = []
    for person_id, lines in bought:
        total = Money.total([line.amount for line in lines], currency)
        order = Order(person_id=person_id, currency=currency, total_minor=total.minor, placed_at=now)
        order.expires_at, order.lines = expires_at, [new_line(line) for line in lines]
        orders.append(order)
    db.session.add_all(orders)
    db.session.flush()
    return orders


def settle_many(orders, *, now):
    """Book new orders as paid by hand, each with its own total; those over nothing as settled."""
    paid = [order for order in orders if order.total_minor]
    received = [_by_hand(order, now) for order in paid]
    db.session.add_all(received)
    db.session.flush()
    for order in orders:
        order.state, order.settled_at = OrderState.PAID, now
    entries = [_entry(order, EntryKind.PAYMENT, order.total_minor, f"payment:{payment.id}", now)
               for order, payment in zip(paid, received, strict=True)]  # fmt: skip
    entries += [
        _entry(order, EntryKind.SALE, -line.amount_minor, f"line:{line.id}", now)
        for order in paid
        for line in order.lines
        if line.amount_minor
    ]
    db.session.add_all(entries)
    db.session.flush()


def locked(order_ids):
    """{id: order} of these orders as they are now, kept from other writers until the transaction ends; newest first."""
    statement = select(Order).where(Order.id.in_(order_ids)).order_by(Order.id.desc()).with_for_update()
    return {each.id: each for each in db.session.scalars(statement.execution_options(populate_existing=True))}


def forget(order_ids):
    """Take orders away with all that was booked for them, as if they had never been: for an import that is undone.

    Whoever asks for it has made sure that no money moved by them.
    """
    for table in (LedgerEntry, Payment, Line):
        db.session.execute(delete(table).where(table.order_id.in_(order_ids)))
    db.session.execute(delete(Order).where(Order.id.in_(order_ids)))


def _by_hand(order, now):
    return Payment(
        order_id=order.id,
        provider=Provider.HAND,
        provider_ref=f"hand-{order.ref}",
        amount_minor=order.total_minor,
        currency=order.currency,
        received_at=now,
    )


def _entry(order, kind, minor, source, now):
    return LedgerEntry(order_id=order.id, at=now, kind=kind, amount_minor=minor, currency=order.currency, source=source)
