"""The talks of a session at the timetable: another session, place, length, start, kind or words; new ones."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.schedule import queries as programme
from conference.schedule.abstracts import earlier, from_talks, printed
from conference.schedule.abstracts.queries import kinds_in_use
from conference.schedule.addressed import find_session
from conference.schedule.claiming import Stale, last_of, stale_in_words
from conference.schedule.timetable import making, queries, talks
from conference.schedule.timetable.forms import NewTalkForm
from conference.schedule.timetable.pages.blueprint import board_of, bp
from conference.schedule.timetable.rules import instant_within
from conference.schedule.timetable.talk_form import TalkForm, clock_of, standing
from conference.web import allow, refuse_into, refuse_stale, staff


@bp.get("/<int:number>/talks")
@allow(staff("programme"))
def talks_of(code, number):
    """The talks of a session, and the form of a new one."""
    meeting, found = find_session(code, number)
    return _list(meeting, found, NewTalkForm(version=found.version))


@bp.post("/<int:number>/talks")
@allow(staff("programme"))
def add_talk(code, number):
    """A new talk at the end of a session."""
    meeting, found = find_session(code, number)
    form = NewTalkForm.of_request()
    if not form.validate():
        return _list(meeting, found, form), 422
    try:
        with earlier.told(meeting), transaction():
            _talk, entry = making.add_talk(
                meeting=meeting, session=found, version=form.version.data, title=form.title.data, kind=form.kind.data,
                minutes=form.minutes.data, submission=_submission(meeting, form), by=current_user.person, now=clock.now(),
            )  # fmt: skip
    except Stale as refusal:
        meeting, found = _stale(code, number, form, refusal)
        return _list(meeting, found, form), 409
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting, found = find_session(code, number)
        return _list(meeting, found, form), 422
    return redirect(board_of(meeting, found.day, entry=entry, number=number), 303)


@bp.get("/<int:number>/talks/<int:talk_number>")
@allow(staff("programme"))
def talk(code, number, talk_number):
    """One talk: where it stands, and what it is."""
    meeting, found = find_session(code, number)
    row = _talk_of(found, talk_number)
    form = TalkForm(data=standing(meeting, found, row), version=found.version)
    return _page(meeting, found, row, form)


@bp.post("/<int:number>/talks/<int:talk_number>")
@allow(staff("programme"))
def change_talk(code, number, talk_number):
    """Write where a talk stands and what it is."""
    meeting, found, row = _as_it_stands(code, number, talk_number)
    form = TalkForm.of_request(data=standing(meeting, found, row)).of(meeting, found, row)
    if found.number != number:
        return _moved_away(meeting, found, row, form)
    if not form.validate():
        return _page(meeting, found, row, form), 422
    try:
        with earlier.told(meeting), transaction():
            target = programme.session_numbered(meeting, int(form.session.data))
            entry = talks.change(
                meeting=meeting, talk=row, session=found, target=target, place=form.place.data, minutes=form.minutes.data,
                versions=(form.version.data, form.version.data if target.id == found.id else target.version),
                starts=_pinned(meeting, row, target, form), withdrawn=form.withdrawn.data, facts=form.facts(row),
                by=current_user.person, now=clock.now(),
            )  # fmt: skip
    except Stale as refusal:
        meeting, found, row = _as_it_stands(code, number, talk_number)
        if found.number != number:
            return _moved_away(meeting, found, row, form)
        refuse_stale(form, stale_in_words(refusal, last_of(found)), found)
        return _page(meeting, found, row, form), 409
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting, found, row = _as_it_stands(code, number, talk_number)
        return _page(meeting, found, row, form), 422
    return redirect(board_of(meeting, target.day, entry=entry, number=target.number), 303)


@bp.post("/<int:number>/talks/<int:talk_number>/abstract")
@allow(staff("programme"))
def make_abstract(code, number, talk_number):
    """An abstract of the talk's own words and authors, to be changed with the form of abstracts."""
    meeting, found, row = _as_it_stands(code, number, talk_number)
    version = whole_number(request.form.get("version", ""), 9) or 0
    try:
        with earlier.told(meeting), transaction():
            made = from_talks.make(meeting, row, found, version=version, by=current_user.person, now=clock.now())
            of_it = {"code": code, "number": made.number}
    except Refusal as refusal:  # nothing was typed that could be lost
        flash(str(refusal), "bad")
        return redirect(url_for(".talk", code=code, number=number, talk_number=talk_number), 303)
    flash(_("The talk presents this abstract now, in the draft. Its authors are changed here."), "good")
    return redirect(url_for("abstracts_staff.edit", **of_it), 303)


def _talk_of(found, number):
    return next((row for row in found.presentations if row.number == number), None) or abort(404)


def _as_it_stands(code, number, talk_number):
    """(meeting, the session that a talk is in now, which may be another than that of the address, talk), or 404."""
    meeting, found = find_session(code, number)
    if all(row.number != talk_number for row in found.presentations):
        row = queries.talk_numbered(meeting, talk_number) or abort(404)
        found = programme.session_numbered(meeting, row.session.number)
    return meeting, found, _talk_of(found, talk_number)


def _moved_away(meeting, found, row, form):
    """Another session has the talk by now: who moved it, and what was typed upon what stands."""
    (last,) = audit.story_of(row, limit=1) or [None]
    moved = _("Somebody else has moved this talk to “%(session)s”.", session=found.title)
    refuse_stale(form, f"{moved} {stale_in_words('', last).strip()}", found)
    return _page(meeting, found, row, form), 409


def _pinned(meeting, row, target, form):
    """The start of its own that a talk gets: the one that stands if it was not touched, else one within the session's hours."""
    typed = form.pinned.data
    if typed is None or (target.id == row.session_id and typed == clock_of(meeting, row)):
        return typed and row.starts_at
    if target.day is None:
        raise Refusal(_("A session in the pool has no day: its talks get a time of their own with it."), field="pinned")
    found = instant_within(typed, target.starts_at, target.ends_at, meeting.zone)
    if found is None:
        raise Refusal(_("The session is not held at this time: choose one from its start to its end."), field="pinned")
    return found


def _submission(meeting, form):
    """The abstract of the typed number, or None for a title; Refusal for neither and for a number that there is not."""
    if not form.abstract.data:
        if not form.title.data:
            raise Refusal(_("Give the talk a title, or the number of an abstract"), field="title")
        return None
    number = whole_number(form.abstract.data, 9)
    found = number is not None and queries.abstract_numbered(meeting, number)
    if not found:
        raise Refusal(_("There is no abstract of this number"), field="abstract")
    return found


def _stale(code, number, form, refusal):
    meeting, found = find_session(code, number)
    refuse_stale(form, stale_in_words(refusal, last_of(found)), found)
    return meeting, found


def _list(meeting, found, form):
    return render_template(
        "schedule/timetable/talks.html",
        meeting=meeting,
        session=found,
        form=form,
        back=board_of(meeting, found.day, number=found.number),
    )


def _page(meeting, found, row, form):
    return render_template(
        "schedule/timetable/talk.html",
        meeting=meeting,
        session=found,
        talk=row,
        form=form.of(meeting, found, row),
        kinds=kinds_in_use(meeting),
        printed=printed.of(row.submission or row),
        story=audit.happenings(audit.story_of(row)),
        back=url_for(".talks_of", code=meeting.code, number=found.number),
    )
