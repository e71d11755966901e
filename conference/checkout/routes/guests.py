"""Whom somebody brings along: named while they register or afterwards, each with a price, ordered with them or on their own."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, payments, registration
from conference.checkout import placing
from conference.checkout.changing.quoting import refuse_unless_confirmed
from conference.checkout.routes.blueprint import bp, to_payment
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.registration import State
from conference.registration import guests as bringing
from conference.web import allow, allow_payment_origin, refuse_into, signed_in


@bp.get("/meetings/<code>/register/guests")
@allow(signed_in)
def guests(code):
    """Who comes along, what it costs, and how to add somebody."""
    return _show(_host(code))


@bp.get("/meetings/<code>/register/guests/new")
@allow(signed_in)
def new_guest(code):
    """The name of a guest, and what they take part in."""
    host, sold = _open_host(code)
    return _show_form(host, sold, bringing.guest_form(None, None, sold))


@bp.post("/meetings/<code>/register/guests/new")
@allow(signed_in)
def add_guest(code):
    """Keep the guest; nothing is ordered yet."""
    host, sold = _open_host(code)
    form = bringing.guest_form(request.form, None, sold)
    return _save(host, sold, form, lambda **facts: bringing.add(host, **facts))


@bp.get("/meetings/<code>/register/guests/price")
@allow(signed_in)
def guest_price(code):
    """What a guest would cost, as a piece of page for the script that shows it while one chooses."""
    host, sold = _open_host(code)
    form = bringing.guest_form(request.args, None, sold)
    offer, refusal = None, _("Choose a category to see the price.")
    if form.category.validate(form):
        try:
            category, wish = bringing.chosen(form, sold)
            offer = bringing.guest_offer(wish, category, meeting=host.meeting, now=clock.now())
        except Refusal as refused:
            refusal = str(refused)
    return render_template("checkout/guests/price.html", offer=offer, refusal=refusal)


@bp.get("/meetings/<code>/register/guests/<ref:guest_ref>")
@allow(signed_in)
def guest(code, guest_ref):
    """A guest who is not ordered yet, to be changed."""
    found = _named(code, guest_ref)
    host, sold = _open_host(code)
    return _show_form(host, sold, bringing.guest_form(None, found, sold), found)


@bp.post("/meetings/<code>/register/guests/<ref:guest_ref>")
@allow(signed_in)
def save_guest(code, guest_ref):
    """Keep what was changed."""
    found = _named(code, guest_ref)
    host, sold = _open_host(code)
    form = bringing.guest_form(request.form, found, sold)
    return _save(host, sold, form, lambda **facts: bringing.change(found, **facts), found)


@bp.post("/meetings/<code>/register/guests/<ref:guest_ref>/remove")
@allow(signed_in)
def remove_guest(code, guest_ref):
    """Take somebody off who is not ordered."""
    found = _named(code, guest_ref)
    with transaction():
        bringing.remove(found, by=current_user.person, now=clock.now())
    flash(_("%(name)s is taken off.", name=found.person.full_name), "good")
    return redirect(url_for(".guests", code=code), 303)


@bp.post("/meetings/<code>/register/guests/order")
@allow(signed_in)
def order_guests(code):
    """Order the guests who are named, at the price that was shown, and go to the payment page."""
    host = _host(code)
    seen = whole_number(request.form.get("total", ""), 15)
    total = -1 if seen is None else seen
    try:
        with transaction():
            order = placing.place_guests(host, seen_total=total, now=clock.now(), client=accounts.client())
    except Refusal as refusal:
        waiting = _orders_of(bringing.guests_of(host, (State.HELD,)))
        if waiting and not bringing.drafts_of(host):  # a double click
            return redirect(url_for(".order", ref=next(iter(waiting.values())).ref), 303)
        return _show(host, refusal), 409
    return to_payment(order)


def _host(code):
    """The reader's own registration, begun or paid; led to where they stand while it waits, or when there is none."""
    meeting, found = _own(code)
    if found is None or found.category is None or found.state == State.CANCELLED:
        abort(redirect(url_for("registration.start", code=meeting.code), 303))
    if found.state == State.HELD:
        abort(redirect(url_for(".mine", code=meeting.code), 303))
    return registration.by_id(found.id)


def _own(code):
    """(the meeting, the reader's registration in any state or None)."""
    meeting = meetings.by_code(code)
    if meeting is None or not meeting.is_public:
        abort(404)
    return meeting, registration.registration_in(meeting, current_user.person)


def _open_host(code):
    """The same with what is on sale for guests; led to the list of guests when nobody can be added."""
    host = _host(code)
    if not _may_add(host):
        abort(redirect(url_for(".guests", code=code), 303))
    return host, bringing.guests_on_sale(host, clock.now())


def _may_add(host):
    policy = bringing.policy_of(host.meeting)
    is_open = host.meeting.phase(clock.now()) is meetings.Phase.OPEN
    return is_open and bringing.may_host(policy, code=host.category.code, mode=host.mode)


def _named(code, guest_ref):
    """The guest of the reader who is named and not ordered; led to the list when they are ordered by now."""
    _meeting, host = _own(code)
    found = (bringing.guest_of(host, guest_ref) if host else None) or abort(404)
    if found.state != State.DRAFT:
        abort(redirect(url_for(".guests", code=code), 303))
    return found


def _save(host, sold, form, keep, found=None):
    if not form.validate():
        return _show_form(host, sold, form, found), 422
    try:
        with transaction():
            category, wish = bringing.chosen(form, sold)
            how = {"by": current_user.person, "now": clock.now()}
            keep(names=form.names(), category=category, wish=wish, **how)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_form(host, sold, form, found), 422
    return redirect(url_for(".guests", code=host.meeting.code), 303)


def _show(host, refusal=None):
    now, found = clock.now(), bringing.guests_of(host)
    named = [each for each in found if each.state == State.DRAFT]
    party, refusal = _party(host, named, now, refusal)
    may_add = _may_add(host)
    allow_payment_origin()
    return render_template(
        "checkout/guests/index.html",
        host=host,
        meeting=host.meeting,
        named=named,
        standing=[each for each in found if each.state == State.CONFIRMED],
        waiting=[(each, order) for each, order in _orders_of(found).items()],
        party=party,
        refusal=refusal,
        policy=bringing.policy_of(host.meeting),
        sold=bringing.guests_on_sale(host, now) if may_add else None,
        has_room=may_add and len(found) < bringing.policy_of(host.meeting).most,
        is_open=host.meeting.phase(now) is meetings.Phase.OPEN,
        is_registered=host.state == State.CONFIRMED,
        steps=registration.step_names(),
        span_name=registration.span_name,
    )


def _party(host, named, now, refusal):
    """(what the host and the named guests cost together, or the guests alone; None, and why)."""
    try:
        if host.state != State.CONFIRMED:
            return bringing.with_guests(host, meeting=host.meeting, person=host.person, now=now), refusal
        if not named:
            return None, refusal
        refuse_unless_confirmed(host)
        return bringing.of_guests(host, named, now=now), refusal
    except Refusal as unpriced:
        return None, refusal or unpriced


def _orders_of(found):
    """{guest: the order that waits for its payment} of those among the guests who are held."""
    held = [each for each in found if each.state == State.HELD]
    return {each: payments.orders_with_line("registration", each.id)[0] for each in held}


def _show_form(host, sold, form, found=None):
    return render_template(
        "checkout/guests/guest.html", host=host, meeting=host.meeting, sold=sold, form=form, guest=found
    )
