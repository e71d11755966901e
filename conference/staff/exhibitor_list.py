"""Exhibitors found for the desk: what is wished for in the address, the list with each one's badges and money, and the sums."""

from dataclasses import dataclass

from flask import request
from sqlalchemy import BigInteger, and_, case, cast, func, or_, select
from sqlalchemy.orm import contains_eager

from conference import people
from conference.kernel import Money, clean_line, db, fold
from conference.payments import HOLDING, Line, Order, OrderState
from conference.people import Person
from conference.registration import Allotment, AllotmentUse, Registration, exhibitors, groups
from conference.web import Sorted

BoothKind, Exhibitor, ExhibitorLetter = exhibitors.BoothKind, exhibitors.Exhibitor, exhibitors.ExhibitorLetter
Group, GroupOrder, Seat = groups.Group, groups.GroupOrder, groups.Seat
YES_NO = ("yes", "no")
SORTS = ("company", "booths", "kind", "allotted", "used", "left", "seats", "extra", "revenue", "owed")


@dataclass(frozen=True)
class Wish(Sorted):
    """Which exhibitors are wished for, and in which order; empty means any."""

    q: str = ""
    kind: str = ""
    left: str = ""
    nameless: str = ""
    owed: str = ""
    invited: str = ""
    sort: str = "company"


@dataclass(frozen=True)
class Sums:
    """What all exhibitors of a meeting come to."""

    exhibitors: int
    allotted: int
    used: int
    extra: int
    revenue: Money
    owed: Money


def wish_of_request(kinds):
    """The Wish that the address names; nonsense is as if it were not there."""
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in vars(Wish())}
    for name in ("left", "nameless", "owed", "invited"):
        asked[name] = asked[name] if asked[name] in YES_NO else ""
    if asked["kind"] not in {each.code for each in kinds}:
        asked["kind"] = ""
    if asked["sort"].removeprefix("-") not in SORTS:
        asked["sort"] = Wish.sort
    return Wish(**asked)


def listed(meeting, wish):
    """An ordered SELECT of (exhibitor, allotted, used, seats, nameless, extra, revenue, owed, when invited), amounts in minor units."""
    statement, columns = _all(meeting)
    statement = statement.where(*_clauses(wish, columns))
    found = _order(columns)[wish.column]
    turned = [each.desc() if wish.is_descending else each.asc() for each in found]
    return statement.order_by(*turned, Exhibitor.key, Exhibitor.id)


def sums(meeting):
    """The Sums of a meeting."""
    inner = _all(meeting)[0].subquery()
    names = ("allotted", "used", "extra", "revenue", "owed")
    totals = [cast(func.coalesce(func.sum(inner.c[name]), 0), BigInteger) for name in names]
    row = db.session.execute(select(func.count(), *totals).select_from(inner)).one()
    revenue, owed = (Money(int(each), meeting.currency) for each in row[4:])
    return Sums(row[0], int(row[1]), int(row[2]), int(row[3]), revenue, owed)


def by_budget(meeting):
    """What badges within allotments would have cost: [(kind of booth, budget code, badges, Money)]; only what is settled counts."""
    count, off = func.count(), cast(func.sum(AllotmentUse.list_minor), BigInteger)
    statement = (
        select(BoothKind.name, BoothKind.budget_code, count, off)
        .join(Exhibitor, Exhibitor.kind_id == BoothKind.id)
        .join(Allotment, Allotment.group_id == Exhibitor.group_id)
        .join(AllotmentUse, AllotmentUse.allotment_id == Allotment.id)
        .where(BoothKind.meeting_id == meeting.id, AllotmentUse.state == "kept")
        .group_by(BoothKind.name, BoothKind.budget_code, BoothKind.position)
    )
    rows = db.session.execute(statement.order_by(BoothKind.position, BoothKind.name))
    return [(name, budget, number, Money(int(minor), meeting.currency)) for name, budget, number, minor in rows]


