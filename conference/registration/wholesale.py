"""Registering many at once, and taking that back: the same rows as one by one, written in few statements."""

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from conference import jobs
from conference.kernel import claimed, db
from conference.registration.actions import CHOSEN
from conference.registration.models import Place, Pool, Registration
from conference.registration.rules import Mode, SoldOut, State

__all__ = ["CHOSEN", "by_ids", "claim", "forget", "give_up", "in_meeting", "lines_for", "put_back", "register_many"]


def register_many(meeting, wanted, *, now):
    """Registrations, one for each (person id, category, whether it is settled) in `wanted`; their places are claimed apart."""
    entries = [_entry(meeting, each, now) for each in wanted]
    db.session.add_all(entries)
    db.session.flush()
    return entries


def claim(taken, *, now):
    """A place for each registration of {pool: [registration]}: last of all, since others wait meanwhile; SoldOut."""
    for pool in sorted(taken, key=lambda each: each.id):
        _claim(pool, taken[pool], now)


def lines_for(entry, lines):
    """Lines that were priced for nobody in particular, as lines about this registration."""
    return tuple(
        replace(
            line,
            reference=entry.id if line.kind == "registration" else line.reference,
            rule={**line.rule, "registration": entry.id},
        )
        for line in lines
    )


def in_meeting(meeting, person_ids):
    """{person id: registration} of those people who have one for the meeting, in any state."""
    statement = select(Registration).where(
        Registration.meeting_id == meeting.id, Registration.person_id.in_(person_ids)
    )
    return {each.person_id: each for each in db.session.scalars(statement)}


def by_ids(entry_ids):
    """{id: registration} of these registrations as they are now."""
    statement = select(Registration).where(Registration.id.in_(entry_ids))
    return {each.id: each for each in db.session.scalars(statement.execution_options(populate_existing=True))}


def give_up(entry_ids):
    """Give the places of these registrations back, as if they had never been taken: for an import that is undone."""
    counted = select(Place.pool_id, func.count()).where(Place.registration_id.in_(entry_ids)).group_by(Place.pool_id)
    for pool_id, count in sorted(db.session.execute(counted).all()):
        db.session.execute(update(Pool).where(Pool.id == pool_id).values(taken=Pool.taken - count))
    db.session.execute(delete(Place).where(Place.registration_id.in_(entry_ids)))
    jobs.soon("waiting")


def put_back(entry_id, before):
    """Make a registration what it was before, its places given up already."""
    when = before["confirmed_at"]
    values = {**before, "confirmed_at": datetime.fromisoformat(when) if when else None}
    db.session.execute(update(Registration).where(Registration.id == entry_id).values(**values))


def forget(entry_ids):
    """Take registrations away whose places were given up, as if they had never been."""
    db.session.execute(delete(Registration).where(Registration.id.in_(entry_ids)))


def _entry(meeting, each, now):
    person_id, category, is_settled = each
    return Registration(
        meeting_id=meeting.id,
        person_id=person_id,
        category_id=category.id,
        state=State.CONFIRMED if is_settled else State.HELD,
        mode=str(Mode.IN_PERSON),
        wanted=[],
        ribbons=[],
        started_at=now,
        confirmed_at=now if is_settled else None,
    )


def _claim(pool, entries, now):
    room = (Pool.places.is_(None)) | (Pool.taken + len(entries) <= Pool.places)
    if not claimed(
        update(Pool).where(Pool.id == pool.id, room, Pool.waiting == 0).values(taken=Pool.taken + len(entries))
    ):
        raise SoldOut(_("%(what)s: no place is left.", what=pool.name))
    states = {State.CONFIRMED: "kept", State.HELD: "held"}
    db.session.add_all(
        Place(pool_id=pool.id, registration_id=entry.id, state=states[entry.state], claimed_at=now) for entry in entries
    )
    db.session.flush()
