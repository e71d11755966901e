"""One abstract: as it is printed, its form, and a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction
from conference.schedule import draft
from conference.schedule.abstracts import listing, placing, printed, queries, typed, words, writing
from conference.schedule.abstracts.abstract_form import AbstractForm, PresentForm
from conference.schedule.abstracts.blueprint import abstract_of, bp
from conference.schedule.addressed import find_meeting
from conference.web import allow, refuse_into, refuse_stale, staff


@bp.get("/abstracts/<int:number>")
@allow(staff("programme"))
def abstract(code, number):
    """As printed, where it is presented, what holds it back, what was done to it."""
    meeting, row = abstract_of(code, number)
    return page_of(meeting, row, present_form(meeting))


@bp.get("/abstracts/<int:number>/edit")
@allow(staff("programme"))
def edit(code, number):
    """Its form."""
    meeting, row = abstract_of(code, number)
    item = draft.abstract_item(row)
    typed.refuse_too_long(item)
    return _editor(meeting, typed.filled(row, item, meeting), row)


@bp.post("/abstracts/<int:number>/edit")
@allow(staff("programme"))
def change(code, number):
    """Write what was typed."""
    meeting, row = abstract_of(code, number)
    form = AbstractForm.of_request()
    if not form.validate():
        return _editor(meeting, form, row), 422
    item, authors = _read(form, meeting, row)
    before = placing.embargo_of(meeting, row)
    try:
        with transaction():
            changed = writing.change(
                meeting, row, item, authors, version=form.version.data or 0, by=current_user.person, now=clock.now()
            )
    except writing.Stale as refusal:
        meeting, row = abstract_of(code, number)
        refuse_stale(form, refusal, row)
        typed.keep_embargoes(form, draft.abstract_item(row), meeting)
        return _editor(meeting, form, row, clash=True), 409
    except Refusal as refusal:
        meeting, row = abstract_of(code, number)
        refuse_into(form, refusal)
        return _editor(meeting, form, row), 422
    flash(_("Saved in the draft.") if changed else _("Nothing was changed."), "good" if changed else "info")
    tell_what_opens_earlier(meeting, row, before)
    return redirect(url_for(".abstract", code=meeting.code, number=number), 303)


@bp.get("/abstracts/new")
@allow(staff("programme"))
def new(code):
    """An empty form."""
    return _editor(find_meeting(code), typed.empty())


@bp.post("/abstracts/new")
@allow(staff("programme"))
def add(code):
    """A new abstract of the draft."""
    meeting, form = find_meeting(code), AbstractForm.of_request()
    if not form.validate():
        return _editor(meeting, form), 422
    item, authors = _read(form, meeting)
    try:
        with transaction():
            row = writing.add(meeting, item, authors, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _editor(find_meeting(code), form), 422
    flash(_("Abstract %(number)s is in the draft.", number=row.number), "good")
    return redirect(url_for(".abstract", code=code, number=row.number), 303)


def page_of(meeting, row, form):
    """The page of one abstract, with a form by which it is given a place."""
    embargo = placing.embargo_of(meeting, row)
    return render_template(
        "schedule/abstracts/abstract.html",
        meeting=meeting,
        abstract=row,
        item=draft.abstract_item(row),
        printed=printed.of(row),
        form=form,
        embargo=embargo,
        closed=embargo.closed(clock.now()) if embargo else frozenset(),
        missing=listing.missing_of(row),
        words=words,
        story=audit.happenings(audit.story_of(row)),
    )


def present_form(meeting, *, posted=False):
    """The form by which an abstract is given a place in one of the draft's sessions."""
    form = PresentForm.of_request() if posted else PresentForm()
    form.session.choices = [(0, _("Choose a session"))] + [
        (number, words.session_line(title, starts, meeting))
        for number, title, starts in queries.sessions_to_choose(meeting)
    ]
    form.kinds = queries.kinds_in_use(meeting)
    return form


def tell_what_opens_earlier(meeting, row, before):
    """Say it when a change lets something be read earlier than before."""
    groups = placing.earlier(before, placing.embargo_of(meeting, row))
    if groups:
        names = ", ".join(str(words.GROUPS[group]) for group in groups)
        flash(_("With the next release this opens earlier than before: %(what)s.", what=names), "warn")


def _read(form, meeting, row=None):
    stood = draft.abstract_item(row) if row else None
    guid = row.guid if row else writing.new_guid()
    return typed.item_of(form, guid=guid, meeting=meeting, stood=stood, sent=request.form)


def _editor(meeting, form, row=None, *, clash=False):
    return render_template(
        "schedule/abstracts/edit.html",
        meeting=meeting,
        form=form,
        abstract=row,
        clash=clash,
        story=audit.happenings(audit.story_of(row, limit=3)) if clash else [],
    )
