"""The groups of a meeting with what the desk asks of them: seats in each state, who still misses something, what is paid and owed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from conference import people
from conference.kernel import Money, db, is_ref
from conference.payments import CREDIT, HOLDING, Line, Order, OrderState
from conference.people import Person
from conference.registration.groups.models import Group, GroupOrder, Seat
from conference.registration.groups.seating import TICKET
from conference.registration.models import Registration
from conference.registration.queries import conduct_code_id_of

# View: the column of a tally that is more than nothing.
VIEWS = {"unordered": "open", "owed": "owed", "missing": "missing", "declined": "to_decide"}
SORTS = ("made", "name", "seats", "paid", "owed", "missing")


@dataclass(frozen=True)
class Tally:
    """A group with its counts; amounts as Money. `to_decide`: seats that are paid and declined."""

    group: Any
    seats: int
    open: int
    held: int
    kept: int
    to_decide: int
    missing: int
    paid: Money
    owed: Money


def tallied(meeting, *, text="", view="", sort="-made", coordinator=None):
    """An ordered SELECT of rows for `as_tally`: by name, coordinator, PO number or reference; a view of VIEWS, or all.

    With a `coordinator` (Person), their groups alone.
    """
    seats, money = _seats(conduct_code_id_of(meeting)).subquery(), _money().subquery()
    columns = [
        func.coalesce(seats.c[name], 0).label(name)
        for name in ("seats", "open", "held", "kept", "to_decide", "missing")
    ]
    columns += [func.coalesce(money.c[name], 0).label(name) for name in ("paid", "owed")]
    named = {column.name: column for column in columns} | {"made": Group.id, "name": func.lower(Group.name)}
    statement = select(Group, *columns).join(Person, Group.coordinator_id == Person.id)
    statement = statement.outerjoin(seats, seats.c.group_id == Group.id).outerjoin(money, money.c.group_id == Group.id)
    statement = statement.options(joinedload(Group.coordinator), joinedload(Group.meeting))
    statement = statement.where(Group.meeting_id == meeting.id, *_narrowed(named, text, view))
    if coordinator is not None:
        statement = statement.where(Group.coordinator_id == coordinator.id)
    key = sort.lstrip("-") if sort.lstrip("-") in SORTS else "made"
    first = named[key].desc() if sort.startswith("-") else named[key].asc()
    return statement.order_by(first, Group.id.desc()).execution_options(populate_existing=True)


def as_tally(row):
    """A row of `tallied` as a Tally."""
    group, *counts, paid, owed = row
    currency = group.meeting.currency
    seats, unordered, held, kept, to_decide, missing = (int(count) for count in counts)
    return Tally(
        group=group,
        seats=seats,
        open=unordered,
        held=held,
        kept=kept,
        to_decide=to_decide,
        missing=missing,
        paid=Money(int(paid), currency),
        owed=Money(int(owed), currency),
    )


def tallies(meeting, **asked):
    """Every Tally that `tallied` finds."""
    return [as_tally(row) for row in db.session.execute(tallied(meeting, **asked))]


def money_of(group):
    """(what stands that is paid, with fees; what waits for its payment) of a group as Money: the sums of its Tally."""
    sums = _money().subquery()
    found = db.session.execute(select(sums.c.paid, sums.c.owed).where(sums.c.group_id == group.id)).first()
    paid, owed = found or (0, 0)
    return Money(int(paid or 0), group.meeting.currency), Money(int(owed or 0), group.meeting.currency)


def counts_by_view(meeting, *, text=""):
    """{view: how many groups}, "" for all."""
    rows = tallied(meeting, text=text).order_by(None).subquery()
    counted = [func.count(case((rows.c[column] > 0, 1))) for column in VIEWS.values()]
    total, *found = db.session.execute(select(func.count(), *counted).select_from(rows)).one()
    return {"": total, **dict(zip(VIEWS, found, strict=True))}


def _narrowed(named, text, view):
    if text:
        yield _matching(text)
    if view in VIEWS:
        yield named[VIEWS[view]] > 0


def _matching(text):
    ref = text.strip().upper()
    found = [
        and_(*people.matching(text)),
        func.lower(Group.name).contains(text.lower(), autoescape=True),
        func.lower(Group.po_number).contains(text.lower(), autoescape=True),
    ]
    return or_(*found, Group.ref == ref) if is_ref(ref) else or_(*found)


def _seats(conduct_id):
    """SELECT of the counts of each group that has seats."""
    stands, is_paid = Line.id.is_not(None), Order.state == OrderState.PAID
    said_no = Seat.declined_at.is_not(None)
    unordered = or_(Order.state.is_(None), Order.state.in_((OrderState.LAPSED, OrderState.RETURNED)))
    taken_out = and_(Order.state.in_(HOLDING), Line.id.is_(None))
    kinds = {
        "open": and_(or_(unordered, taken_out), ~said_no),
        "held": and_(stands, Order.state.in_(HOLDING)),
        "kept": and_(stands, is_paid),
        "to_decide": and_(stands, is_paid, said_no),
        "missing": and_(stands, is_paid, ~said_no, _misses_something(conduct_id)),
    }
    counted = [func.count(case((clause, 1))).label(name) for name, clause in kinds.items()]
    statement = select(Seat.group_id, func.count().label("seats"), *counted).select_from(Seat)
    statement = statement.outerjoin(Order, Seat.order_id == Order.id).outerjoin(Line, TICKET)
    statement = statement.outerjoin(Registration, Seat.registration_id == Registration.id)
    return statement.outerjoin(Person, Registration.person_id == Person.id).group_by(Seat.group_id)


def _misses_something(conduct_id):
    """As seating.missing, in SQL."""
    nameless = and_(Person.given_name == "", Person.family_name == "")
    missing = [nameless, Person.country == "", Registration.questions_done_at.is_(None)]
    if conduct_id:
        missing.append(func.coalesce(Registration.conduct_code_id, 0) != conduct_id)
    return or_(*missing)


def _money():
    """SELECT of what stands that is paid, and of what waits for its payment, of each group that has orders."""
    amount = func.sum(Line.amount_minor)
    paid = amount.filter(Order.state == OrderState.PAID, Line.kind != CREDIT)
    owed = amount.filter(Order.state.in_(HOLDING))
    statement = select(GroupOrder.group_id, paid.label("paid"), owed.label("owed"))
    statement = statement.join(Order, GroupOrder.order_id == Order.id).join(Line, Line.order_id == Order.id)
    return statement.where(Line.ended_at.is_(None)).group_by(GroupOrder.group_id)
