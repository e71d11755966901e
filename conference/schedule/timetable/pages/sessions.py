"""Where a session stands: a small form, the pool, copies, and what is not held after all."""

from flask import redirect, render_template, request
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction, whole_number
from conference.schedule import draft
from conference.schedule.abstracts import earlier
from conference.schedule.addressed import find_session
from conference.schedule.claiming import Stale, last_of
from conference.schedule.rules import day_of
from conference.schedule.timetable import board, making, moving, queries
from conference.schedule.timetable.forms import PlaceForm
from conference.schedule.timetable.pages.blueprint import board_of, bp
from conference.schedule.timetable.rules import told_apart
from conference.web import allow, refuse_into, staff


@bp.get("/<int:number>")
@allow(staff("programme"))
def session(code, number):
    """The small form of one session."""
    meeting, found = find_session(code, number)
    return _page(meeting, found, _filled(meeting, found))


@bp.post("/<int:number>")
@allow(staff("programme"))
def place(code, number):
    """Put a session where it was dropped or typed to be."""
    meeting, found = find_session(code, number)
    form = _of(meeting, PlaceForm.of_request())
    if not form.validate():
        return _page(meeting, found, form), 422
    try:
        with earlier.told(meeting), transaction():
            entry = moving.place(
                meeting=meeting, session=found, version=form.version.data, day=form.chosen_day, clock=form.clock.data,
                minutes=form.minutes.data, room=_room(meeting, form), by=current_user.person, now=clock.now(),
            )  # fmt: skip
    except Stale as refusal:
        return _stale(code, number, form, refusal)
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting, found = find_session(code, number)
        return _page(meeting, found, form), 422
    return redirect(board_of(meeting, form.chosen_day, entry=entry, number=number), 303)


@bp.post("/<int:number>/pool")
@allow(staff("programme"))
def into_pool(code, number):
    """Take a session's time away."""
    return _act(code, number, moving.into_pool)


@bp.post("/<int:number>/removal")
@allow(staff("programme"))
def remove(code, number):
    """Cancel a session, or take one off that the public never had."""
    return _act(code, number, making.remove)


@bp.post("/<int:number>/copy")
@allow(staff("programme"))
def copy(code, number):
    """A copy of a session waits in the pool."""
    meeting, found = find_session(code, number)
    with transaction():
        made, entry = making.copy(meeting=meeting, session=found, by=current_user.person, now=clock.now())
    return redirect(board_of(meeting, found.day, entry=entry, number=made.number), 303)


def _act(code, number, action):
    meeting, found = find_session(code, number)
    stood, version = found.day, whole_number(request.form.get("version", ""), 9) or 0
    try:
        with earlier.told(meeting), transaction():
            entry = action(meeting=meeting, session=found, version=version, by=current_user.person, now=clock.now())
    except Stale as refusal:
        return _stale(code, number, None, refusal)
    return redirect(board_of(meeting, stood, entry=entry, number=number), 303)


def _stale(code, number, form, refusal):
    """Who was faster, what stands now and what was wanted; the form as it was typed upon what stands now."""
    meeting, found = find_session(code, number)
    wanted = form
    if form is None:
        form = _filled(meeting, found)
    form.version.data, form.version.raw_data = found.version, None
    last = last_of(found)
    stale = {
        "words": str(refusal),
        "last": board.told(meeting, last) if last else None,
        "now": board.when(meeting, found),
        "wanted": _wanted(wanted) if wanted else None,
    }
    return _page(meeting, found, form, stale=stale), 409


def _room(meeting, form):
    return queries.room_of(meeting, form.room_id) if form.room_id else None


def _wanted(form):
    rooms = dict(form.room.choices)
    return form.chosen_day, f"{form.clock.data:%H:%M}", form.minutes.data, rooms.get(form.room.data, "")


def _filled(meeting, found):
    standing = (found.starts_at or found.pool_from or clock.now()).astimezone(meeting.zone)
    form = PlaceForm(
        day=day_of(standing).isoformat(),
        clock=standing.time() if found.starts_at or found.pool_from else None,
        minutes=moving.minutes_of(found),
        room=str(found.room_id or ""),
        version=found.version,
    )
    return _of(meeting, form)


def _of(meeting, form):
    return form.of(queries.days(meeting), draft.rooms(meeting))


def _page(meeting, found, form, *, stale=None):
    return render_template(
        "schedule/timetable/session.html",
        meeting=meeting,
        session=found,
        form=form,
        stale=stale,
        when=board.when(meeting, found),
        lookalikes=told_apart(room.name for room in draft.rooms(meeting)),
        is_public=queries.was_released(meeting, found.guid),
        back=board_of(meeting, found.day, number=found.number),
    )
