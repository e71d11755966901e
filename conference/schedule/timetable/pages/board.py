"""A day of the timetable, and a change that is taken back."""

from flask import abort, redirect, render_template, request
from flask_login import current_user

from conference import audit
from conference.kernel import clock, transaction, whole_number
from conference.schedule.abstracts import earlier
from conference.schedule.addressed import find_meeting
from conference.schedule.rules import day_of
from conference.schedule.timetable import board as boards
from conference.schedule.timetable import queries, undoing
from conference.schedule.timetable.pages.blueprint import board_of, bp
from conference.web import allow, staff


@bp.get("")
@allow(staff("programme"))
def board(code):
    """The rooms of a day side by side, what waits in the pool, and what was changed last."""
    meeting = find_meeting(code)
    days = queries.days(meeting)
    day = _day(meeting, days)
    first_room = max((whole_number(request.args.get("rooms", ""), 4) or 1) - 1, 0)
    done = whole_number(request.args.get("done", ""), 18)
    changes = boards.last_changes(meeting)
    return render_template(
        "schedule/timetable/board.html",
        meeting=meeting,
        day=day,
        days=boards.day_links(meeting, days, day, first_room),
        board=boards.of(meeting, day, first_room),
        pool=boards.pool(meeting),
        changes=changes,
        done=next((change for change in changes if change["id"] == done), None),
    )


@bp.post("/changes/<int:entry_id>/undo")
@allow(staff("programme"))
def undo(code, entry_id):
    """Take a change back."""
    meeting = find_meeting(code)
    with earlier.told(meeting), transaction():
        entry = audit.entry_by_id(entry_id) or abort(404)
        session, _row = undoing.subject_of(meeting, entry)
        if session is None:
            abort(404)
        version = whole_number(request.form.get("version", ""), 9) or 0
        made = undoing.undo(meeting=meeting, entry=entry, version=version, by=current_user.person, now=clock.now())
    day = session.day or _day(meeting, queries.days(meeting), request.form.get("day"))
    return redirect(board_of(meeting, day, entry=made, number=session.number), 303)


def _day(meeting, days, asked=None):
    """The day that is asked for, else today where the meeting is if it is one of them, else the first."""
    asked = asked or request.args.get("day", "")
    known = {day.isoformat(): day for day in days}
    return known.get(asked) or known.get(day_of(clock.now().astimezone(meeting.zone)).isoformat()) or days[0]
