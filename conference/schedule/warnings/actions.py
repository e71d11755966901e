"""What staff decide about warnings: what is checked, how far rooms are from each other, what may stand."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from conference import audit
from conference.kernel import Refusal, claimed, db, insert_once
from conference.schedule.models import CheckPolicy, Room, SetAside, Walk

LONGEST_WALK = 240


def set_aside(*, meeting, warning, reason, by, now):
    """Let a warning stand, with the reason, for as long as what it rests on stays as it is."""
    told = {"state": warning.state, "reason": reason, "by_id": by.id if by else None, "at": now}
    insert_once(SetAside.__table__, {"meeting_id": meeting.id, "key": warning.key, **told})
    db.session.execute(update(SetAside).where(*_mine(meeting, warning.key)).values(**told))
    audit.record(by=by, verb="set a warning aside in", subject=meeting, now=now, note=reason)


def take_up_again(*, meeting, key, by, now):
    """A warning that was set aside is shown again; Refusal when it was not, or no longer is."""
    if not claimed(delete(SetAside).where(*_mine(meeting, key))):
        raise Refusal(_("This warning is not set aside any more."))
    audit.record(by=by, verb="took a warning up again in", subject=meeting, now=now)


def decide_checks(*, meeting, walk_minutes, disclosing, by, now):
    """Keep what the programme is checked against."""
    insert_once(CheckPolicy.__table__, {"meeting_id": meeting.id, "walk_minutes": 0, "disclosing": "speaking"})
    row = db.session.scalar(select(CheckPolicy).where(CheckPolicy.meeting_id == meeting.id))
    before = {"walk_minutes": row.walk_minutes, "disclosing": row.disclosing}
    row.walk_minutes, row.disclosing = walk_minutes, disclosing
    db.session.flush()
    before, after = audit.differing(before, {"walk_minutes": walk_minutes, "disclosing": disclosing})
    if after:
        audit.record(by=by, verb="decided on checks of", subject=meeting, now=now, before=before, after=after)


def set_walk(*, meeting, one, other, minutes, by, now):
    """Keep how long it takes from one room to another and back; Refusal when they are the same, or not of this meeting."""
    rooms = {room.id: room for room in db.session.scalars(_rooms(meeting, one, other))}
    if one == other:
        raise Refusal(_("Choose two different rooms"), field="other")
    if len(rooms) < 2:
        raise Refusal(_("One of these rooms is not there any more"), field="one")
    first, second = sorted(rooms)
    insert_once(Walk.__table__, {"meeting_id": meeting.id, "one_id": first, "other_id": second, "minutes": minutes})
    db.session.execute(update(Walk).where(Walk.one_id == first, Walk.other_id == second).values(minutes=minutes))
    told = {"way": f"{rooms[first].name} – {rooms[second].name}", "minutes": minutes}
    audit.record(by=by, verb="measured a way in", subject=meeting, now=now, after=told)


def forget_walk(*, meeting, key, by, now):
    """The usual minutes hold again between two rooms; nothing when it is gone already."""
    if claimed(delete(Walk).where(Walk.meeting_id == meeting.id, Walk.id == key)):
        audit.record(by=by, verb="forgot a way in", subject=meeting, now=now)


def _mine(meeting, key):
    return SetAside.meeting_id == meeting.id, SetAside.key == key


def _rooms(meeting, one, other):
    return select(Room).where(Room.meeting_id == meeting.id, Room.id.in_((one, other)))
