"""What the list and its exports tell of each registration, gathered for many at once: one query for each thing that is asked for."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from conference.door import CheckIn
from conference.kernel import Base, Money, db
from conference.payments import HOLDING, LIVE, Line, Order, OrderState
from conference.people import Person
from conference.registration import AddOn, Booking, CodeUse, DiscountCode, Registration
from conference.staff import answers, belonging

# The registration that a line is about: add-ons have one too, and several may share an order.
ABOUT = Line.subject


@dataclass
class Row:
    """A registration with what belongs to it; what was not asked for is empty."""

    entry: Registration
    line: Any = None
    order: Any = None
    total: Money | None = None
    owed: Money | None = None
    add_ons: list = field(default_factory=list)
    code: str = ""
    host: str = ""
    invited: str = ""
    group: str = ""
    exhibitor: str = ""
    printed: datetime | None = None
    arrived: datetime | None = None
    answers: dict = field(default_factory=dict)

    @property
    def paid(self):
        """What of the total has been paid."""
        return None if self.total is None else self.total - self.owed


def rows_of(meeting, entries, *, sources, questions=()):
    """[Row] of registrations in their order; `sources` says what is gathered: line, money, add_ons, code, host, belonging, printed,
    arrived, answers.
    """
    rows = {entry.id: Row(entry) for entry in entries}
    for name in sources:
        if name == "answers":
            _set(rows, "answers", answers.given_by(list(rows), questions))
        else:
            _SOURCES[name](rows, meeting)
    return list(rows.values())


def lines_of(ids):
    """{registration id: (line, order) of its newest order that counts}, in one query; ids: keys, or a SELECT of them."""
    statement = (
        select(Line, Order)
        .join(Order, Line.order_id == Order.id)
        .where(Line.kind == "registration", Line.reference.in_(ids))
        .where(Order.state.in_(LIVE), Line.ended_at.is_(None))
        .order_by(Order.id)
    )
    return {line.reference: (line, order) for line, order in db.session.execute(statement)}


def add_ons_booked(ids):
    """{registration id: [titles of its add-ons]}, in one query; ids: keys, or a SELECT of them."""
    statement = select(Booking.registration_id, AddOn.title).join(AddOn, Booking.add_on_id == AddOn.id)
    titles = defaultdict(list)
    for entry_id, title in db.session.execute(
        statement.where(Booking.registration_id.in_(ids)).order_by(AddOn.position, AddOn.id)
    ):
        titles[entry_id].append(title)
    return titles


def sums():
    """A SELECT of (entry_id, total, paid, owed) in minor units: what registrations cost, and what of it is settled."""
    is_settled, amount = Order.state == OrderState.PAID, func.sum(Line.amount_minor)
    paid, owed = (func.coalesce(amount.filter(clause), 0) for clause in (is_settled, ~is_settled))
    columns = (ABOUT.label("entry_id"), amount.label("total"), paid.label("paid"), owed.label("owed"))
    statement = select(*columns).join(Order, Line.order_id == Order.id)
    return statement.where(Order.state.in_(LIVE), Line.ended_at.is_(None), ABOUT.is_not(None)).group_by(ABOUT)


def orders_about(meeting):
    """A SELECT of the keys of all orders that sold something for a registration of a meeting."""
    entries = select(Registration.id).where(Registration.meeting_id == meeting.id)
    return select(Line.order_id).where(ABOUT.in_(entries))


def ordered_at():
    """When the order was placed that holds a registration: for a SELECT of registrations."""
    statement = select(func.max(Order.placed_at)).join(Line, Line.order_id == Order.id)
    own = (Line.kind == "registration", Line.reference == Registration.id, Line.ended_at.is_(None))
    return statement.where(*own, Order.state.in_(HOLDING)).correlate(Registration).scalar_subquery()


def window_sold():
    """The code of the price window in which a registration's ticket was sold, the paid one first: for a SELECT of registrations."""
    statement = select(Line.rule["window"].as_string()).join(Order, Line.order_id == Order.id)
    own = (Line.kind == "registration", Line.reference == Registration.id, Line.ended_at.is_(None))
    newest = ((Order.state == OrderState.PAID).desc(), Order.id.desc())
    found = statement.where(*own, Order.state.in_(LIVE)).order_by(*newest).limit(1)
    return found.correlate(Registration).scalar_subquery()


def prints():
    """A SELECT of (entry_id, at): when the badge of a registration was printed last."""
    print_, snapshot = (Base.metadata.tables[name] for name in ("badges_print", "badges_snapshot"))
    last = func.max(print_.c.at).label("at")
    joined = print_.join(snapshot, print_.c.snapshot_id == snapshot.c.id)
    statement = select(snapshot.c.registration_id.label("entry_id"), last).select_from(joined)
    return statement.group_by(snapshot.c.registration_id)


def _lines(rows, meeting):
    for entry_id, (line, order) in lines_of(list(rows)).items():
        rows[entry_id].line, rows[entry_id].order = line, order


def _money(rows, meeting):
    for entry_id, total, _paid, owed in db.session.execute(sums().where(ABOUT.in_(list(rows)))):
        rows[entry_id].total = Money(int(total), meeting.currency)
        rows[entry_id].owed = Money(int(owed), meeting.currency)


def _add_ons(rows, meeting):
    _set(rows, "add_ons", add_ons_booked(list(rows)))


def _codes(rows, meeting):
    statement = select(CodeUse.registration_id, DiscountCode.code).join(
        DiscountCode, CodeUse.code_id == DiscountCode.id
    )
    _set(rows, "code", dict(db.session.execute(statement.where(CodeUse.registration_id.in_(list(rows)))).all()))


def _hosts(rows, meeting):
    entry, host = aliased(Registration), aliased(Registration)
    statement = select(entry.id, Person).join(host, entry.host_id == host.id).join(Person, host.person_id == Person.id)
    found = db.session.execute(statement.where(entry.id.in_(list(rows)))).all()
    _set(rows, "host", {entry_id: person.filed_name for entry_id, person in found})


def _belonging(rows, meeting):
    for entry_id, names in belonging.names_of(list(rows)).items():
        for name, text in names.items():
            setattr(rows[entry_id], name, text)


def _printed(rows, meeting):
    told = prints().subquery()
    _set(rows, "printed", dict(db.session.execute(select(told).where(told.c.entry_id.in_(list(rows)))).all()))


def _arrived(rows, meeting):
    standing = and_(CheckIn.registration_id.in_(list(rows)), CheckIn.undone_at.is_(None))
    _set(rows, "arrived", dict(db.session.execute(select(CheckIn.registration_id, CheckIn.at).where(standing)).all()))


def _set(rows, name, found):
    for entry_id, value in found.items():
        setattr(rows[entry_id], name, value)


_SOURCES = {
    "line": _lines,
    "money": _money,
    "add_ons": _add_ons,
    "code": _codes,
    "host": _hosts,
    "belonging": _belonging,
    "printed": _printed,
    "arrived": _arrived,
}