def _all(meeting):
    """(a SELECT of every exhibitor of a meeting with its figures, {name: column})."""
    seats, orders = _seats().subquery(), _orders().subquery()
    invited = _invited().scalar_subquery()
    columns: dict = {"allotted": Allotment.allotted, "used": Allotment.used}
    columns |= {name: func.coalesce(seats.c[name], 0) for name in ("seats", "nameless")}
    columns |= {name: func.coalesce(orders.c[name], 0) for name in ("extra", "revenue", "owed")}
    named = [column.label(name) for name, column in (columns | {"invited": invited}).items()]
    statement = (
        select(Exhibitor, *named)
        .join(Exhibitor.kind)
        .join(Exhibitor.group)
        .join(Group.coordinator)
        .join(Allotment, Allotment.group_id == Exhibitor.group_id)
        .outerjoin(seats, seats.c.group_id == Exhibitor.group_id)
        .outerjoin(orders, orders.c.group_id == Exhibitor.group_id)
        .where(Exhibitor.meeting_id == meeting.id)
        .options(contains_eager(Exhibitor.kind), contains_eager(Exhibitor.group).contains_eager(Group.coordinator))
    )
    return statement, columns | {"invited": invited}


def _seats():
    """Seats of each group, and those of somebody whose name nobody has said."""
    has_name = or_(Seat.given_name != "", Seat.family_name != "", Person.given_name != "", Person.family_name != "")
    nameless = func.count().filter(and_(Seat.email.is_not(None), ~func.coalesce(has_name, False)))
    statement = select(Seat.group_id, func.count().label("seats"), nameless.label("nameless"))
    statement = statement.outerjoin(Registration, Seat.registration_id == Registration.id)
    return statement.outerjoin(Person, Registration.person_id == Person.id).group_by(Seat.group_id)


def _orders():
    """Of each group's orders: badges that were paid for, what was sold and stands, what waits for its payment."""
    stands = and_(Order.state == OrderState.PAID, Line.ended_at.is_(None), Line.kind != "credit")
    is_extra = and_(stands, Line.kind == "registration", Line.rule["allotment"]["id"].as_integer().is_(None))
    waits = and_(Order.state.in_(HOLDING), Line.ended_at.is_(None))
    columns = (
        func.count().filter(is_extra).label("extra"),
        *(
            cast(func.coalesce(func.sum(case((clause, Line.amount_minor), else_=0)), 0), BigInteger).label(name)
            for name, clause in (("revenue", stands), ("owed", waits))
        ),
    )
    statement = select(GroupOrder.group_id, *columns).join(Order, GroupOrder.order_id == Order.id)
    return statement.join(Line, Line.order_id == Order.id).group_by(GroupOrder.group_id)


def _invited():
    mine = (ExhibitorLetter.exhibitor_id == Exhibitor.id, ExhibitorLetter.kind == str(exhibitors.LetterKind.INVITATION))
    return select(func.max(ExhibitorLetter.written_at)).where(*mine).correlate(Exhibitor)


def _clauses(wish, columns):
    if wish.q:
        words = and_(*people.matching(wish.q))
        booths = Exhibitor.booths.icontains(wish.q, autoescape=True)
        yield or_(Exhibitor.key.contains(fold(wish.q), autoescape=True), booths, words)
    if wish.kind:
        yield BoothKind.code == wish.kind
    for answer, clause in (
        (wish.left, columns["used"] < columns["allotted"]),
        (wish.nameless, columns["nameless"] > 0),
        (wish.owed, columns["owed"] > 0),
        (wish.invited, columns["invited"].is_not(None)),
    ):
        if answer:
            yield clause if answer == "yes" else ~clause


def _order(columns):
    """{key of a column: what it is ordered by}."""
    plain = {name: (columns[name],) for name in ("allotted", "used", "seats", "extra", "revenue", "owed")}
    return plain | {
        "company": (Exhibitor.key,),
        "booths": (func.length(Exhibitor.booths), Exhibitor.booths),
        "kind": (BoothKind.position, BoothKind.name),
        "left": (columns["allotted"] - columns["used"],),
    }
