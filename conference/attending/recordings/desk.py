"""Recordings of one session and its talks at the desk."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from conference import audit
from conference.attending.blueprints import desk, draft_session
from conference.attending.recordings import actions, queries
from conference.attending.recordings.forms import RecordingForm
from conference.attending.typed import categories, instant, local
from conference.kernel import Refusal, clock, db, transaction
from conference.schedule import Presentation
from conference.web import allow, refuse_into, staff


@desk.get("/sessions/<int:number>/recordings")
@allow(staff("programme"))
def recordings(code, number):
    """What is there, and a form for one more."""
    meeting, session = draft_session(code, number)
    return _page(meeting, session, _with_choices(RecordingForm(), meeting, session))


@desk.post("/sessions/<int:number>/recordings")
@allow(staff("programme"))
def add_recording(code, number):
    """Put a recording to the session or one of its talks."""
    return _write(code, number, None)


@desk.get("/sessions/<int:number>/recordings/<ref:ref>")
@allow(staff("programme"))
def recording(code, number, ref):
    """One recording, to be changed."""
    meeting, session = draft_session(code, number)
    row = _row(meeting, session, ref)
    times = {"opens_at": local(row.opens_at, meeting), "closes_at": local(row.closes_at, meeting)}
    form = _with_choices(RecordingForm(obj=row, **times), meeting, session)
    return _page(meeting, session, form, row)


@desk.post("/sessions/<int:number>/recordings/<ref:ref>")
@allow(staff("programme"))
def change_recording(code, number, ref):
    """Write what was changed."""
    return _write(code, number, ref)


@desk.post("/sessions/<int:number>/recordings/<ref:ref>/end")
@allow(staff("programme"))
def remove_recording(code, number, ref):
    """Take it away."""
    meeting, session = draft_session(code, number)
    with transaction():
        row = _row(meeting, session, ref)
        actions.remove(row, session, by=current_user.person, now=clock.now())
    flash(_("The recording is offered no more."), "good")
    return redirect(url_for(".recordings", code=code, number=number), 303)


def _write(code, number, ref):
    meeting, session = draft_session(code, number)
    row = _row(meeting, session, ref) if ref else None
    form = _with_choices(RecordingForm.of_request(), meeting, session)
    if not form.validate():
        return _page(meeting, session, form, row), 422
    try:
        with transaction():
            _act(form, meeting, session, row)
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting, session = draft_session(code, number)
        return _page(meeting, session, form, _row(meeting, session, ref) if ref else None), 409
    flash(_("Saved. Those who may watch find it on the page of the session or talk."), "good")
    return redirect(url_for(".recordings", code=code, number=number), 303)


def _act(form, meeting, session, row):
    times = {name: instant(form[name].data, meeting) for name in ("opens_at", "closes_at")}
    facts = {name: form[name].data for name in actions.FACTS} | times | {"by": current_user.person, "now": clock.now()}
    if row is None:
        actions.add(session, meeting=meeting, **facts)
    else:
        actions.change(row, session, version=form.version.data or 0, **facts)


def _items(meeting, session):
    """[(guid, title)] of the session and its talks."""
    talks = select(Presentation).options(joinedload(Presentation.submission))
    mine = talks.where(Presentation.session_id == session.id, Presentation.meeting_id == meeting.id)
    found = db.session.scalars(mine.order_by(Presentation.position))
    named = [(each.guid, (each.submission or each).title or _("Talk %(number)s", number=each.number)) for each in found]
    return [(session.guid, _("The whole session")), *named]


def _row(meeting, session, ref):
    row = queries.by_ref(meeting.id, ref) or abort(404)
    return row if row.item in dict(_items(meeting, session)) else abort(404)


def _with_choices(form, meeting, session):
    form.item.choices = _items(meeting, session)
    form.only_for.choices = categories(meeting)
    return form


def _page(meeting, session, form, row=None):
    items = dict(form.item.choices)
    return render_template(
        "attending/desk/recordings.html",
        meeting=meeting,
        session=session,
        form=form,
        row=row,
        items=items,
        recordings=queries.all_of(meeting.id, list(items)),
        names=dict(categories(meeting)),
        now=clock.now(),
        story=audit.happenings(audit.story_of(session, limit=10)),
    )
