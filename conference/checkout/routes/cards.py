"""One's own saved card, and whether dues are charged to it by themselves."""

import logging

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, membership, society
from conference.checkout import renewals
from conference.checkout.forms import AgreeForm, SaveCardForm
from conference.checkout.renewals import rules
from conference.checkout.routes.blueprint import bp
from conference.kernel import clock, transaction
from conference.payments import cards, gateway
from conference.web import absolute_url, allow, allow_payment_origin, signed_in

log = logging.getLogger(__name__)

PAGE = "/account/card"


@bp.get(PAGE)
@allow(signed_in)
def card():
    """The card that is saved, what it is used for, and how to change either."""
    return _show()


@bp.post(PAGE)
@allow(signed_in)
def save_card():
    """Agree that a card is kept, and go to Stripe's page to give it; in place of the one before, once it is saved."""
    form = _save_form(SaveCardForm.of_request())
    if not form.validate():
        return _show(save_form=form), 422
    person = current_user.person
    with transaction():
        accounts.claim("payment-service", person.id, now=clock.now())
        begun = renewals.begin(person, renews=form.renew.data, now=clock.now())
    try:
        page = cards.open_page(
            begun, person, email=person.email, saved=absolute_url("checkout.card_given"), left=absolute_url("checkout.card"),
            locale=get_locale().language,
        )  # fmt: skip
    except gateway.Unreachable as error:
        log.warning("card %s: no page to save it: %s", begun.ref, type(error).__name__)
        flash(_("The payment service does not answer just now. No card was saved; try again in a moment."), "warn")
        page = url_for(".card")
    return redirect(page, 303)


@bp.get(f"{PAGE}/return")
@allow(signed_in)
def card_given():
    """Back from Stripe's page: nothing is decided here; the page looks again until Stripe's word has come."""
    asked = cards.last_asked(current_user.person.id)
    if asked is None or asked.state != cards.CardState.ASKED or asked.session_id is None:
        return redirect(url_for(".card"), 303)
    response = make_response(render_template("checkout/card_given.html"))
    response.headers["Refresh"] = "2"
    return response


@bp.post(f"{PAGE}/removal")
@allow(signed_in)
def remove_card():
    """Take the card away; automatic renewal ends with it."""
    found = cards.card_of(current_user.person.id)
    with transaction():
        gone = found is not None and renewals.remove(found, current_user.person, now=clock.now())
    flash(_("Your card is removed and will not be charged.") if gone else _("There is no saved card."), "good")
    return redirect(url_for(".card"), 303)


@bp.post(f"{PAGE}/renewal")
@allow(signed_in)
def agree_to_renewal():
    """Agree that dues are charged to the saved card by themselves."""
    form = _agree_form(AgreeForm.of_request())
    if not form.validate():
        return _show(agree_form=form), 422
    with transaction():
        renewals.agree(current_user.person, now=clock.now())
    flash(_("Your membership renews by itself from now on."), "good")
    return redirect(url_for(".card") + "#renewal", 303)


@bp.post(f"{PAGE}/renewal/stop")
@allow(signed_in)
def stop_renewal():
    """Nothing is charged by itself any more."""
    with transaction():
        renewals.withdraw(current_user.person, now=clock.now())
    flash(_("Automatic renewal is off. Nothing more is charged by itself."), "good")
    return redirect(url_for(".card") + "#renewal", 303)


def _save_form(form):
    form.keep.label.text = cards.agreeing.words_of(cards.Use.KEEP)
    form.renew.label.text = cards.agreeing.words_of(cards.Use.DUES)
    return form


def _agree_form(form):
    form.dues.label.text = cards.agreeing.words_of(cards.Use.DUES)
    return form


def _show(*, save_form=None, agree_form=None):
    person, now = current_user.person, clock.now()
    today = membership.local_day(now)
    found, standing = cards.card_of(person.id), membership.standing_of(person, today)
    allow_payment_origin()
    return render_template(
        "checkout/card.html",
        card=found,
        card_words=cards.words.card_in_words(found) if found else "",
        brand=cards.words.brand_of(found) if found else "",
        is_expired=found is not None and found.is_expired(today),
        dues=cards.agreeing.agreement_of(person.id, cards.Use.DUES),
        standing=standing,
        zone=society.timezone(),
        renewal=renewals.unfinished_of(person.id),
        charged_about=rules.charge_day(standing.until, today) if standing.until else None,
        save_form=save_form or _save_form(SaveCardForm()),
        agree_form=agree_form or _agree_form(AgreeForm()),
    )
