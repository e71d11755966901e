"""The desk's pages for meetings: facts, and dates."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction
from conference.meetings import dates, editing, queries
from conference.meetings.forms import DatesForm, MeetingForm
from conference.web import administrator, allow, refuse_into, refuse_stale

bp = Blueprint("meetings_staff", __name__, url_prefix="/staff/meetings")


@bp.get("/")
@allow(administrator)
def index():
    return render_template("meetings/staff/index.html", meetings=queries.all_meetings())


@bp.get("/<code>")
@allow(administrator)
def facts(code):
    meeting = _meeting(code)
    return _facts(MeetingForm(obj=meeting), meeting)


@bp.post("/<code>")
@allow(administrator)
def change(code):
    meeting, form = _meeting(code), MeetingForm.of_request()
    if not form.validate():
        return _facts(form, meeting), 422
    try:
        with transaction():
            editing.change(meeting, by=current_user.person, version=form.version.data, now=clock.now(), **form.facts)
    except editing.Stale as refusal:
        refuse_stale(form, refusal, meeting)
        return _facts(form, meeting, clash=True), 409
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _facts(form, meeting), 422
    flash(_("Saved. The meeting’s page says it at once."))
    return redirect(url_for(".facts", code=meeting.code), 303)


@bp.get("/<code>/dates")
@allow(administrator)
def when(code):
    meeting = _meeting(code)
    return _dates(dates.filled(meeting, queries.deadlines_of(meeting)), meeting)


@bp.post("/<code>/dates")
@allow(administrator)
def set_dates(code):
    meeting, form = _meeting(code), DatesForm.of_request()
    if not form.validate():
        return _dates(form, meeting), 422
    try:
        with transaction():
            editing.set_dates(
                meeting,
                opens_at=dates.opening(form, meeting),
                windows=dates.windows(form, meeting),
                deadlines=dates.deadlines(form, meeting),
                by=current_user.person,
                version=form.version.data,
                now=clock.now(),
            )
    except editing.Stale as refusal:
        refuse_stale(form, refusal, meeting)
        return _dates(form, meeting, clash=True), 409
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _dates(form, meeting), 422
    flash(_("Saved. Prices and deadlines follow these dates at once."))
    return redirect(url_for(".when", code=meeting.code), 303)


def _meeting(code):
    return queries.by_code(code) or abort(404)


def _facts(form, meeting, *, clash=False):
    story = audit.happenings(audit.story_of(meeting, limit=20))
    return render_template("meetings/staff/facts.html", form=form, meeting=meeting, clash=clash, story=story)


def _dates(form, meeting, *, clash=False):
    standing = queries.deadlines_of(meeting) if clash else []
    return render_template("meetings/staff/dates.html", form=form, meeting=meeting, clash=clash, standing=standing)
