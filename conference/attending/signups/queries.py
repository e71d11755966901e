"""Finding sign-ups, and who has a place in them."""

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from conference.attending.signups import words
from conference.attending.signups.models import Seat, SignUp
from conference.attending.signups.rules import SeatState
from conference.kernel import Refusal, db
from conference.registration import Registration, State

FRESH = {"populate_existing": True}


def lock(key):
    """The sign-up as it is now, nobody else's to change until the commit (SQLite has one writer at a time anyway); Refusal when it has ended."""
    statement = select(SignUp).where(SignUp.id == key).with_for_update()
    row = db.session.scalars(statement, execution_options=FRESH).one_or_none()
    if row is None:
        raise Refusal(words.gone())
    return row


def of_item(meeting_id, item):
    """The sign-up of a session by its guid, or None."""
    return db.session.scalar(select(SignUp).where(SignUp.meeting_id == meeting_id, SignUp.item == item))


def places(meeting):
    """{guid of a session: how many may sign up for it}."""
    mine = select(SignUp.item, SignUp.places).where(SignUp.meeting_id == meeting.id)
    return dict(db.session.execute(mine).all())


def seat_in(row, entry):
    """A registration's seat in a sign-up, or None."""
    mine = select(Seat).where(Seat.sign_up_id == row.id, Seat.registration_id == entry.id)
    return db.session.scalar(mine.options(*_whole()), execution_options=FRESH)


def seat_by_id(row, key):
    """One seat of a sign-up, or None."""
    mine = select(Seat).where(Seat.sign_up_id == row.id, Seat.id == key)
    return db.session.scalar(mine.options(*_whole()), execution_options=FRESH)


def items_taken(entry):
    """The guids of the sessions in which a registration has a place."""
    mine = select(SignUp.item).join(Seat, Seat.sign_up_id == SignUp.id)
    return list(db.session.scalars(mine.where(Seat.registration_id == entry.id, Seat.state == SeatState.TAKEN)))


def mine(entry):
    """{guid: Seat} of a registration, with its sign-ups."""
    statement = select(Seat).join(Seat.sign_up).where(Seat.registration_id == entry.id)
    seats = db.session.scalars(statement.options(contains_eager(Seat.sign_up)))
    return {seat.sign_up.item: seat for seat in seats}


def ahead(seat):
    """How many wait before a seat."""
    before = select(func.count()).where(Seat.sign_up_id == seat.sign_up_id, Seat.turn < seat.turn)
    return db.session.scalar(before)


def next_in_line(row, number):
    """The first of those who wait, as many as there are places, with a confirmed registration."""
    line = select(Seat).join(Seat.registration).where(Seat.sign_up_id == row.id, Seat.state == SeatState.WAITING)
    confirmed = line.where(Registration.state == State.CONFIRMED).order_by(Seat.turn)
    return list(db.session.scalars(confirmed.options(*_whole()).limit(max(number, 0)), execution_options=FRESH))


def ended(meeting_id):
    """[(key of the sign-up, key of the registration)] of the seats whose registrations are not confirmed any more."""
    return [tuple(row) for row in db.session.execute(_ended(Registration.meeting_id == meeting_id))]


def meetings_with_ended():
    """The keys of the meetings that have such seats."""
    return list(db.session.scalars(_ended().with_only_columns(Registration.meeting_id).order_by(None).distinct()))


def _ended(*clauses):
    seats = select(Seat.sign_up_id, Seat.registration_id).join(Registration, Seat.registration_id == Registration.id)
    found = seats.where(Registration.state != State.CONFIRMED, *clauses)
    return found.order_by(Seat.sign_up_id, Seat.registration_id)


def signed_up(meeting):
    """{guid: ids of the people who have a place or wait} of a meeting, for those who are told of changes."""
    found: dict = {}
    statement = select(SignUp.item, Registration.person_id).join(Seat, Seat.sign_up_id == SignUp.id)
    theirs = statement.join(Registration, Seat.registration_id == Registration.id)
    for item, person in db.session.execute(theirs.where(SignUp.meeting_id == meeting.id)):
        found.setdefault(item, set()).add(person)
    return found


def miscounted():
    """Every sign-up whose counts are not those of its seats, in words; empty when all agree."""
    rows = func.count(Seat.id).filter(Seat.state == SeatState.TAKEN)
    line = func.count(Seat.id).filter(Seat.state == SeatState.WAITING)
    statement = select(SignUp.item, SignUp.taken, rows, SignUp.waiting, line).outerjoin(Seat).group_by(SignUp.id)
    wrong = db.session.execute(statement.having((SignUp.taken != rows) | (SignUp.waiting != line)))
    return [f"session {item}: {taken}+{waiting} counted, {a}+{b} seats" for item, taken, a, waiting, b in wrong]


def _whole():
    return (
        joinedload(Seat.sign_up),
        joinedload(Seat.registration).joinedload(Registration.person),
        joinedload(Seat.registration).joinedload(Registration.category),
        joinedload(Seat.registration).joinedload(Registration.hosted_by),
    )
