"""The list of orders: what is wished for in the address, the rows, and the table for spreadsheets."""

from collections import defaultdict
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from conference import meetings, payments
from conference.kernel import Money, clean_line, db, in_parts
from conference.payments import Order, OrderState, Payment, Refund, RefundState, documents
from conference.people import Person
from conference.staff import gathering, order_search
from conference.staff.words import ORDER_STATES
from conference.web import Sorted

SORTS = {
    "placed": (Order.placed_at,),
    "person": (Person.folded_name,),
    "total": (Order.currency, Order.total_minor),
}
AT_ONCE = 500


@dataclass(frozen=True)
class Wish(Sorted):
    """Which orders are wished for; empty means any. Without a wish for the order of rows those that wait for staff come first."""

    q: str = ""
    state: str = ""
    meeting: str = ""
    sort: str = ""

    @property
    def filters(self):
        """How many filters are set beside the state, which has its own row of links."""
        return len([name for name in ("q", "meeting") if getattr(self, name)])


def wish_of_request(views):
    """The Wish that the address names; nonsense, and a state that is none of `views`, is as if it were not there."""
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in vars(Wish())}
    asked["state"] = asked["state"] if asked["state"] in views else ""
    asked["meeting"] = asked["meeting"] if meetings.by_code(asked["meeting"]) else ""
    asked["sort"] = asked["sort"] if asked["sort"].removeprefix("-") in SORTS else ""
    return Wish(**asked)


def listed(wish):
    """An ordered SELECT of (order with lines, person)."""
    return _wished(_with_people(), wish)


def _wished(statement, wish):
    """The SELECT with the wish's clauses, in its order."""
    if wish.state:
        statement = statement.where(_views()[wish.state])
    if wish.q:
        statement = statement.where(Order.id.in_(order_search.found(wish.q)))
    if wish.meeting:
        statement = statement.where(Order.id.in_(gathering.orders_about(meetings.by_code(wish.meeting))))
    if not wish.sort:
        return statement.order_by(payments.needs_staff().desc(), Order.id.desc())
    columns = SORTS[wish.column]
    return statement.order_by(*(each.desc() if wish.is_descending else each for each in columns), Order.id)


def counts():
    """{view: how many} of the views whose number matters."""
    wanted = {name: clause for name, clause in _views().items() if name in ("trouble", "refunds", "by_hand", "waiting")}
    row = db.session.execute(select(*(_count(clause) for clause in wanted.values())))
    return dict(zip(wanted, row.one(), strict=True))


def table(wish):
    """(header, rows of values) of everything that is wished for."""
    header = [
        *(_("Order"), _("State"), _("Person"), _("E-mail"), _("Institution"), _("Country"), _("What")),
        *(
            _("Total"),
            _("Received"),
            _("Sent back"),
            _("Currency"),
            _("Invoices"),
            _("Placed"),
            _("Settled"),
            _("Note"),
        ),
    ]
    return header, _rows(wish)


def _rows(wish):
    keys = db.session.scalars(_wished(select(Order.id).join(Person, Order.person_id == Person.id), wish)).all()
    for some in in_parts(keys, AT_ONCE):
        rows = db.session.execute(_with_people().where(Order.id.in_(some)))
        found = {order.id: (order, person) for order, person in rows}
        sums = _sums(some)
        yield from (_row(*found[key], sums) for key in some if key in found)


def _with_people():
    statement = select(Order, Person).join(Person, Order.person_id == Person.id)
    return statement.options(selectinload(Order.lines))


def _sums(keys):
    """(received, sent back, numbers of documents) by order."""
    received, returned, numbers = defaultdict(int), defaultdict(int), defaultdict(list)
    paid = select(Payment.order_id, Payment.amount_minor).where(Payment.order_id.in_(keys))
    back = select(Refund.order_id, Refund.amount_minor).where(Refund.order_id.in_(keys))
    for sums, asked in ((received, paid), (returned, back.where(Refund.state == RefundState.SUCCEEDED))):
        for order_id, minor in db.session.execute(asked):
            sums[order_id] += minor
    document = documents.Document
    issued = select(document.order_id, document.number).where(document.order_id.in_(keys)).order_by(document.id)
    for order_id, number in db.session.execute(issued):
        numbers[order_id].append(number)
    return received, returned, numbers


def _row(order, person, sums):
    received, returned, numbers = sums
    money = (order.total, *(Money(each[order.id], order.currency) for each in (received, returned)))
    who = (person.full_name, person.email or "", person.institution, person.country)
    what = "; ".join(line.title for line in order.lines if not line.ended_at)
    told = ("; ".join(numbers[order.id]), order.placed_at, order.settled_at, order.parked_reason)
    return [order.ref, str(ORDER_STATES[order.state][0]), *who, what, *money, order.currency, *told]


def _count(clause):
    """How many orders there are of a view, looked up by itself: few of a hundred thousand."""
    return select(func.count()).select_from(Order).where(clause).scalar_subquery()


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
