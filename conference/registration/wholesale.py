"""Registering many at once, and taking that back: the same rows as one by one, written in few statements."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, select, update

from conference import jobs
from conference.kernel import Refusal, claimed, db, in_parts, new_badge_code
from conference.registration.actions import CHOSEN
from conference.registration.models import Place, Pool, Registration
from conference.registration.rules import WHOLE, Mode, SoldOut, State

__all__ = [
    "CHOSEN",
    "by_ids",
    "claim",
    "end",
    "give_up",
    "in_meeting",
    "lines_for",
    "put_back",
    "register_many",
    "typed",
]


def register_many(meeting, wanted, *, now, ended=()):
    """Registrations, one for each (person id, category, whether it is settled) in `wanted`; their places are claimed apart.

    Who has one that `ended` ({person id: registration}, cancelled ones) takes it up again; Refusal when somebody was faster.
    """
    again = _still_ended({person_id: ended[person_id] for person_id, _c, _s in wanted if person_id in ended})
    entries = []
    for each in wanted:
        entry = again.get(each[0])
        entries.append(_entry(meeting, each, now) if entry is None else _taken_up(entry, each, now))
    db.session.add_all(entries)
    db.session.flush()
    return entries


def typed(entry):
    """What `put_back` makes of a registration again."""
    when = entry.confirmed_at.isoformat() if entry.confirmed_at else None
    return {"confirmed_at": when, **{name: getattr(entry, name) for name in CHOSEN}}


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
    """Give the places of these registrations back: last of all, since others wait for the pools meanwhile."""
    taken: Counter = Counter()
    for some in in_parts(entry_ids):
        gone = delete(Place).where(Place.registration_id.in_(some), Place.state != "offered").returning(Place.pool_id)
        taken.update(db.session.scalars(gone, execution_options={"synchronize_session": False}))
    for pool_id in sorted(taken):
        db.session.execute(update(Pool).where(Pool.id == pool_id).values(taken=Pool.taken - taken[pool_id]))
    jobs.soon("waiting")


def end(entry_ids):
    """These registrations are cancelled, and their badges void; Refusal, to be rolled back, when somebody changed one."""
    there = Registration.state.in_([State.CONFIRMED, State.HELD])
    mine = select(Registration.id).where(Registration.id.in_(entry_ids), there)
    if set(db.session.scalars(mine.with_for_update())) != set(entry_ids):
        raise Refusal(_("Some of these registrations were changed at this moment. Look again."))
    ended = update(Registration).where(Registration.id == bindparam("key"))
    ended = ended.values(state=str(State.CANCELLED), badge_code=bindparam("code"))
    rows = [{"key": key, "code": new_badge_code()} for key in entry_ids]
    if rows:
        db.session.connection().execute(ended, rows)


def put_back(entry_id, before):
    """Make a registration what it was before, its places given up already."""
    when = before["confirmed_at"]
    values = {**before, "confirmed_at": datetime.fromisoformat(when) if when else None}
    db.session.execute(update(Registration).where(Registration.id == entry_id).values(**values))


def _still_ended(ended):
    mine = select(Registration).where(
        Registration.id.in_([each.id for each in ended.values()]), Registration.state == State.CANCELLED
    )
    found = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).all()
    if len(found) != len(ended):
        raise Refusal(_("Some of these registrations were changed at this moment. Look again."))
    return {each.person_id: each for each in found}


def _taken_up(entry, each, now):
    """As choosing anew does it: what was asked hangs on the category and on how somebody takes part."""
    _person_id, category, is_settled = each
    if (entry.category_id, entry.mode) != (category.id, Mode.IN_PERSON):
        entry.questions_done_at = None
    entry.category_id, entry.span, entry.mode, entry.wanted = category.id, WHOLE, str(Mode.IN_PERSON), []
    entry.dues_code = entry.discount_code = ""
    entry.state = str(State.CONFIRMED if is_settled else State.HELD)
    entry.confirmed_at = now if is_settled else entry.confirmed_at
    return entry


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
