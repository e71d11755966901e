"""The rooms and tracks of a programme: their names, order and colours."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, Stale, clock, transaction
from conference.schedule import draft, rooms_and_tracks
from conference.schedule.addressed import find_meeting
from conference.schedule.models import Room, Track
from conference.schedule.staff.blueprint import bp
from conference.schedule.staff.rooms_form import RoomsForm, TracksForm, rooms_form, tracks_form
from conference.schedule.timetable.rules import told_apart
from conference.web import allow, refuse_into, staff


@bp.get("/<code>/rooms")
@allow(staff("programme"))
def rooms(code):
    """Both editors."""
    return _show(find_meeting(code))


@bp.post("/<code>/rooms")
@allow(staff("programme"))
def set_rooms(code):
    """Write the rooms."""
    return _set(code, Room, RoomsForm.of_request(), "rooms")


@bp.post("/<code>/tracks")
@allow(staff("programme"))
def set_tracks(code):
    """Write the tracks."""
    return _set(code, Track, TracksForm.of_request(), "tracks")


def _set(code, table, form, part):
    meeting = find_meeting(code)
    if not form.validate():
        return _show(meeting, **{part: form}), 422
    try:
        with transaction():
            who = {"by": current_user.person, "now": clock.now()}
            rooms_and_tracks.set_names(
                meeting, table, form.rows, seen=form.seen.data, is_apart=form.is_apart.data, **who
            )
    except Refusal as refusal:
        meeting = find_meeting(code)
        if isinstance(refusal, Stale):
            form.seen.data, form.seen.raw_data = rooms_and_tracks.stamp(meeting, table), None
        refuse_into(form, refusal)
        return _show(meeting, **{part: form}), 409
    flash(_("Saved in the draft. The public programme changes with the next release."), "good")
    return redirect(url_for(".rooms", code=meeting.code, _anchor=part), 303)


def _show(meeting, *, rooms=None, tracks=None):
    lists = (draft.rooms(meeting), draft.tracks(meeting))
    return render_template(
        "schedule/staff/rooms.html",
        meeting=meeting,
        rooms=rooms or rooms_form(meeting, rooms_and_tracks.stamp(meeting, Room)),
        tracks=tracks or tracks_form(meeting, rooms_and_tracks.stamp(meeting, Track)),
        faulty=rooms if rooms is not None else tracks,
        lookalikes=[told_apart(row.name for row in rows) for rows in lists],
        story=audit.happenings(
            [each for each in audit.story_of(meeting) if each.verb in rooms_and_tracks.VERBS.values()]
        ),
    )
