"""The sessions of a meeting with their sign-up, and the people of one of them: what is wished for, the lists, the tables."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from conference import schedule
from conference.attending.signups import words
from conference.attending.signups.models import Seat, SignUp
from conference.attending.signups.rules import SeatState
from conference.kernel import clean_line, db
from conference.people import Person, matching
from conference.registration import Category, Registration
from conference.schedule import Session
from conference.web import Sorted

SHOWN = ("sign-up", "waiting")


@dataclass(frozen=True)
class Wish(Sorted):
    """Which sessions are wished for: all, those with sign-up, those for which somebody waits."""

    q: str = ""
    show: str = ""
    sort: str = "starts"


@dataclass(frozen=True)
class PeopleWish(Sorted):
    """Which people of a session are wished for."""

    q: str = ""
    state: str = ""
    sort: str = "state"


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    return Wish(_asked("q"), _one_of("show", SHOWN), _sort(_columns(), Wish.sort))


def people_wish_of_request():
    """The PeopleWish that the address names."""
    return PeopleWish(_asked("q"), _one_of("state", tuple(SeatState)), _sort(_people_columns(), PeopleWish.sort))


def listed(meeting, wish):
    """An ordered SELECT of (Session, SignUp or None)."""
    mine = and_(SignUp.meeting_id == Session.meeting_id, SignUp.item == Session.guid)
    statement = select(Session, SignUp).outerjoin(SignUp, mine).options(joinedload(Session.room))
    statement = statement.where(Session.meeting_id == meeting.id)
    if wish.q:
        statement = statement.where(Session.id.in_(schedule.queries.titled(meeting, wish.q)))
    if wish.show:
        statement = statement.where(SignUp.id.is_not(None) if wish.show == "sign-up" else SignUp.waiting > 0)
    column = _columns()[wish.column]
    ordered = (column.desc() if wish.is_descending else column).nulls_last()
    return statement.order_by(ordered, Session.starts_at, Session.id)


def table(meeting, wish):
    """(header, rows) of all sessions that are wished for."""
    header = [_("Number"), _("Session"), _("Starts"), _("Room"), _("Places"), _("Taken"), _("Waiting")]
    return header, [_row(session, row) for session, row in db.session.execute(listed(meeting, wish))]


def people(row, wish):
    """An ordered SELECT of the seats of a sign-up, with registration, person and category."""
    statement = (
        select(Seat).join(Seat.registration).join(Registration.person).outerjoin(Registration.category)
        .where(Seat.sign_up_id == row.id, *matching(wish.q))
        .options(
            contains_eager(Seat.registration).contains_eager(Registration.person),
            contains_eager(Seat.registration).contains_eager(Registration.category),
        )
    )  # fmt: skip
    if wish.state:
        statement = statement.where(Seat.state == wish.state)
    columns = _people_columns()[wish.column]
    ordered = [each.desc() if wish.is_descending else each for each in columns]
    return statement.order_by(*ordered, Person.family_name, Seat.id)


def people_table(row, wish):
    """(header, rows) of all people that are wished for."""
    header = [
        *(_("Given name"), _("Family name"), _("Email address"), _("Institution"), _("Country"), _("Category")),
        *(_("Registration"), _("State"), _("Place in line"), _("Since"), _("Came")),
    ]
    places = turns(row)
    return header, [_person_row(seat, places) for seat in db.session.scalars(people(row, wish))]


def turns(row):
    """{key of a seat: its place in line, from 1} of those who wait."""
    line = select(Seat.id).where(Seat.sign_up_id == row.id, Seat.state == SeatState.WAITING).order_by(Seat.turn)
    return {key: place for place, key in enumerate(db.session.scalars(line), start=1)}


def _row(session, row):
    room = session.room.name if session.room else ""
    counts = (row.places, row.taken, row.waiting) if row else (None, None, None)
    return [session.number, session.title, session.starts_at, room, *counts]


def _person_row(seat, places):
    person, entry = seat.registration.person, seat.registration
    return [
        *(person.given_name, person.family_name, person.email or "", person.institution, person.country),
        *(entry.category.name if entry.category else "", entry.ref, str(words.STATES[seat.state][0])),
        *(places.get(seat.id), seat.at, seat.came_at),
    ]


def _columns():
    left = SignUp.places - SignUp.taken
    return {
        "starts": Session.starts_at, "title": func.lower(Session.title), "places": SignUp.places, "left": left,
        "waiting": SignUp.waiting,
    }  # fmt: skip


def _people_columns():
    return {
        "name": (Person.family_name, Person.given_name), "since": (Seat.at,), "category": (Category.name,),
        "state": (Seat.state, func.coalesce(Seat.turn, 0)),
    }  # fmt: skip


def _asked(name):
    return clean_line(request.args.get(name, "")[:200])


def _one_of(name, known):
    return request.args.get(name, "") if request.args.get(name) in known else ""


def _sort(columns, usual):
    asked = request.args.get("sort", "")
    return asked if asked.removeprefix("-") in columns else usual
