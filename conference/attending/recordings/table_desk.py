"""Recordings from a table at the desk: pasted, checked line by line, then put to sessions and talks all at once or not at all."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import func, select

from conference import meetings
from conference.attending.blueprints import desk
from conference.attending.recordings import actions, table
from conference.attending.recordings.forms import TableForm
from conference.attending.recordings.table import LONGEST_TITLE, MOST, Fault
from conference.attending.typed import categories, instant
from conference.kernel import Refusal, clock, db, transaction
from conference.schedule import Abstract, Presentation, Session
from conference.web import allow, refuse_into, staff

FAULTS = {
    Fault.NUMBER: _l("begins with no number"),
    Fault.LINK: _l("has no address beginning with https://"),
    Fault.TWICE: _l("is there twice"),
    Fault.UNKNOWN: _l("has the number of no session or talk"),
}


@desk.get("/recordings")
@allow(staff("programme"))
def table_of_recordings(code):
    """An empty table."""
    meeting = meetings.by_code(code) or abort(404)
    return _page(meeting, _with_choices(TableForm(), meeting))


@desk.post("/recordings")
@allow(staff("programme"))
def add_table(code):
    """Say what a table would do (act=check), or do it."""
    meeting = meetings.by_code(code) or abort(404)
    form, items = _with_choices(TableForm.of_request(), meeting), _items(meeting)
    if not form.validate():
        return _page(meeting, form), 422
    try:
        lines = table.read(form.lines.data, set(items))
    except Refusal as refusal:
        form.lines.errors = [str(refusal)]
        return _page(meeting, form), 422
    if len(lines) > MOST:
        form.lines.errors = [_("Paste at most %(num)s lines at once.", num=MOST)]
        return _page(meeting, form), 422
    if not lines or any(line.fault for line in lines):
        return _page(meeting, form, lines, items), 422
    if request.form.get("act") == "check":
        return _page(meeting, form, lines, items)
    try:
        with transaction():
            wanted = [
                (items[each.number][0], (each.title or items[each.number][1])[:LONGEST_TITLE], each.url)
                for each in lines
            ]
            done = actions.add_many(meeting, wanted, by=current_user.person, now=clock.now(), **_terms(form, meeting))
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(meeting, form, lines, items), 409
    flash(ngettext("%(num)s recording is there now.", "%(num)s recordings are there now.", done), "good")
    return redirect(url_for(".index", code=meeting.code), 303)


def _terms(form, meeting):
    times = {name: instant(form[name].data, meeting) for name in ("opens_at", "closes_at")}
    return {**times, "only_for": form.only_for.data, "for_members": form.for_members.data}


def _items(meeting):
    """{number: (guid, title)} of the sessions and talks of the draft."""
    sessions = select(Session.number, Session.guid, Session.title).where(Session.meeting_id == meeting.id)
    title = func.coalesce(Abstract.title, Presentation.title)
    talks = select(Presentation.number, Presentation.guid, title).outerjoin(
        Abstract, Presentation.abstract_id == Abstract.id
    )
    rows = [
        *db.session.execute(talks.where(Presentation.meeting_id == meeting.id, Presentation.session_id.is_not(None))),
        *db.session.execute(sessions),
    ]
    return {number: (guid, named) for number, guid, named in rows}


def _with_choices(form, meeting):
    form.only_for.choices = categories(meeting)
    return form


def _page(meeting, form, lines=None, items=None):
    return render_template(
        "attending/desk/recording_table.html",
        meeting=meeting,
        form=form,
        lines=lines,
        items=items or {},
        faults=FAULTS,
        faulty=[line for line in lines or () if line.fault],
    )
