"""A new session, placed or in the pool."""

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.schedule import draft
from conference.schedule.addressed import find_meeting
from conference.schedule.timetable import making, moving, queries
from conference.schedule.timetable.forms import NewForm
from conference.schedule.timetable.pages.blueprint import board_of, bp
from conference.schedule.timetable.rooms import room_typed
from conference.schedule.timetable.rules import told_apart
from conference.web import allow, refuse_into, staff


@bp.get("/new")
@allow(staff("programme"))
def new(code):
    """The form of a new session."""
    return _page(find_meeting(code), NewForm(day=request.args.get("day"), minutes=60))


@bp.post("/new")
@allow(staff("programme"))
def add(code):
    """Make a session."""
    meeting, form = find_meeting(code), NewForm.of_request()
    form.of(queries.days(meeting), draft.rooms(meeting))
    if not form.validate():
        return _page(meeting, form), 422
    try:
        with transaction():
            made, entry = making.add(
                meeting=meeting, title=form.title.data, kind=form.kind.data, room=_room(meeting, form),
                starts=moving.instant(meeting, form.chosen_day, form.clock.data) if form.clock.data else None,
                minutes=form.minutes.data, by=current_user.person, now=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(meeting, form), 422
    return redirect(board_of(meeting, form.chosen_day, entry=entry, number=made.number), 303)


def _page(meeting, form):
    rooms = draft.rooms(meeting)
    form.of(queries.days(meeting), rooms)
    return render_template(
        "schedule/timetable/new.html",
        meeting=meeting,
        form=form,
        kinds=queries.kinds_of_sessions(meeting),
        lookalikes=told_apart(room.name for room in rooms),
        back=url_for(".board", code=meeting.code, day=form.day.data),
    )


def _room(meeting, form):
    """The room that was chosen, or the typed one; Refusal for one that only looks like another, unless that is meant."""
    typed = form.new_room.data
    if not typed:
        return queries.room_of(meeting, form.room_id) if form.room_id else None
    return room_typed(meeting, typed, is_apart=form.is_apart.data, field="new_room")
