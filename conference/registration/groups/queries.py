"""Finding groups and their seats."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from conference import people
from conference.kernel import db, is_ref
from conference.payments import Line, Order, OrderState
from conference.people import Person
from conference.registration.groups.models import Group, GroupOrder, Roster, Seat
from conference.registration.groups.rules import SeatState, state_of
from conference.registration.models import Registration
from conference.registration.queries import conduct_code_id_of


@dataclass(frozen=True)
class Seated:
    """A seat as its payer may see it: never what its attendee has answered, only whether something is missing."""

    seat: Any
    state: SeatState
    order_ref: str
    is_complete: bool


def group_of(meeting, person, ref):
    """The person's own group of a meeting, or None."""
    return db.session.scalar(_groups(meeting).where(Group.ref == ref, Group.coordinator_id == person.id))


def by_ref(meeting, ref):
    """A group of a meeting, or None: for staff."""
    return db.session.scalar(_groups(meeting).where(Group.ref == ref))


def by_join_ref(meeting, join_ref):
    """The group whose roster link is open under this reference, or None."""
    return db.session.scalar(_groups(meeting).where(Group.join_ref == join_ref))


def lock(group):
    """Whoever changes the roster or orders it waits here for whoever does so at the same time."""
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())


def groups_of(meeting, person):
    """The person's groups of a meeting, newest first."""
    return list(db.session.scalars(_groups(meeting).where(Group.coordinator_id == person.id).order_by(Group.id.desc())))


def group_of_order(order):
    """The group for which an order was placed, or None."""
    inside = select(GroupOrder.group_id).where(GroupOrder.order_id == order.id).scalar_subquery()
    return db.session.scalar(_groups().where(Group.id == inside))


def orders_of(group):
    """The group's orders with their lines, newest first."""
    inside = select(GroupOrder.order_id).where(GroupOrder.group_id == group.id)
    statement = select(Order).where(Order.id.in_(inside)).options(selectinload(Order.lines)).order_by(Order.id.desc())
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def lapsed_of(group, now):
    """How many orders of the group lapsed unpaid within the last day."""
    inside = select(GroupOrder.order_id).where(GroupOrder.group_id == group.id)
    since = now - timedelta(days=1)
    statement = select(func.count()).select_from(Order).where(Order.id.in_(inside), Order.state == OrderState.LAPSED)
    return db.session.scalar(statement.where(Order.placed_at > since))


def seats_of(group):
    """The group's seats as [Seated], in the order in which they were added, in one query."""
    conduct_id = conduct_code_id_of(group.meeting)
    return [_seated(row, conduct_id) for row in db.session.execute(_seats().where(Seat.group_id == group.id))]


def seat_of(group, seat_id):
    """One seat of the group as Seated, or None."""
    conduct_id = conduct_code_id_of(group.meeting)
    row = db.session.execute(_seats().where(Seat.group_id == group.id, Seat.id == seat_id)).first()
    return _seated(row, conduct_id) if row else None


def seat_by_registration(registration):
    """(seat, group) whose order holds or has paid this registration, or None."""
    statement = select(Seat, Group).join(Group, Seat.group_id == Group.id).join(Order, Seat.order_id == Order.id)
    live = (OrderState.OPEN, OrderState.ONGOING, OrderState.PARKED, OrderState.PAID)
    found = statement.where(Seat.registration_id == registration.id, Order.state.in_(live))
    return db.session.execute(found.order_by(Seat.id.desc())).first()


def roster_of(group, ref):
    """A checked file of the group, or None."""
    statement = select(Roster).where(Roster.group_id == group.id, Roster.ref == ref)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def rosters_of(group):
    """The files that were brought in, newest first."""
    statement = select(Roster).where(Roster.group_id == group.id, Roster.imported_at.is_not(None))
    return list(db.session.scalars(statement.order_by(Roster.id.desc())))


def listed(meeting, text=""):
    """An ordered SELECT of (group, how many seats): for staff, by name, coordinator, PO number or reference."""
    counted = select(func.count()).where(Seat.group_id == Group.id).correlate(Group).scalar_subquery()
    statement = select(Group, counted).join(Person, Group.coordinator_id == Person.id)
    statement = statement.options(joinedload(Group.coordinator)).where(Group.meeting_id == meeting.id)
    if text:
        statement = statement.where(_matching(text))
    return statement.order_by(Group.id.desc())


def _matching(text):
    found = and_(*people.matching(text))
    by_name = func.lower(Group.name).contains(text.lower(), autoescape=True)
    by_number = Group.po_number.contains(text, autoescape=True)
    ref = text.strip().upper()
    return found | by_name | by_number | (Group.ref == ref) if is_ref(ref) else found | by_name | by_number


def _groups(meeting=None):
    statement = select(Group).options(joinedload(Group.coordinator), joinedload(Group.meeting))
    statement = statement.execution_options(populate_existing=True)
    return statement if meeting is None else statement.where(Group.meeting_id == meeting.id)


def _seats():
    """SELECT of (seat, registration, person, order's ref and state, key of the line that stands)."""
    line = and_(
        Line.order_id == Seat.order_id,
        Line.kind == "registration",
        Line.reference == Seat.registration_id,
        Line.ended_at.is_(None),
    )
    return (
        select(Seat, Registration, Person, Order.ref, Order.state, Line.id)
        .outerjoin(Registration, Seat.registration_id == Registration.id)
        .outerjoin(Person, Registration.person_id == Person.id)
        .outerjoin(Order, Seat.order_id == Order.id)
        .outerjoin(Line, line)
        .order_by(Seat.id)
        .execution_options(populate_existing=True)
    )


def _seated(row, conduct_id):
    seat, entry, person, order_ref, order_state, line_id = row
    state = state_of(order_state, has_line=line_id is not None)
    is_complete = state is SeatState.PAID and not missing(entry, person, conduct_id)
    return Seated(seat, state, order_ref or "", is_complete)


def missing(entry, person, conduct_id):
    """What an attendee has still to fill in: "details", "questions"."""
    found = [] if person.is_complete else ["details"]
    if entry.questions_done_at is None or (conduct_id and entry.conduct_code_id != conduct_id):
        found.append("questions")
    return found
