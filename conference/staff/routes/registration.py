"""One registration at the desk: its whole story, and the small things that staff change of it."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, audit, checkout, mail, payments, people, registration
from conference.kernel import Refusal, clock, transaction
from conference.payments import OrderState
from conference.registration import State
from conference.staff import stories, words
from conference.staff.access import office, registrar
from conference.staff.forms import AddressForm, GuestDetailsForm, PaidForm, RibbonsForm
from conference.staff.menu import may_open
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_into


@bp.get("/registration/<ref:ref>", endpoint="registration")
@allow(office)
def registration_story(ref):
    """Who, what, whose money, which letters, who did what."""
    return show_registration(entry_of(ref))


@bp.post("/registration/<ref:ref>/letter")
@allow(office)
def resend(ref):
    """Send the confirmation once more."""
    entry = entry_of(ref)
    order = next((each for each in _orders(entry) if each.state == OrderState.PAID), None) or abort(409)
    with transaction():
        checkout.send_confirmation_again(order, now=clock.now(), entry=entry)
        audit.record(by=current_user.person, verb="asked for the letter", subject=entry, now=clock.now())
    flash(_("The confirmation is on its way to %(email)s.", email=entry.contact.email), "good")
    return back_to(entry)


@bp.post("/registration/<ref:ref>/payment-link")
@allow(office)
def send_payment_link(ref):
    """Ask the person to pay once more."""
    entry = entry_of(ref)
    waiting = next((each for each in _orders(entry) if each.state == OrderState.OPEN), None) or abort(409)
    with transaction():
        checkout.send_payment_link(waiting, now=clock.now())
        audit.record(by=current_user.person, verb="sent the payment link", subject=entry, now=clock.now())
    flash(_("The payment link is on its way to %(email)s.", email=people.by_id(waiting.person_id).email), "good")
    return back_to(entry)


@bp.post("/registration/<ref:ref>/ribbons")
@allow(registrar)
def set_ribbons(ref):
    """What stands under the name on the badge."""
    entry, form = entry_of(ref), RibbonsForm.of_request()
    if not form.validate():
        return show_registration(entry, ribbons=form), 422
    with transaction():
        registration.set_ribbons(entry, form.names(), by=current_user.person, now=clock.now())
    flash(_("The ribbons are kept."), "good")
    return back_to(entry)


@bp.get("/registration/<ref:ref>/details")
@allow(registrar)
def details(ref):
    """Names and affiliation, as they stand on the badge."""
    entry = entry_of(ref)
    return _show_details(entry, _details_form(entry)(obj=entry.person))


@bp.post("/registration/<ref:ref>/details")
@allow(registrar)
def change_details(ref):
    """Keep them, unless they were changed elsewhere meanwhile."""
    entry = entry_of(ref)
    form = _details_form(entry).of_request(obj=entry.person)
    if not form.validate():
        return _show_details(entry, form), 422
    try:
        with transaction():
            people.save_profile(
                entry.person, form.changes(), seen=form.seen.data, by=current_user.person, now=clock.now()
            )
    except people.ChangedElsewhere as refusal:
        refuse_into(form, refusal)
        form.show_again(people.by_id(entry.person_id))
        return _show_details(entry, form), 409
    flash(_("The details are kept. Badges printed from now on show them."), "good")
    return back_to(entry)


def _details_form(entry):
    """A guest is known by name: nothing else is needed."""
    return GuestDetailsForm if entry.host_id else people.ProfileForm


@bp.get("/registration/<ref:ref>/address")
@allow(registrar)
def address(ref):
    """Where the person's letters go, and by which they sign in."""
    return _show_address(entry_of(ref), AddressForm())


@bp.post("/registration/<ref:ref>/address")
@allow(registrar)
def mend_address(ref):
    """Move the person to the right address; both addresses are told."""
    entry, form = entry_of(ref), AddressForm.of_request()
    if not form.validate():
        return _show_address(entry, form), 422
    try:
        with transaction():
            accounts.mend_address(entry.person, form.email.normal, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_address(entry_of(ref), form), 422
    flash(_("Letters go to %(email)s from now on.", email=form.email.normal), "good")
    return back_to(entry)


def entry_of(ref):
    """The registration that the address names; 404 when there is none."""
    return registration.by_ref(ref) or abort(404)


def back_to(entry):
    """To the registration's story."""
    return redirect(url_for(".registration", ref=entry.ref), 303)


def show_registration(entry, *, ribbons=None, paid=None, refusal=None):
    """The story as a page; with the forms and the refusal that did not go through."""
    told = stories.order_stories(_orders(entry))
    badge = f"/staff/badges/{entry.ref}.pdf"
    return render_template(
        "staff/registration.html",
        entry=entry,
        orders=told,
        answers=_answers(entry),
        may_look=registration.form.may_look(entry.meeting, current_user.roles),
        letters=[each for each in mail.letters_to(entry.contact, limit=50) if not each.is_secret],
        happenings=stories.timeline([entry, entry.person], told, entry.person),
        seated=registration.groups.seat_by_registration(entry),
        **_company(entry),
        badge_address=badge if may_open(badge) else None,
        ribbons_form=ribbons or RibbonsForm(ribbons=", ".join(entry.ribbons)),
        paid_form=paid or PaidForm(),
        refusal=refusal,
        words=words,
        mode_name=registration.mode_name,
        span_name=registration.span_name,
    )


def _answers(entry):
    """What they answered, as the desk may see it; None where nothing is asked, or shown."""
    if entry.host_id or not registrar(current_user):
        return None
    return registration.form.told(entry, language=get_locale().language)


def _company(entry):
    """With whom somebody comes, and who comes with them."""
    states = (State.DRAFT, State.HELD, State.CONFIRMED, State.CANCELLED)
    return {
        "host": registration.by_id(entry.host_id) if entry.host_id else None,
        "guests": [] if entry.host_id else registration.guests.guests_of(entry, states),
        "may_host": entry.state == State.CONFIRMED
        and entry.mode == registration.Mode.IN_PERSON
        and not entry.host_id
        and bool(registration.guests.categories_of(entry.meeting)),
    }


def _orders(entry):
    return payments.orders_with_line("registration", entry.id)


def _show_address(entry, form):
    return render_template("staff/address.html", entry=entry, form=form)


def _show_details(entry, form):
    return render_template("staff/details.html", entry=entry, form=form)
