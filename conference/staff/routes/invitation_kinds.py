"""Kinds of invitations at the desk: what each gives, how many stand against its limit, what it took off; made, changed, taken away."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import registration
from conference.kernel import Refusal, clock, transaction
from conference.registration import invitations
from conference.staff import inviting
from conference.staff.access import office, registrar
from conference.staff.invitation_kind_form import KindForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, refuse_into


@bp.get("/invitations/<code>/kinds")
@allow(office)
def invitation_kinds(code):
    """Every kind with its counts, and what invitations took off by kind and budget."""
    meeting = meeting_of(code)
    titles = {each.code: each.title for each in registration.add_ons_of(meeting, all_of_them=True)}
    kinds = invitations.queries.kinds_of(meeting)
    return render_template(
        "staff/invitations/kinds.html",
        meeting=meeting,
        kinds=[(each, _covers(each, titles, meeting)) for each in kinds],
        counts=inviting.counts_by_kind(meeting),
        sums=invitations.taken_off(meeting),
    )


@bp.get("/invitations/<code>/kinds/new")
@allow(registrar)
def new_invitation_kind(code):
    """What would it give?"""
    meeting = meeting_of(code)
    return _show(meeting, KindForm().of(meeting))


@bp.post("/invitations/<code>/kinds/new")
@allow(registrar)
def add_invitation_kind(code):
    """Make it."""
    meeting = meeting_of(code)
    form = KindForm.of_request().of(meeting)

    def act(by, now):
        invitations.add_kind(meeting, reminders=form.reminders(), by=by, now=now, **form.facts())

    return _save(meeting, form, act)


@bp.get("/invitations/<code>/kinds/<kind_code>")
@allow(registrar)
def invitation_kind(code, kind_code):
    """What it gives to those who are invited from now on."""
    meeting, kind = _kind(code, kind_code)
    reminders = invitations.queries.reminders_of(kind)
    return _show(meeting, KindForm(obj=kind).of(meeting, existing=kind).show(kind, reminders), kind)


@bp.post("/invitations/<code>/kinds/<kind_code>")
@allow(registrar)
def change_invitation_kind(code, kind_code):
    """Change it, unless somebody else did so meanwhile."""
    meeting, kind = _kind(code, kind_code)
    form = KindForm.of_request().of(meeting, existing=kind)
    typed = form.version.data or ""
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def act(by, now):
        invitations.change_kind(kind, reminders=form.reminders(), seen=seen, by=by, now=now, **form.facts())

    return _save(meeting, form, act, kind)


@bp.post("/invitations/<code>/kinds/<kind_code>/removal")
@allow(registrar)
def remove_invitation_kind(code, kind_code):
    """Take away what nobody was ever invited with."""
    _meeting, kind = _kind(code, kind_code)
    try:
        with transaction():
            invitations.remove_kind(kind, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".invitation_kind", code=code, kind_code=kind_code), 303)
    flash(_("The kind is taken away."), "good")
    return redirect(url_for(".invitation_kinds", code=code), 303)


def _covers(kind, titles, meeting):
    listed = [titles.get(each, each) for each in kind.add_ons]
    return invitations.words.covers(kind, kind.category, listed, meeting.currency)


def _save(meeting, form, act, kind=None):
    if not form.validate():
        return _show(meeting, form, kind, 422)
    try:
        with transaction():
            act(by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(meeting, form, kind, 422)
    flash(_("Saved."), "good")
    return redirect(url_for(".invitation_kinds", code=meeting.code), 303)


def _show(meeting, form, kind=None, level=200):
    return render_template("staff/invitations/kind.html", meeting=meeting, form=form, kind=kind), level


def _kind(code, kind_code):
    meeting = meeting_of(code)
    return meeting, invitations.queries.kind_of(meeting, kind_code) or abort(404)
