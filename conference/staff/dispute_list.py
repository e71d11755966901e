"""Disputes as the desk lists them: what is wished for in the address, and a table of all."""

from dataclasses import dataclass

from flask import request
from sqlalchemy import and_, func, or_, select

from conference import payments, people
from conference.kernel import clean_line, db
from conference.payments import Dispute, DisputeState, Order
from conference.people import Person
from conference.web import Sorted

COLUMNS = (
    "dispute", "state", "reason", "order", "person", "email", "amount", "taken", "currency", "fee", "fee_currency", "opened_at",
    "evidence_due_at", "closed_at", "place", "place_why",
)  # fmt: skip
SORTS = {"due": Dispute.evidence_due_at, "opened": Dispute.opened_at, "amount": Dispute.amount_minor}
VIEWS = {
    "waiting": payments.disputes.waits_for_staff(),
    "open": payments.disputes.not_decided(),
    "won": Dispute.state.in_((DisputeState.WON, DisputeState.WARNING_CLOSED, DisputeState.PREVENTED)),
    "lost": Dispute.state == DisputeState.LOST,
    "all": Dispute.id.is_not(None),
}


@dataclass(frozen=True)
class Wish(Sorted):
    """Which disputes are wished for, and in which order."""

    view: str = "waiting"
    q: str = ""
    sort: str = "due"


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    view, sort = request.args.get("view", ""), request.args.get("sort", "")
    return Wish(
        view=view if view in VIEWS else Wish.view,
        q=clean_line(request.args.get("q", ""))[:200],
        sort=sort if sort.removeprefix("-") in SORTS else Wish.sort,
    )


def listed(wish):
    """An ordered SELECT of (dispute, order, person) that are wished for."""
    statement = _all().where(VIEWS[wish.view])
    if wish.q:
        theirs = and_(*people.matching(wish.q))
        statement = statement.where(or_(Dispute.provider_ref == wish.q, Order.ref == wish.q.upper(), theirs))
    column = SORTS[wish.column]
    ordered = column.desc() if wish.is_descending else column
    return statement.order_by(ordered.nulls_last(), Dispute.id.desc())


def counts():
    """{view: how many}."""
    columns = (func.count().filter(clause).label(view) for view, clause in VIEWS.items())
    return dict(db.session.execute(select(*columns).select_from(Dispute)).mappings().one())


def table():
    """(header, rows) of every dispute, the newest first."""
    rows = db.session.execute(_all().order_by(Dispute.id.desc()))
    return COLUMNS, [_row(*row) for row in rows]


def _all():
    by_order = select(Dispute, Order, Person).join(Order, Dispute.order_id == Order.id)
    return by_order.join(Person, Order.person_id == Person.id)


def _row(dispute, order, person):
    money = (dispute.amount, dispute.taken, dispute.currency, dispute.fee, dispute.fee.currency)
    days = (dispute.opened_at, dispute.evidence_due_at, dispute.closed_at)
    about = (dispute.provider_ref, dispute.state, dispute.reason, order.ref, person.full_name, person.email)
    return (*about, *money, *days, dispute.place, dispute.place_why)
