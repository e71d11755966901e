"""Guests at the desk: who may bring them, and adding them for somebody who is registered."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, registration
from conference.kernel import Refusal, clock, transaction
from conference.registration import State
from conference.registration import guests as bringing
from conference.staff.access import registrar
from conference.staff.guest_forms import GuestPolicyForm, PaymentForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registration import back_to, entry_of
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, refuse_into


@bp.get("/prices/<code>/guests")
@allow(registrar)
def guest_policy(code):
    """How many guests one registration may bring, and who may."""
    meeting = meeting_of(code)
    return show_editor(meeting, GuestPolicyForm(obj=bringing.policy_of(meeting)).of(meeting), **_policy_page(meeting))


@bp.post("/prices/<code>/guests")
@allow(registrar)
def set_guest_policy(code):
    """Decide it for those who register from now on."""
    meeting = meeting_of(code)
    form = GuestPolicyForm.of_request().of(meeting)
    return save(
        meeting,
        form,
        lambda by, now: bringing.set_policy(meeting, by=by, now=now, **form.facts()),
        **_policy_page(meeting),
    )


@bp.get("/registration/<ref:ref>/guests")
@allow(registrar)
def guests(ref):
    """Who is named and not ordered yet, what that costs, and how it is paid."""
    return _show(_host(ref), PaymentForm())


@bp.get("/registration/<ref:ref>/guests/new")
@allow(registrar)
def new_guest(ref):
    """Somebody's name, and what they take part in."""
    host, sold = _open_host(ref)
    return _show_form(host, sold, bringing.guest_form(None, None, sold))


@bp.post("/registration/<ref:ref>/guests/new")
@allow(registrar)
def add_guest(ref):
    """Keep the name; nothing is ordered yet. The office is not bound by how many may be brought by whom."""
    host, sold = _open_host(ref)
    form = bringing.guest_form(request.form, None, sold)
    if not form.validate():
        return _show_form(host, sold, form), 422
    try:
        with transaction():
            category, wish = bringing.chosen(form, sold)
            how = {"by": current_user.person, "now": clock.now(), "by_office": True}
            bringing.add(host, names=form.names(), category=category, wish=wish, **how)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_form(host, sold, form), 422
    return redirect(url_for(".guests", ref=ref), 303)


@bp.post("/registration/<ref:ref>/guests/<ref:guest_ref>/remove")
@allow(registrar)
def remove_guest(ref, guest_ref):
    """Take somebody off who is not ordered."""
    found = bringing.guest_of(entry_of(ref), guest_ref) or abort(404)
    with transaction():
        bringing.remove(found, by=current_user.person, now=clock.now())
    flash(_("%(name)s is taken off.", name=found.person.full_name), "good")
    return redirect(url_for(".guests", ref=ref), 303)


@bp.post("/registration/<ref:ref>/guests")
@allow(registrar)
def order_guests(ref):
    """Order those who are named: paid by hand, or with a letter that asks whoever brings them to pay."""
    host, form = _host(ref), PaymentForm.of_request()
    if not form.validate():
        return _show(host, form), 422
    try:
        with transaction():
            how = {"by": current_user.person, "now": clock.now(), "paid_as": form.paid_as}
            checkout.enter_guests(host, seen_total=form.seen_total, **how)
    except Refusal as refusal:
        return _show(_host(ref), form, refusal), 409
    flash(_("Ordered. %(name)s is told by letter.", name=host.person.full_name), "good")
    return back_to(host)


def _host(ref):
    """A registration that stands and may bring guests; led to its page when it does not."""
    host = entry_of(ref)
    if host.state != State.CONFIRMED or host.host_id:
        flash(_("Guests come with somebody who is registered."), "warn")
        abort(redirect(url_for(".registration", ref=ref), 303))
    return host


def _open_host(ref):
    host, now = _host(ref), clock.now()
    if host.meeting.window_at(now) is None:
        flash(_("Registration for this meeting is over. Give its last price window a later end to go on."), "warn")
        abort(redirect(url_for(".registration", ref=ref), 303))
    return host, bringing.guests_on_sale(host, now)


def _show(host, form, refusal=None):
    named, party = bringing.drafts_of(host), None
    try:
        party = bringing.of_guests(host, named, now=clock.now(), by_office=True) if named else None
    except Refusal as unpriced:
        refusal = refusal or unpriced
    return render_template(
        "staff/guests/index.html",
        host=host,
        meeting=host.meeting,
        named=named,
        party=party,
        form=form,
        refusal=refusal,
        until=checkout.held_until(host.meeting, clock.now()),
        span_name=registration.span_name,
    )


def _show_form(host, sold, form):
    return render_template("staff/guests/new.html", host=host, meeting=host.meeting, sold=sold, form=form)


def _policy_page(meeting):
    return {
        "title": _("Guests"),
        "lede": _(
            "Guests are registered in categories of their own, at the prices of these. Attendees bring them by name."
        ),
        "back": (_("Prices of %(code)s", code=meeting.code), url_for("staff.prices", code=meeting.code)),
        "rows": lambda: [bringing.policy_of(meeting)],
    }
