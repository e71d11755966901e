"""Kinds of booths at the desk: the rules by which exhibitors have badges."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction
from conference.registration import exhibitors
from conference.staff.access import registrar
from conference.staff.exhibitor_form import KindForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import as_posted, rows_after, seen_of
from conference.staff.routes.registrations import meeting_of
from conference.staff.stamps import refuse_stale
from conference.web import allow, refuse_into


@bp.get("/exhibitors/<code>/kinds")
@allow(registrar)
def booth_kinds(code):
    """Every kind with its rule and how many have it."""
    return _show_all(meeting_of(code))


@bp.get("/exhibitors/<code>/kinds/new")
@allow(registrar)
def new_booth_kind(code):
    """A form for a kind."""
    meeting = meeting_of(code)
    return _show(meeting, KindForm().of(meeting))


@bp.post("/exhibitors/<code>/kinds/new")
@allow(registrar)
def add_booth_kind(code):
    """Make it."""
    meeting = meeting_of(code)
    form = KindForm.of_request().of(meeting)
    return _save(meeting, form, lambda **who: exhibitors.add_kind(meeting, **form.facts(), **who))


@bp.get("/exhibitors/<code>/kinds/<int:kind_id>")
@allow(registrar)
def booth_kind(code, kind_id):
    """Its rule, its badges, its names."""
    meeting, kind = _kind(code, kind_id)
    return _show(meeting, KindForm(obj=kind).of(meeting, existing=kind).filled(kind), kind)


@bp.post("/exhibitors/<code>/kinds/<int:kind_id>")
@allow(registrar)
def change_booth_kind(code, kind_id):
    """Change it for all who have such a booth; what was sold keeps its price and rule."""
    meeting, kind = _kind(code, kind_id)
    form = KindForm.of_request().of(meeting, existing=kind)
    return _save(meeting, form, lambda **who: exhibitors.change_kind(kind, **form.facts(), **who), kind)


@bp.post("/exhibitors/<code>/kinds/<int:kind_id>/remove")
@allow(registrar)
def remove_booth_kind(code, kind_id):
    """Take away a kind that nobody has."""
    meeting, kind = _kind(code, kind_id)
    try:
        with transaction():
            exhibitors.remove_kind(kind, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show_all(meeting_of(code), refusal), 409
    flash(_("Taken away."), "good")
    return redirect(url_for(".booth_kinds", code=meeting.code), 303)


def _kind(code, kind_id):
    meeting = meeting_of(code)
    return meeting, exhibitors.queries.kind_by_id(meeting, kind_id) or abort(404)


def _save(meeting, form, act, kind=None):
    if not form.validate():
        return _show(meeting, form, kind, as_posted), 422
    try:
        with transaction():
            if kind:
                refuse_stale(meeting, lambda: [kind], request.form.get("seen", ""))
            act(by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting = meeting_of(meeting.code)
        found = exhibitors.queries.kind_by_id(meeting, kind.id) if kind else None
        return _show(meeting, form, found, rows_after(refusal, lambda: [found])), 409
    flash(_("Saved."), "good")
    return redirect(url_for(".booth_kinds", code=meeting.code), 303)


def _show(meeting, form, kind=None, rows=None):
    return render_template(
        "staff/exhibitors/kind.html",
        meeting=meeting,
        form=form,
        kind=kind,
        seen=seen_of(rows or (lambda: [kind])) if kind else None,
        having=len(exhibitors.queries.of_kind(kind)) if kind else 0,
        happenings=audit.happenings(audit.story_of(kind)) if kind else [],
    )


def _show_all(meeting, refusal=None):
    kinds = exhibitors.queries.kinds_of(meeting)
    return render_template(
        "staff/exhibitors/kinds.html",
        meeting=meeting,
        kinds=kinds,
        rules={each.id: exhibitors.words.rule_in_words(each) for each in kinds},
        names={each.id: exhibitors.words.names_until(each, meeting) for each in kinds},
        having=exhibitors.queries.counts_by_kind(meeting),
        unpriced=exhibitors.queries.unpriced_windows(meeting),
        refusal=refusal,
    )
