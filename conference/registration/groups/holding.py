"""Holding the places of many seats at once: a few statements, whatever their number."""

from flask_babel import gettext as _
from sqlalchemy import insert, select, update

from conference import people
from conference.kernel import Refusal, db, insert_missing
from conference.people import Person
from conference.registration import places
from conference.registration.actions import fresh
from conference.registration.models import Booking, Registration
from conference.registration.rules import Mode, State

_FREE = (str(State.DRAFT), str(State.CANCELLED))


def enrol(meeting, seats, *, now, institution=""):
    """{seat id: its person's registration}, begun as a draft for whoever had none; who is not known yet is entered, as
    somebody of the `institution` if one is given.

    Refusal when somebody is registered already. The rows are locked in the order of their keys until the commit.
    """
    persons = _persons(seats, institution, now)
    in_order = sorted(persons.values(), key=lambda person: person.id)
    insert_missing(Registration.__table__, [fresh(meeting, person, now) for person in in_order])
    found = _locked(meeting, [person.id for person in in_order])
    taken = [seat.name for seat in seats if found[persons[seat.id].id].state not in _FREE]
    if taken:
        raise Refusal(_("Registered already: %(who)s. Take them off the roster.", who=", ".join(taken[:10])))
    return {seat.id: found[persons[seat.id].id] for seat in seats}


def hold_all(entries, add_ons, *, now):
    """Hold the places of [(seat, registration)]; `add_ons` by code. SoldOut or Refusal, and then nothing may be kept."""
    for choice, ids in _by_choice(entries).items():
        _hold(ids, dict(choice))
    bookings = [
        {"registration_id": entry.id, "add_on_id": add_ons[code].id, "state": "held"}
        for seat, entry in entries
        for code in seat.wanted
    ]
    if bookings:
        db.session.execute(insert(Booking), bookings)
    names = {pool.id: name for seat, _entry in entries for pool, name in _pools(seat, add_ons)}
    offered = places.offered_among([entry.id for _seat, entry in entries])
    claims = {(entry.id, pool.id) for seat, entry in entries for pool, _n in _pools(seat, add_ons)}
    places.claim_all(sorted(claim for claim in claims if claim[0] not in offered), names, now=now)
    for seat, entry in entries:
        if entry.id in offered:
            places.claim(entry, {pool.id: name for pool, name in _pools(seat, add_ons)}, now=now)


def _persons(seats, institution, now):
    """{seat id: whose it is}; a seat without a person stands for somebody of whom the institution alone is known, the same each time."""
    named = {seat.email: (seat.given_name, seat.family_name) for seat in seats if seat.email}
    by_email = people.find_or_enter_all(named, now=now, institution=institution) if named else {}
    found = {seat.id: by_email[seat.email] for seat in seats if seat.email}
    known = _people_of([seat.registration_id for seat in seats if not seat.email and seat.registration_id])
    for seat in seats:
        if not seat.email:
            again = known.get(seat.registration_id)
            found[seat.id] = again or people.enter(institution=seat.institution, now=now)
    return found


def _people_of(registration_ids):
    """{registration id: its person}."""
    rows = select(Registration.id, Person).join(Person, Registration.person_id == Person.id)
    return dict(db.session.execute(rows.where(Registration.id.in_(registration_ids))).all()) if registration_ids else {}


def _locked(meeting, person_ids):
    mine = select(Registration).where(Registration.meeting_id == meeting.id, Registration.person_id.in_(person_ids))
    rows = db.session.scalars(
        mine.order_by(Registration.id).with_for_update().execution_options(populate_existing=True)
    )
    return {row.person_id: row for row in rows}


def _by_choice(entries):
    """{what is chosen, as items: keys of the registrations for which it is}."""
    found = {}
    for seat, entry in entries:
        choice = (("category_id", seat.category_id), ("span", seat.span), ("mode", seat.mode))
        found.setdefault((*choice, ("wanted", tuple(seat.wanted))), []).append(entry.id)
    return found


def _hold(ids, choice):
    values = {
        **choice,
        "wanted": list(choice["wanted"]),
        "state": str(State.HELD),
        "dues_code": "",
        "discount_code": "",
    }
    mine = update(Registration).where(Registration.id.in_(ids), Registration.state.in_(_FREE)).values(**values)
    done = db.session.execute(mine, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
    if done != len(ids):
        raise Refusal(_("Somebody of this group has registered meanwhile. Look at it again."))


def _pools(seat, add_ons):
    """(pool, what it is called) for every place that a seat needs; virtual ones need none on site."""
    for code in seat.wanted:
        yield add_ons[code].pool, add_ons[code].title
    if seat.category.pool is not None and seat.mode == Mode.IN_PERSON:
        yield seat.category.pool, seat.category.pool.name
