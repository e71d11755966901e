"""Where checkout is mounted, whose an order is, and the way to the payment page."""

import logging

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference import payments, registration
from conference.checkout import paying, requoting
from conference.checkout.queries import meeting_in
from conference.kernel import clock
from conference.payments import OrderState, gateway

log = logging.getLogger(__name__)
bp = Blueprint("checkout", __name__)


def own(ref):
    """The order with this reference if it is the reader's; 404 otherwise."""
    return payments.order_of(current_user.person, ref) or abort(404)


def close_pages(orders):
    """Close the payment pages of orders out of which something was taken: nobody is asked for it any more.

    Where that cannot be done now, money that still comes for it goes back by itself.
    """
    for order in orders:
        try:
            paying.close_and_look(order)
        except gateway.Unreachable as error:
            log.warning("order %s: its payment page stays open: %s", order.ref, type(error).__name__)


def to_payment(order):
    """On to the payment page of an open order; to the order itself when there is none to pay at."""
    if order.state != OrderState.OPEN:
        return redirect(url_for("checkout.order", ref=order.ref), 303)
    if payments.cards.charging.is_under_way(order.id):
        flash(_("Your saved card is being charged for this order at this moment. Look again in a minute."), "info")
        return redirect(url_for("checkout.order", ref=order.ref), 303)
    try:
        if requoting.is_due(order, clock.now()):
            return _to_new_price(order)
        page = paying.payment_page(order, email=current_user.person.email, locale=get_locale().language)
        if page is None and own(order.ref).state == OrderState.OPEN:
            flash(
                _("This was held as long as it can be. It is given back in a moment; then you can choose again."),
                "warn",
            )
    except gateway.Unreachable as error:
        log.warning("order %s: no payment page: %s", order.ref, type(error).__name__)
        flash(_("The payment service does not answer just now. Your places are held; try again in a moment."), "warn")
        page = None
    return redirect(page or url_for("checkout.order", ref=order.ref), 303)


def _to_new_price(order):
    """On to what is to be paid instead: the new price is shown before anybody pays it."""
    done = requoting.replace_order(order)
    if done.refusal is None:
        if done.order.id != order.id:
            flash(
                _("The price you saw counts no more. This is the price of today; your places are still held."), "warn"
            )
        return redirect(url_for("checkout.order", ref=done.order.ref), 303)
    flash(
        _("The price you saw counts no more, and your choice is not offered as it was: %(why)s", why=done.refusal),
        "warn",
    )
    code, group = meeting_in(order).code, registration.groups.group_of_orders([order.id])
    if group is not None:
        return redirect(url_for("checkout.group", code=code, group_ref=group.ref), 303)
    return redirect(url_for("registration.start", code=code), 303)
