"""What staff do with one invitation: send it again, extend it, change its category, take it back, apply it to what was paid before."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, registration
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.registration import invitations
from conference.staff.access import registrar
from conference.staff.invitation_forms import CategoryForm, ExtendForm, WithdrawForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import show_editor
from conference.staff.routes.invitations import show_invitation, told_of
from conference.web import allow, refuse_into


@bp.get("/invitations/<code>/<ref:ref>/<any(extend,category,withdraw):act>")
@allow(registrar)
def invitation_act(code, ref, act):
    """Until when, as what, or why not?"""
    told = told_of(code, ref)
    return show_editor(told.invitation.meeting, _form(act, told.invitation), **_page(told, act))


@bp.post("/invitations/<code>/<ref:ref>/<any(extend,category,withdraw):act>")
@allow(registrar)
def do_invitation_act(code, ref, act):
    """Do it; the person is told by letter."""
    told = told_of(code, ref)
    form, page = _form(act, told.invitation, request.form), _page(told, act)
    if not form.validate():
        return show_editor(told.invitation.meeting, form, level=422, **page)
    try:
        with transaction():
            _do(act, told.invitation, form, {"by": current_user.person, "now": clock.now()})
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_editor(told.invitation.meeting, form, level=422, **page)
    flash(_("Done."), "good")
    return redirect(page["back"][1], 303)


@bp.post("/invitations/<code>/<ref:ref>/letter")
@allow(registrar)
def resend_invitation(code, ref):
    """The same letter once more."""
    told = told_of(code, ref)
    try:
        with transaction():
            invitations.resend(told.invitation, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show_invitation(told_of(code, ref), refusal), 409
    flash(_("The invitation is on its way to %(email)s.", email=told.invitation.person.email), "good")
    return _back_to(code, ref)


@bp.post("/invitations/<code>/<ref:ref>/place")
@allow(registrar)
def free_kept_place(code, ref):
    """Keep no place for them any more; the invitation stands."""
    told = told_of(code, ref)
    with transaction():
        done = invitations.free_place(told.invitation.id, now=clock.now(), by=current_user.person)
    flash(_("The place is free.") if done else _("No place was kept."), "good" if done else "warn")
    return _back_to(code, ref)


@bp.get("/invitations/<code>/<ref:ref>/apply")
@allow(registrar)
def look_at_applying(code, ref):
    """What applying it to the registration would send back; nothing happens yet."""
    told = told_of(code, ref)
    try:
        entry, quote = checkout.quote_applied(told.invitation, now=clock.now())
    except Refusal as refusal:
        return show_invitation(told, refusal), 409
    return render_template(
        "staff/invitations/apply.html", meeting=told.invitation.meeting, told=told, entry=entry, quote=quote
    )


@bp.post("/invitations/<code>/<ref:ref>/apply")
@allow(registrar)
def apply_invitation(code, ref):
    """Do it at the price that was shown."""
    told = told_of(code, ref)
    seen = clean_line(request.form.get("seen", ""))[:80]
    try:
        with transaction():
            checkout.apply_invitation(told.invitation, seen=seen, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show_invitation(told_of(code, ref), refusal), 409
    flash(_("Done. What goes back is on its way, and the person is told."), "good")
    return _back_to(code, ref)


def _form(act, invitation, typed=None):
    meeting = invitation.meeting
    match act:
        case "extend":
            form = ExtendForm(typed).of(meeting)
            return form if typed is not None else form.show(invitation)
        case "category":
            form = CategoryForm(typed, data={"category": invitation.category.code})
            return form.of(meeting)
        case "withdraw":
            return WithdrawForm(typed)
    abort(404)


def _do(act, invitation, form, facts):
    match act:
        case "extend":
            invitations.extend(invitation, **form.times(), **facts)
        case "category":
            category = registration.category_by_code(invitation.meeting, form.category.data)
            invitations.change_category(invitation, category, **facts)
        case "withdraw":
            invitations.withdraw(invitation, reason=form.reason.data, letter=form.letter.data, **facts)


def _page(told, act):
    found, name = told.invitation, told.invitation.person.full_name
    titles = {
        "extend": _("Extend the invitation of %(name)s", name=name),
        "category": _("Invite %(name)s to another category", name=name),
        "withdraw": _("Withdraw the invitation of %(name)s", name=name),
    }
    ledes = {
        "extend": _("Times in %(zone)s. They are told by letter.", zone=found.meeting.timezone),
        "category": _("A place that is kept moves along, if there is one. They are told by letter."),
        "withdraw": _("Their link and their code end, and a place that is kept is free at once."),
    }
    back = name, url_for(".invitation", code=found.meeting.code, ref=found.ref)
    return {"title": titles[act], "lede": ledes[act], "back": back}


def _back_to(code, ref):
    return redirect(url_for(".invitation", code=code, ref=ref), 303)
