"""What staff do to the rooms and tracks of a meeting: names, order, colours. What is not named in a form stays as it is."""

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from conference import audit
from conference.kernel import Refusal, Stale, db, stamp_of
from conference.schedule import draft
from conference.schedule.claiming import hold
from conference.schedule.models import Presentation, Room, Session, Track
from conference.schedule.timetable.rules import skeleton, told_apart

_STANDING = {Room: draft.rooms, Track: draft.tracks}
VERBS = {Room: "set rooms of", Track: "set tracks of"}


def stamp(meeting, table):
    """The stamp of the rooms or tracks of a meeting."""
    return stamp_of([(row.id, row.name, _colour(row), row.position) for row in _STANDING[table](meeting)])


def set_names(meeting, table, rows, *, seen, by, now, is_apart=False):
    """Write rows (id or None, name, colour, gone) of Room or Track in their order; sessions and talks follow a new name.

    Stale when somebody was faster. Refusal for a name that is there twice, for a new one that looks like another unless it `is_apart`,
    and for a room or track that is taken away and still used.
    """
    hold(meeting)
    if seen != stamp(meeting, table):
        raise Stale(_("Somebody else has saved these since you opened them. What you typed is still here."))
    known = {row.id: row for row in _STANDING[table](meeting)}
    before = [_told(row) for row in known.values()]
    for key in dict.fromkeys(key for key, _name, _colour, gone in rows if gone and key in known):
        _remove(meeting, known.pop(key))
    kept = [(known.get(key), name, colour) for key, name, colour, gone in rows if not gone]
    _check_names(known, kept, is_apart=is_apart)
    for position, (row, name, colour) in enumerate(kept):
        _write(meeting, table, row, name, colour, position)
    db.session.flush()
    _tell(meeting, table, before, by, now)


def _tell(meeting, table, before, by, now):
    after = [_told(row) for row in _STANDING[table](meeting)]
    if before != after:
        part = "rooms" if table is Room else "tracks"
        facts = {"before": {part: before}, "after": {part: after}}
        audit.record(by=by, verb=VERBS[table], subject=meeting, now=now, **facts)


def _remove(meeting, row):
    if db.session.scalar(select(Session.id).where(_uses(row, Session)).limit(1)) or db.session.scalar(
        select(Presentation.id).where(Presentation.meeting_id == meeting.id, _uses(row, Presentation)).limit(1)
    ):
        raise Refusal(_("Something is still in “%(name)s”: it cannot be taken away.", name=row.name))
    db.session.delete(row)
    db.session.flush()


def _uses(row, table):
    """What of a table is in a room or track; a hall is named in words."""
    if isinstance(row, Track):
        return table.track_id == row.id
    return table.room_id == row.id if table is Session else table.hall == row.name


def _check_names(known, kept, *, is_apart):
    written = {row.id: name for row, name, _colour in kept if row}
    names = [name for _row, name, _colour in kept] + [row.name for key, row in known.items() if key not in written]
    owners = {row.name: row for row in known.values()}
    if len(names) != len(set(names)) or any(owners.get(name, row) is not row for row, name, _colour in kept):
        raise Refusal(_("Two would have the same name. To let two change names, give one of them another name first."))
    for row, name, _colour in () if is_apart else kept:
        if row is None or row.name != name:
            _refuse_alike(name, names)


def _refuse_alike(name, names):
    alike = [each for each in names if each != name and skeleton(each) == skeleton(name)]
    if alike:
        ((others,),) = [told_apart([alike[0], name])]
        raise Refusal(_("These names look the same: %(names)s. Say below that they are two.", names=others))


def _write(meeting, table, row, name, colour, position):
    if row is None:
        row = table(meeting_id=meeting.id, name=name)
        db.session.add(row)
    elif row.name != name:
        _rename(meeting, row, name)
    row.position = position
    if isinstance(row, Track):
        row.colour = colour


def _rename(meeting, row, name):
    """Sessions keep their room by its row, halls by its name; who has a session open with the old name is told."""
    if isinstance(row, Room):
        halls = (Presentation.meeting_id == meeting.id, Presentation.hall == row.name)
        theirs = select(Presentation.session_id).where(*halls)
        touched = or_(Session.room_id == row.id, Session.id.in_(theirs))
        db.session.execute(update(Session).where(touched).values(version=Session.version + 1))
        db.session.execute(update(Presentation).where(*halls).values(hall=name))
    row.name = name


def _colour(row):
    return getattr(row, "colour", "")


def _told(row):
    return f"{row.name} ({row.colour})" if _colour(row) else row.name
