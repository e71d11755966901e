"""Exhibitors and their badges as tables for spreadsheets."""

from sqlalchemy import and_, select

from conference.kernel import Money, db
from conference.payments import Line, Order
from conference.people import Person
from conference.registration import Registration, groups
from conference.registration import exhibitors as expo
from conference.staff import exhibitor_list

BoothKind, Exhibitor, Seat = expo.BoothKind, expo.Exhibitor, groups.Seat
EXHIBITORS = (
    *("company", "booths", "kind", "booth_count", "area", "unit", "contact", "email"),
    *(
        "allotted",
        "by_hand",
        "used",
        "left",
        "on_roster",
        "without_name",
        "extra_sold",
        "sold",
        "owed",
        "currency",
        "invited_at",
    ),
)
BADGES = (
    *("company", "booths", "kind", "name", "email", "company_badge", "state", "free_of_charge", "number", "of"),
    *("price", "list_price", "currency", "registration", "order", "why"),
)


def exhibitors(meeting, wish):
    """(header, rows) of the exhibitors that are wished for."""
    found = db.session.execute(exhibitor_list.listed(meeting, wish))
    return EXHIBITORS, [_exhibitor(row, meeting) for row in found]


def badges(meeting, wish):
    """(header, rows) of every badge of the exhibitors that are wished for, also those that nobody has ordered yet."""
    keys = [row[0].id for row in db.session.execute(exhibitor_list.listed(meeting, wish))]
    line = and_(
        Line.order_id == Seat.order_id,
        Line.kind == "registration",
        Line.reference == Seat.registration_id,
        Line.ended_at.is_(None),
    )
    statement = (
        select(Exhibitor, BoothKind.code, Seat, Person, Registration.ref, Order, Line)
        .join(BoothKind, Exhibitor.kind_id == BoothKind.id)
        .join(Seat, Seat.group_id == Exhibitor.group_id)
        .outerjoin(Registration, Seat.registration_id == Registration.id)
        .outerjoin(Person, Registration.person_id == Person.id)
        .outerjoin(Order, Seat.order_id == Order.id)
        .outerjoin(Line, line)
        .where(Exhibitor.id.in_(keys))
        .order_by(Exhibitor.key, Seat.id)
    )
    return BADGES, [_badge(*row) for row in db.session.execute(statement)]


def _exhibitor(row, meeting):
    exhibitor, contact = row[0], row[0].group.coordinator
    area = expo.words.area_as_typed(exhibitor.area)
    unit = exhibitor.kind.unit if exhibitor.area is not None else ""
    about = (exhibitor.company, exhibitor.booths, exhibitor.kind.code, exhibitor.booth_count, area, unit)
    by_hand = "yes" if exhibitor.override is not None else "no"
    counts = (row.allotted, by_hand, row.used, row.allotted - row.used, row.seats, row.nameless, row.extra)
    money = (Money(row.revenue, meeting.currency), Money(row.owed, meeting.currency))
    return (*about, contact.full_name, contact.email, *counts, *money, meeting.currency, row.invited)


def _badge(exhibitor, kind, seat, person, ref, order, line):
    name = seat.name if seat.given_name or seat.family_name or person is None else person.full_name
    about = (exhibitor.company, exhibitor.booths, kind, name if seat.email else "", seat.email or "")
    company = "no" if seat.email else "yes"
    if line is None:
        return (*about, company, "not ordered", "", "", "", "", "", "", "", "", "")
    within = line.rule.get("allotment")
    list_price = Money(within["list_minor"], line.currency) if within else line.amount
    free = ("yes", within["number"], within["of"]) if within else ("no", "", "")
    told = (line.amount, list_price, line.currency, ref, order.ref, "; ".join(line.why))
    return (*about, company, str(order.state), *free, *told)
