"""Seats as their payer, their own person and the desk find them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from conference.kernel import Money, db, in_parts
from conference.payments import LIVE, Line, Order, OrderState
from conference.people import Person
from conference.registration.groups.models import Group, GroupOrder, Seat
from conference.registration.groups.rules import SeatState, state_of
from conference.registration.models import Registration
from conference.registration.queries import conduct_code_id_of

# What sold the seat: its line in the order by which it stands, unless that was taken back.
TICKET = and_(
    Line.order_id == Seat.order_id,
    Line.kind == "registration",
    Line.reference == Seat.registration_id,
    Line.ended_at.is_(None),
)


@dataclass(frozen=True)
class Seated:
    """A seat as its payer may see it: never what its attendee has answered, only whether something is missing.

    `lines` are what the group's orders have sold of it and still stands.
    """

    seat: Any
    state: SeatState
    order_ref: str
    is_complete: bool
    lines: tuple = ()

    @property
    def is_declined(self):
        """Whether its person has said that they do not want it."""
        return self.seat.declined_at is not None

    @property
    def amount(self):
        """What it costs, None while it is in no order."""
        return Money.total([line.amount for line in self.lines], self.lines[0].currency) if self.lines else None

    @property
    def add_ons(self):
        """Codes of the add-ons that were ordered with it, of those that are wished for before."""
        if self.state not in (SeatState.HELD, SeatState.PAID):
            return list(self.seat.wanted)
        return [line.rule["add_on"] for line in self.lines if line.kind == "add_on"]


def seats_of(group):
    """The group's seats as [Seated], in the order in which they were added, in a fixed number of queries."""
    return _seated(group, db.session.execute(_seats().where(Seat.group_id == group.id)))


def seat_of(group, seat_id):
    """One seat of the group as Seated, or None."""
    return next(
        iter(_seated(group, db.session.execute(_seats().where(Seat.group_id == group.id, Seat.id == seat_id)))), None
    )


def seat_by_registration(registration):
    """(seat, group) whose order holds or has paid this registration, or None."""
    statement = select(Seat, Group).join(Group, Seat.group_id == Group.id).join(Order, Seat.order_id == Order.id)
    found = statement.join(Line, TICKET).where(Seat.registration_id == registration.id, Order.state.in_(LIVE))
    whole = joinedload(Group.meeting), joinedload(Group.coordinator)
    fresh = found.options(*whole).order_by(Seat.id.desc()).execution_options(populate_existing=True)
    return db.session.execute(fresh).first()


def payers_among(registration_ids):
    """{registration id: (key of the group, key of who pays)} of seats of a group, as `seat_by_registration` has them for one."""
    statement, found = standing().add_columns(Group.id, Group.coordinator_id), {}
    for keys in in_parts(registration_ids):
        some = Seat.registration_id.in_(keys)
        found |= {
            key: (group, payer) for key, group, payer in db.session.execute(statement.where(some).order_by(Seat.id))
        }
    return found


def seats_about(person, meeting=None):
    """[(seat, group, SeatState)] of what payers have written down for a person, in groups of one meeting or of all.

    A seat that became a registration is found by whose that is, another one by the address alone.
    """
    mine = or_(
        Registration.person_id == person.id,
        and_(Seat.registration_id.is_(None), Seat.email.is_not(None), Seat.email == person.email),
    )
    statement = _seats().add_columns(Group).join(Group, Seat.group_id == Group.id).where(mine)
    statement = statement.options(joinedload(Group.meeting), joinedload(Group.coordinator))
    if meeting is not None:
        statement = statement.where(Group.meeting_id == meeting.id)
    rows = db.session.execute(statement).all()
    return [(row[0], row[-1], _state(row)) for row in rows]


def standing():
    """A SELECT of the keys of the registrations that stand by a seat, beside which are the seat and its group."""
    statement = select(Seat.registration_id).join(Group, Seat.group_id == Group.id)
    return statement.join(Order, Seat.order_id == Order.id).join(Line, TICKET).where(Order.state.in_(LIVE))


def missing(entry, person, conduct_id):
    """What an attendee has still to fill in: "details", "questions"."""
    found = [] if person.is_complete else ["details"]
    if entry.questions_done_at is None or (conduct_id and entry.conduct_code_id != conduct_id):
        found.append("questions")
    return found


def _seats():
    """SELECT of (seat, registration, person, order's ref and state, key of the line that stands)."""
    return (
        select(Seat, Registration, Person, Order.ref, Order.state, Line.id)
        .outerjoin(Registration, Seat.registration_id == Registration.id)
        .outerjoin(Person, Registration.person_id == Person.id)
        .outerjoin(Order, Seat.order_id == Order.id)
        .outerjoin(Line, TICKET)
        .order_by(Seat.id)
        .execution_options(populate_existing=True)
    )


def _seated(group, rows):
    conduct_id, lines, rows = conduct_code_id_of(group.meeting), None, rows.all()
    if any(row[4] for row in rows):
        lines = _lines_by_entry(group, [row[0] for row in rows])
    return [_one(row, conduct_id, lines or {}) for row in rows]


def _one(row, conduct_id, lines):
    seat, entry, person, order_ref, _order_state, _line_id = row
    state = _state(row)
    is_complete = state is SeatState.PAID and (seat.email is None or not missing(entry, person, conduct_id))
    theirs = lines.get(seat.registration_id, ()) if state in (SeatState.HELD, SeatState.PAID) else ()
    return Seated(seat, state, order_ref or "", is_complete, tuple(theirs))


def _state(row):
    seat, _entry, _person, _ref, order_state, line_id = row[:6]
    return state_of(order_state, has_line=line_id is not None, is_declined=seat.declined_at is not None)


def _lines_by_entry(group, seats):
    """{registration key: [ticket and add-ons that stand]}: in the order of the seat, and in those of its changes that are paid."""
    ours = select(GroupOrder.order_id).where(GroupOrder.group_id == group.id)
    sold = select(Line).join(Order, Line.order_id == Order.id).where(Line.order_id.in_(ours), Line.ended_at.is_(None))
    counts = (Order.state == OrderState.PAID) | Order.id.in_({seat.order_id for seat in seats})
    theirs = Line.kind.in_(("registration", "add_on")) & Line.subject.in_({seat.registration_id for seat in seats})
    found: dict = {}
    for line in db.session.scalars(sold.where(counts, theirs).order_by(Line.id)):
        found.setdefault(line.subject, []).append(line)
    return found
