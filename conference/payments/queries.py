"""Finding orders and what belongs to them."""

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import selectinload

from conference.kernel import Money, db
from conference.payments import ledger
from conference.payments.models import Line, Order, Payment, Refund
from conference.payments.rules import HOLDING, OrderState, Provider

# Asked whenever an order is placed, so they are put together once.
_AMONG = Line.reference.in_(bindparam("references", expanding=True))
_ABOUT = select(Line.order_id).where(Line.kind == bindparam("kind"), _AMONG)
_SINCE = Order.placed_at > bindparam("since")
_THEIRS = (Order.person_id == bindparam("person"), Order.state == OrderState.LAPSED, _SINCE)
_LAPSED = select(func.count()).where(*_THEIRS, Order.id.in_(_ABOUT))
_WAITING = select(func.count()).where(Order.network == bindparam("network"), Order.state == OrderState.OPEN)
_UNPAID = select(_LAPSED.scalar_subquery(), _WAITING.scalar_subquery())
_FIRST_UNPAID = (
    select(Order.placed_at)
    .where(Order.id.in_(_ABOUT), Order.state.in_((OrderState.OPEN, OrderState.LAPSED)), _SINCE)
    .order_by(Order.id)
    .limit(1)
)


def order_by_ref(ref):
    """The order with its lines, or None: for staff and machines."""
    return db.session.scalar(_with_lines().where(Order.ref == ref))


def order_by_id(order_id):
    """The order with its lines, by its key."""
    return db.session.scalar(_with_lines().where(Order.id == order_id))


def lines_by_id(line_ids):
    """Lines by their keys, in order."""
    return list(db.session.scalars(select(Line).where(Line.id.in_(line_ids)).order_by(Line.id))) if line_ids else []


def orders_of_lines(line_ids):
    """Keys of the orders that sold these lines."""
    return set(db.session.scalars(select(Line.order_id).where(Line.id.in_(line_ids)))) if line_ids else set()


def order_of(person, ref):
    """The person's own order with its lines, or None."""
    return db.session.scalar(_with_lines().where(Order.ref == ref, Order.person_id == person.id))


def orders_of(person):
    """The person's orders, newest first."""
    return list(
        db.session.scalars(_with_lines().where(Order.person_id == person.id).order_by(Order.id.desc()).limit(100))
    )


def locked(order_id):
    """The order and its lines as they are now, locked until the transaction ends (SQLite locks the whole file)."""
    statement = _with_lines().where(Order.id == order_id).with_for_update(of=Order)
    return db.session.scalar(statement)


def due_for_a_look(now, *, every, limit=500):
    """Keys of orders that wait: open ones whose time is over, and those not looked at for as long as `every` {state: timedelta}."""
    over = and_(Order.state == OrderState.OPEN, Order.expires_at <= now)
    unseen = [
        and_(
            Order.state == state,
            or_(Order.looked_at.is_(None), Order.looked_at < now - pause),
            Order.placed_at < now - pause,
        )
        for state, pause in every.items()
    ]
    statement = select(Order.id).where(or_(over, *unseen))
    return list(db.session.scalars(statement.order_by(Order.expires_at).limit(limit)))


def orders_with_line(kind, reference):
    """Every order that has a line of this kind for this reference, newest first."""
    inside = select(Line.order_id).where(Line.kind == kind, Line.reference == reference)
    return list(db.session.scalars(_with_lines().where(Order.id.in_(inside)).order_by(Order.id.desc())))


def unpaid(kind, references, *, person_id, since, network):
    """(orders of a person with a line of this kind for one of these, placed after `since`, that they did not pay; open orders from `network`)."""
    asked = {"kind": kind, "references": references, "person": person_id, "since": since, "network": network}
    return tuple(db.session.execute(_UNPAID, asked).one())


def first_unpaid(kind, reference, *, since):
    """When the first order after `since` was placed that has a line of this kind for this reference and that nobody has paid; or None."""
    return db.session.scalar(_FIRST_UNPAID, {"kind": kind, "references": [reference], "since": since})


def first_unpaid_of(kind, references, *, since):
    """{reference: as `first_unpaid`} of many at once."""
    if not references:
        return {}
    unpaid_yet = (Order.state.in_((OrderState.OPEN, OrderState.LAPSED)), Order.placed_at > since)
    statement = select(Line.reference, func.min(Order.placed_at)).join(Order, Line.order_id == Order.id)
    mine = statement.where(Line.kind == kind, Line.reference.in_(references), *unpaid_yet)
    return dict(db.session.execute(mine.group_by(Line.reference)).all())


def waiting():
    """{state: how many orders} of the states in which an order waits: for its payment, or for staff."""
    rows = db.session.execute(select(Order.state, func.count()).where(Order.state.in_(HOLDING)).group_by(Order.state))
    return dict.fromkeys(HOLDING, 0) | {OrderState(state): count for state, count in rows}


def payments_of(order):
    """What was paid for an order, in order of arrival."""
    return _fresh(select(Payment).where(Payment.order_id == order.id).order_by(Payment.id))


def missing(order):
    """What is still due of an order, as Money: of a settled one what a bank has taken back; less than zero when more came."""
    due = Money(0, order.currency) if order.state in (OrderState.PAID, OrderState.RETURNED) else order.due
    return due - ledger.owed(order)


def refunds_of(order):
    """What was sent back of an order, in order of asking."""
    return _fresh(select(Refund).where(Refund.order_id == order.id).order_by(Refund.id))


def sent_back(order_ids):
    """[(Refund, Provider of the payment that it goes back to)] of many orders at once, in order of asking."""
    if not order_ids:
        return []
    statement = select(Refund, Payment.provider).join(Payment, Refund.payment_id == Payment.id)
    statement = statement.where(Refund.order_id.in_(order_ids)).order_by(Refund.id)
    rows = db.session.execute(statement.execution_options(populate_existing=True))
    return [(refund, Provider(provider)) for refund, provider in rows]


# Rows are changed by guarded UPDATEs: what the session remembers of them may be old.
def _fresh(statement):
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _with_lines():
    return select(Order).options(selectinload(Order.lines)).execution_options(populate_existing=True)
