"""The list of orders."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import selectinload

from conference import payments, people
from conference.kernel import db, is_ref
from conference.payments import Order, OrderState, Refund, RefundState
from conference.people import Person
from conference.staff import gathering


def orders(view, text, meeting):
    """An ordered SELECT of (order with lines, person): those that wait for staff first, then the newest.

    `view` names what is looked for, empty for all; with a `meeting` only orders that sold something for it.
    """
    statement = select(Order, Person).join(Person, Order.person_id == Person.id).options(selectinload(Order.lines))
    if view:
        statement = statement.where(_views()[view])
    if text:
        statement = statement.where(_matching(text))
    if meeting is not None:
        statement = statement.where(Order.id.in_(gathering.orders_about(meeting)))
    return statement.order_by(payments.needs_staff().desc(), Order.id.desc())


def counts():
    """{view: how many} of the views whose number matters."""
    wanted = {name: clause for name, clause in _views().items() if name in ("trouble", "refunds", "by_hand", "waiting")}
    row = db.session.execute(select(*(func.count().filter(clause) for clause in wanted.values())).select_from(Order))
    return dict(zip(wanted, row.one(), strict=True))


def _views():
    """{name in the address: a WHERE clause}."""
    troubled = payments.refunds_in_trouble().order_by(None).with_only_columns(Refund.order_id)
    coming = (RefundState.REQUESTED, *payments.rules.UNDER_WAY)
    return {
        "trouble": payments.needs_staff(),
        "refunds": Order.id.in_(troubled),
        "by_hand": Order.id.in_(payments.refunds_by_hand().order_by(None).with_only_columns(Refund.order_id)),
        "waiting": Order.state.in_((OrderState.OPEN, OrderState.ONGOING)),
        "paid": Order.state == OrderState.PAID,
        "refunded": Order.id.in_(select(Refund.order_id).where(Refund.state == RefundState.SUCCEEDED)),
        "refunding": Order.id.in_(select(Refund.order_id).where(Refund.state.in_(coming))),
        "lapsed": Order.state == OrderState.LAPSED,
        "returned": Order.state == OrderState.RETURNED,
    }


def _matching(text):
    words, ref = and_(*people.matching(text)), text.strip().upper()
    return or_(words, Order.ref == ref) if is_ref(ref) else words
