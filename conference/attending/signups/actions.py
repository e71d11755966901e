"""The verbs of signing up: sign up, give back, and who moves up. Everything counts under the lock of the sign-up.

Locks: the registration first, the sign-up last, several sign-ups in the order of their keys.
"""

from sqlalchemy import delete, update

from conference import audit, meetings, schedule
from conference.attending import held
from conference.attending.signups import mails, queries, rules, words
from conference.attending.signups.models import Seat, SignUp
from conference.attending.signups.rules import SeatState
from conference.kernel import Refusal, claimed, db, insert_once
from conference.registration import registration_in

TAKEN, WAITING = str(SeatState.TAKEN), str(SeatState.WAITING)


def sign_up(entry, sign_up_id, *, meeting, now):
    """A place in a session for a registration, or one in line; the Seat, which is the one there is already for whoever has it.

    The session is put into the person's schedule. Refusal when the session is full, closed, at the time of another place, or not
    for them.
    """
    person, is_confirmed = entry.person, held.lock_entry(entry)
    entry = registration_in(meeting, person) or entry  # as it is under the lock: its kind and days may have changed
    row = queries.lock(sign_up_id)
    found = queries.seat_in(row, entry)
    if found is not None:
        return found
    sessions = held.held_in(held.programme_of(meeting))
    ticket = held.ticket_of(entry) if is_confirmed else None
    others = [sessions[item] for item in queries.items_taken(entry) if item in sessions]
    why, clash = rules.why_not(row, sessions.get(row.item), ticket, others, now)
    if why is not None:
        raise Refusal(words.refusal(why, row, meeting, clash))
    seat = _seat(row, entry, now)
    itinerary = schedule.itineraries.begin(person=person, now=now)
    schedule.itineraries.star(itinerary=itinerary, meeting_id=meeting.id, item=row.item, now=now)
    return seat


def give_back(seat, *, meeting, now):
    """The person comes no more, or waits no more: the next in line has the place. Twice is once."""
    row = queries.lock(seat.sign_up_id)
    if _remove(row, seat.registration_id):
        move_up(row, meeting=meeting, now=now)


def move_up(row, *, meeting, now):
    """Give places that are free to those who wait, in their order, and write to them; the sign-up is locked. How many.

    Nobody is moved once the session has begun or is not held: they could not know it in time.
    """
    session = held.held_in(held.programme_of(meeting)).get(row.item)
    if session is None or now >= session.starts:
        return 0
    moved = queries.next_in_line(row, row.places - row.taken)
    for seat in moved:
        _claim(row, seat.id)
        mails.moved_up(seat, row, session, meeting=meeting, now=now)
    db.session.refresh(row)
    return len(moved)


def add(entry, row, *, meeting, reason, by, now):
    """Staff give somebody a place, whatever the hours and whoever waits; Refusal when none is left, or they have one."""
    is_confirmed = held.lock_entry(entry)
    row = queries.lock(row.id)
    found = queries.seat_in(row, entry)
    if not is_confirmed:
        raise Refusal(_not_registered(), field="email")
    if found is not None and found.state == TAKEN:
        raise Refusal(words.has_place(entry), field="email")
    if row.taken >= row.places:
        raise Refusal(words.none_left(row), field="email")
    if found is not None:
        _claim(row, found.id)
    else:
        _insert(row, entry, TAKEN, now)
    seat = queries.seat_in(row, entry)
    audit.record(by=by, verb="gave a place in a session to", subject=entry, now=now, note=reason)
    session = held.held_in(held.programme_of(meeting)).get(row.item)
    mails.added(seat, session, meeting=meeting, now=now)
    return seat


def remove(seat, *, meeting, reason, by, now):
    """Staff take somebody out of a session, or of its line; they are told why."""
    row = queries.lock(seat.sign_up_id)
    if not _remove(row, seat.registration_id):
        raise Refusal(words.gone())
    audit.record(by=by, verb="took out of a session", subject=seat.registration, now=now, note=reason)
    session = held.held_in(held.programme_of(meeting)).get(row.item)
    mails.removed(seat, session, reason, meeting=meeting, now=now)
    move_up(row, meeting=meeting, now=now)


def follow(meeting_id, *, now):
    """Registrations of a meeting have ended: their places in sessions go to the next in line. How many places and turns there were."""
    seats = queries.ended(meeting_id)
    for row_id in sorted({row_id for row_id, _entry in seats}):
        row = queries.lock(row_id)
        for entry_id in (entry_id for of, entry_id in seats if of == row_id):
            _remove(row, entry_id)
        move_up(row, meeting=meetings.by_id(meeting_id), now=now)
    return len(seats)


def came(seat, has_come, *, now):
    """Tick somebody off at the door, or take the tick away."""
    ticked = update(Seat).where(Seat.id == seat.id, Seat.state == TAKEN)
    if not claimed(ticked.values(came_at=now if has_come else None)):
        raise Refusal(words.gone())


def refuse_unregistered():
    """Refusal for whoever has no registration at all."""
    raise Refusal(_not_registered())


def _not_registered():
    return words.refusal(rules.Why.NOT_REGISTERED, None, None, None)


def _seat(row, entry, now):
    state = TAKEN if rules.is_free(row) else WAITING
    if not _insert(row, entry, state, now):
        return queries.seat_in(row, entry)
    verb = "signed up for a session" if state == TAKEN else "waits for a session"
    audit.record(by=entry.person, verb=verb, subject=entry, now=now, note=row.item)
    return queries.seat_in(row, entry)


def _insert(row, entry, state, now):
    """Write the seat and count it; False when the registration has one. SoldOut cannot be: the lock is held, the database says it too."""
    turn = row.turn + 1 if state == WAITING else None
    seat = {"sign_up_id": row.id, "registration_id": entry.id, "state": state, "turn": turn, "at": now}
    if not insert_once(Seat.__table__, seat):
        return False
    mine = update(SignUp).where(SignUp.id == row.id)
    if state == TAKEN:
        counted = claimed(_one_more(mine))
    else:
        counted = claimed(mine.values(waiting=SignUp.waiting + 1, turn=turn))
    if not counted:
        raise Refusal(words.none_left(row))
    db.session.refresh(row)
    return True


def _one_more(mine):
    """The claim: it finds no row when every place is taken, whatever was read before."""
    return mine.where(SignUp.taken < SignUp.places).values(taken=SignUp.taken + 1)


def _claim(row, seat_id):
    """Whoever waits has a place from now on."""
    seat = update(Seat).where(Seat.id == seat_id, Seat.state == WAITING)
    mine = update(SignUp).where(SignUp.id == row.id, SignUp.taken < SignUp.places)
    if not claimed(seat.values(state=TAKEN, turn=None)):
        raise Refusal(words.gone())
    if not claimed(mine.values(taken=SignUp.taken + 1, waiting=SignUp.waiting - 1)):
        raise Refusal(words.none_left(row))


def _remove(row, entry_id):
    """Delete the seat; whoever deletes it lowers the count, so it is lowered once. Whether there was one."""
    mine = delete(Seat).where(Seat.sign_up_id == row.id, Seat.registration_id == entry_id).returning(Seat.state)
    state = db.session.scalar(mine, execution_options={"synchronize_session": False})
    if state is None:
        return False
    lower = {"taken": SignUp.taken - 1} if state == TAKEN else {"waiting": SignUp.waiting - 1}
    claimed(update(SignUp).where(SignUp.id == row.id).values(**lower))
    db.session.refresh(row)
    return True
