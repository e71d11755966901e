"""Around the counter's page: what a script asks while one types, how the counter works, serving who is registered, undoing."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, checkout, people, registration
from conference.kernel import Refusal, clean_line, clock, is_ref, transaction, whole_number
from conference.payments import gateway
from conference.staff.access import registrar
from conference.staff.counter import filling, looking, serving, stations
from conference.staff.counter.form import ServeForm, StationForm, WalkInForm
from conference.staff.entry_form import sold_at_desk
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.routes.walk_in import asked, show, show_person
from conference.staff.words import STATES
from conference.web import allow, refuse_into


@bp.get("/registrations/<code>/walk-in/people")
@allow(registrar)
def walk_in_people(code):
    """Who may be meant by what has been typed so far, as a piece of the page."""
    meeting, typed = meeting_of(code), asked("q")
    looked = looking.look(meeting, typed) if typed else looking.Looked()
    if looked.person is not None:
        looked = looking.Looked(candidates=tuple(looking.candidates_of(meeting, [looked.person])))
    return render_template(
        "staff/walk_in/people.html", meeting=meeting, typed=typed, looked=looked, entry_states=STATES
    )


@bp.get("/registrations/<code>/walk-in/price")
@allow(registrar)
def walk_in_price(code):
    """What the choice in the address costs the person in it, as a piece of the page."""
    meeting = meeting_of(code)
    person = people.by_ref(asked("person")) if is_ref(asked("person")) else None
    sold = sold_at_desk(meeting, clock.now(), person) or abort(404)
    form = WalkInForm(request.args).of(sold)
    form.email.data = person.email if person else ""
    return render_template("staff/walk_in/price.html", price=filling.price_now(form, meeting))


@bp.post("/registrations/<code>/walk-in/station")
@allow(registrar)
def set_station(code):
    """How this counter works from now on."""
    meeting = meeting_of(code)
    form = StationForm.of_request().of(registration.categories_of(meeting, all_of_them=True))
    if not form.validate():
        return show(meeting, station_form=form, status=422)
    with transaction():
        stations.keep_station(accounts.this_sign_in(), **form.data)
    flash(_("The counter is set."), "good")
    return redirect(url_for(".walk_in", code=meeting.code), 303)


@bp.post("/registrations/<code>/walk-in/<ref:ref>/served")
@allow(registrar)
def serve_walk_in(code, ref):
    """Take what is owed, and let them in."""
    meeting, entry = _entry(code, ref)
    form, order = ServeForm.of_request(), serving.order_to_pay(entry)
    form.station = stations.station_of(accounts.this_sign_in()).name
    if not form.validate():
        return show_person(meeting, entry.person, serve_form=form, status=422)
    asked_to_pay = order if form.order.data and form.payment.data else None
    try:
        _check_order(form, asked_to_pay, order)
        if asked_to_pay is not None:
            checkout.close_and_look(asked_to_pay)
        with transaction():
            serving.serve(
                entry=entry, meeting=meeting, order=asked_to_pay, form=form, by=current_user.person, now=clock.now()
            )
    except gateway.Unreachable:
        flash(_("Stripe does not answer, so its payment page cannot be closed. Nothing was changed."), "warn")
        return redirect(url_for(".walk_in", code=code, person=entry.person.ref), 303)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_person(meeting_of(code), people.by_id(entry.person_id), serve_form=form, status=409)
    return redirect(url_for(".walk_in", code=code, done=ref), 303)


@bp.post("/registrations/<code>/walk-in/<ref:ref>/undoing")
@allow(registrar)
def undo_walk_in(code, ref):
    """As if they had not come, within minutes and as long as nothing was built on it."""
    meeting, entry = _entry(code, ref)
    found = serving.walk_in_of(entry) or abort(404)
    name = entry.person.full_name
    try:
        with transaction():
            serving.undo(found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show(meeting_of(code), refusal=str(refusal), status=409)
    flash(_("%(name)s: taken back. What was paid is booked as returned.", name=name), "good")
    return redirect(url_for(".walk_in", code=meeting.code), 303)


def _check_order(form, asked_to_pay, order):
    """Refusal unless the order that was shown is the one that waits, over the sum that was shown."""
    if not form.order.data:
        return
    seen = whole_number(clean_line(form.total.data or ""), 15)
    if asked_to_pay is None or (order.ref, order.total_minor) != (form.order.data, seen):
        raise Refusal(_("What is owed has changed since you looked. Look again before you take money."))


def _entry(code, ref):
    meeting = meeting_of(code)
    entry = registration.by_ref(ref)
    if entry is None or entry.meeting_id != meeting.id:
        abort(404)
    return meeting, entry
