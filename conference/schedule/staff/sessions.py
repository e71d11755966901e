"""A session at the desk, all of it, and the order of its talks."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.schedule import actions
from conference.schedule.abstracts import earlier
from conference.schedule.addressed import find_session
from conference.schedule.claiming import Stale, last_of, stale_in_words
from conference.schedule.draft import rooms
from conference.schedule.staff.blueprint import bp
from conference.schedule.staff.session_form import SessionForm, standing
from conference.schedule.timetable import editing, queries
from conference.schedule.timetable.rules import told_apart
from conference.web import allow, refuse_into, refuse_stale, staff


@bp.get("/<code>/sessions/<int:number>")
@allow(staff("programme"))
def session(code, number):
    """One session of the draft, to be changed."""
    meeting, found = find_session(code, number)
    return _editor(meeting, found, _filled(meeting, found))


@bp.post("/<code>/sessions/<int:number>")
@allow(staff("programme"))
def change_session(code, number):
    """Write what was changed."""
    meeting, found = find_session(code, number)
    form = SessionForm.of_request(data=standing(meeting, found)).of(meeting, found)
    if not form.validate():
        return _editor(meeting, found, form), 422
    try:
        with earlier.told(meeting), transaction():
            starts, ends = editing.times(meeting, found, form.starts.data, form.ends.data)
            editing.change_session(
                meeting=meeting,
                session=found,
                version=form.version.data,
                facts=form.facts(found),
                room=form.room.data,
                is_apart=form.is_apart.data,
                starts=starts,
                ends=ends,
                whole=form.whole_number,
                parts=form.parts,
                by=current_user.person,
                now=clock.now(),
            )
    except Stale as refusal:
        meeting, found = find_session(code, number)
        refuse_stale(form, stale_in_words(refusal, last_of(found)), found)
        return _editor(meeting, found, form), 409
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting, found = find_session(code, number)
        return _editor(meeting, found, form), 422
    flash(_("Saved in the draft."), "good")
    return redirect(url_for(".session", code=code, number=number), 303)


@bp.post("/<code>/sessions/<int:number>/order")
@allow(staff("programme"))
def order_talks(code, number):
    """Put the talks of a session into the order of the typed places."""
    meeting, found = find_session(code, number)
    typed = {talk.number: request.form.get(f"place-{talk.number}", "") for talk in found.presentations}
    places = {talk: whole_number(place, 5) for talk, place in typed.items()}
    try:
        with transaction():
            actions.order_talks(
                meeting=meeting,
                session=found,
                version=whole_number(request.form.get("version", ""), 9) or 0,
                places={talk: place for talk, place in places.items() if place},
                by=current_user.person,
                now=clock.now(),
            )
    except Stale as refusal:
        meeting, found = find_session(code, number)
        form = _filled(meeting, found)
        refuse_stale(form, stale_in_words(refusal, last_of(found)), found)
        return _editor(meeting, found, form, typed), 409
    flash(_("The talks are in their new order."), "good")
    return redirect(url_for(".session", code=code, number=number), 303)


def _filled(meeting, found):
    return SessionForm(data=standing(meeting, found), version=found.version)


def _editor(meeting, found, form, places=None):
    """The page of a session; `places` are the typed ones of its talks by number, where they were not written."""
    return render_template(
        "schedule/staff/session.html",
        meeting=meeting,
        session=found,
        form=form.of(meeting, found),
        kinds=queries.kinds_of_sessions(meeting),
        places=places or {},
        lookalikes=told_apart(room.name for room in rooms(meeting)),
        story=audit.happenings(audit.story_of(found)),
    )
