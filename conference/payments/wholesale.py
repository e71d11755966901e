"""Many orders at once, as an import of thousands and undoing it need them: the same rows as one by one, in few statements."""

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from conference.kernel import Money, Refusal, db, in_parts
from conference.payments import documents
from conference.payments.actions import new_line
from conference.payments.models import LedgerEntry, Line, Order, Payment, Refund
from conference.payments.recount import to_be_checked
from conference.payments.rules import EntryKind, OrderState, Provider, RefundState


def open_many(bought, *, currency, now, expires_at, scope=None):
    """Open orders, one for each (person id, lines) in `bought`, all for `scope`."""
    orders = []
    for person_id, lines in bought:
        total = Money.total([line.amount for line in lines], currency)
        order = Order(person_id=person_id, currency=currency, total_minor=total.minor, placed_at=now)
        order.expires_at, order.scope, order.lines = expires_at, scope, [new_line(line, scope) for line in lines]
        orders.append(order)
    db.session.add_all(orders)
    db.session.flush()
    return orders


def settle_many(orders, *, now, by=None, why=""):
    """Book new orders as paid by hand, each with its own total; those over nothing as settled."""
    paid = [order for order in orders if order.total_minor]
    received = [_by_hand(order, now) for order in paid]
    db.session.add_all(received)
    db.session.flush()
    for order in orders:
        order.state, order.settled_at = OrderState.PAID, now
    facts = {"at": now, "by_id": by.id if by else None}
    entries = [_entry(order, order.id, EntryKind.PAYMENT, order.total_minor, f"payment:{payment.id}", **facts, why=why)
               for order, payment in zip(paid, received, strict=True)]  # fmt: skip
    entries += [_entry(line, order.id, EntryKind.SALE, -line.amount_minor, f"line:{line.id}", **facts, why=line.title)
                for order in paid for line in order.lines]  # fmt: skip
    _book(entries)


def locked(order_ids):
    """{id: order} of these orders as they are now, kept from other writers until the transaction ends; newest first."""
    statement = select(Order).where(Order.id.in_(order_ids)).order_by(Order.id.desc()).with_for_update()
    return {each.id: each for each in db.session.scalars(statement.execution_options(populate_existing=True))}


def by_ids(order_ids):
    """{id: order} of these orders as they are now."""
    statement = select(Order).where(Order.id.in_(order_ids))
    return {each.id: each for each in db.session.scalars(statement.execution_options(populate_existing=True))}


def by_hand(order_ids):
    """Minor units that were paid by hand for these orders, and not sent back."""
    total = 0
    for some in in_parts(order_ids):
        left = select(func.coalesce(func.sum(Payment.amount_minor - Payment.refunded_minor), 0))
        theirs = Payment.order_id.in_(some)
        total += int(db.session.scalar(left.where(theirs, Payment.provider == Provider.HAND)))
    return total


def take_back(order_ids, *, reason, by, now):
    """End every line of locked orders and give back by hand what was paid by hand for them; unpaid ones lapse.

    ({order id: minor units that go back}, {ids of those that lapsed}); Refusal, to be rolled back, when somebody was faster.
    """
    orders = by_ids(order_ids)
    paid = [each.id for each in orders.values() if each.state == OrderState.PAID]
    unpaid = {each.id for each in orders.values() if each.state == OrderState.OPEN}
    facts = {"at": now, "by_id": by.id if by else None}
    _end_lines(paid, facts)
    refunded = _give_back(paid, orders, reason, facts)
    _changed(update(Order).where(Order.id.in_(unpaid), Order.state == OrderState.OPEN), len(unpaid),
             state=OrderState.LAPSED, session_url="", network=None)  # fmt: skip
    documents.to_be_followed(*order_ids)
    to_be_checked(*order_ids)
    return refunded, unpaid


def _end_lines(order_ids, facts):
    lines = list(db.session.scalars(select(Line).where(Line.order_id.in_(order_ids)).order_by(Line.id)))
    ids = [each.id for each in lines]
    _changed(update(Line).where(Line.id.in_(ids), Line.ended_at.is_(None)), len(ids), ended_at=facts["at"])
    _book(
        _entry(
            each, each.order_id, EntryKind.REVERSAL, each.amount_minor, f"line-ended:{each.id}", **facts, why=each.title
        )
        for each in lines
    )


def _give_back(order_ids, orders, reason, facts):
    statement = select(Payment).where(Payment.order_id.in_(order_ids), Payment.provider == Provider.HAND)
    payments = list(db.session.scalars(statement.order_by(Payment.id)))
    whole = update(Payment).where(Payment.id.in_([each.id for each in payments]), Payment.refunded_minor == 0)
    _changed(whole, len(payments), refunded_minor=Payment.amount_minor)
    refunds = [_refund(each, reason, facts) for each in payments]
    db.session.add_all(refunds)
    db.session.flush()
    _book(
        _entry(
            orders[each.order_id],
            each.order_id,
            EntryKind.REFUND,
            -each.amount_minor,
            f"refund:{each.id}",
            **facts,
            why=reason,
        )
        for each in refunds
    )
    return {each.order_id: each.amount_minor for each in refunds}


def _refund(payment, reason, facts):
    return Refund(
        order_id=payment.order_id,
        payment_id=payment.id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        reason=reason,
        requested_by=facts["by_id"],
        requested_at=facts["at"],
        due_at=facts["at"],
        state=RefundState.SUCCEEDED,
    )


def _changed(statement, count, **values):
    """Run a guarded UPDATE of so many rows; Refusal when it did not reach all of them."""
    done = db.session.execute(statement.values(**values), execution_options={"synchronize_session": False})
    if done.rowcount != count:  # type: ignore[attr-defined]
        raise Refusal(_("Some of these orders were changed at this moment. Look again."))


def _by_hand(order, now):
    return Payment(
        order_id=order.id,
        provider=Provider.HAND,
        provider_ref=f"hand-{order.ref}",
        amount_minor=order.total_minor,
        currency=order.currency,
        received_at=now,
    )


def _entry(booked, order_id, kind, minor, source, **facts):
    """An entry of what was `booked`, an order or a line of it."""
    named = {"currency": booked.currency, "scope": booked.scope, **facts}
    return LedgerEntry(order_id=order_id, kind=kind, amount_minor=minor, source=source, **named)


def _book(entries):
    """Write entries, but for those over nothing; before the commit their orders are recounted, and what they name of documents is kept."""
    entries = [each for each in entries if each.amount_minor]
    db.session.add_all(entries)
    db.session.flush()
    booked = {each.order_id for each in entries}
    to_be_checked(*booked)
    documents.entry_documents.to_be_named(*booked)
