"""What staff do to a list as a whole: its order, its pause, how long offers stand. Each is remembered with its reason."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, jobs
from conference.kernel import Refusal, db
from conference.registration.waiting import queries
from conference.registration.waiting.models import Wait, WaitPace
from conference.registration.waiting.rules import Pace, WaitState, shifted
from conference.registration.waiting.taking import lock


def move_to(wait, number, *, reason, by, now):
    """Put somebody who waits at the `number`th place of their list, for a reason; whether that changed anything."""
    lock(wait.pool_id)
    fresh = queries.wait_by_id(wait.id)
    if fresh.state != WaitState.WAITING:
        raise Refusal(_("They do not wait any more."))
    before = queries.number_ahead(fresh) + 1
    found = shifted(queries.positions_in(fresh.pool_id), fresh.position, number)
    if found is None:
        return False
    new, (lowest, highest), by_much = found
    others = update(Wait).where(Wait.pool_id == fresh.pool_id, Wait.state == str(WaitState.WAITING))
    others = others.where(Wait.position.between(lowest, highest)).values(position=Wait.position + by_much)
    db.session.execute(others, execution_options={"synchronize_session": False})
    fresh.position = new
    db.session.flush()
    after = queries.number_ahead(fresh) + 1
    places = {"before": {"position": before}, "after": {"position": after}}
    audit.record(by=by, verb="moved on the waiting list", subject=fresh, now=now, note=reason, **places)
    return True


def pause(pool, *, is_paused, by, now):
    """Offer nothing of a pool any more, or go on; what is offered already stands."""
    fresh = lock(pool.id)
    if fresh.is_paused == is_paused:
        return
    fresh.is_paused = is_paused
    verb = "paused the waiting list" if is_paused else "resumed the waiting list"
    audit.record(by=by, verb=verb, subject=fresh, now=now, note=fresh.name)
    db.session.flush()
    jobs.soon("waiting")


def set_pace(meeting, *, by, now, **hours):
    """For how many hours the meeting's offers stand from now on; those that are out keep their end."""
    row = db.session.scalar(select(WaitPace).where(WaitPace.meeting_id == meeting.id))
    before = vars(row.as_rule() if row else Pace())
    if row is None:
        row = WaitPace(meeting_id=meeting.id)
        db.session.add(row)
    for name, value in hours.items():
        setattr(row, name, value)
    db.session.flush()
    if before != hours:
        audit.record(by=by, verb="set the hours of offers", subject=row, now=now, before=dict(before), after=hours)
    return row
