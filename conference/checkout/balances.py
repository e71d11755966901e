"""Balances that are asked for because no proof was cleared in time, and what becomes of them when one is cleared after all.

Nothing is due any more then: an order that is open ends once its payment page is closed; one that was paid, although the proof had
been handed in before, is credited.
"""

import logging
from datetime import timedelta

from flask_babel import gettext as _

from conference import payments, registration
from conference.checkout import mails, paying
from conference.checkout.changing.asking import reprice
from conference.checkout.lapsing import lapse_if_due
from conference.payments import OrderState, gateway
from conference.registration import State, eligibility

log = logging.getLogger(__name__)
provisions = eligibility.provisions


def ask(provision, entry, line, now):
    """Place an order over the balance to the price of `line`; without a balance (a code takes the whole of it) the price stands."""
    until, reason = now + timedelta(days=provision.pay_days), _("No proof was cleared in time")
    change = reprice(entry, line=line, reason=reason, by=None, now=now, expires_at=until)
    if change.order_id is None or payments.order_by_id(change.order_id).state == OrderState.PAID:
        provisions.move(provision, eligibility.ProvisionState.KEPT, now=now)
        return
    provisions.move(provision, eligibility.ProvisionState.ASKED, now=now, order_id=change.order_id)
    mails.balance_due(payments.order_by_id(change.order_id), entry, now=now)


def close_page(provision_id):
    """Close the payment page of a balance that is not due any more, and settle what was paid a moment before. Not in a transaction.

    What cannot be asked now is asked again: the order ends only when its page is closed.
    """
    order = provisions.order_not_due(provision_id)
    if order is None or order.state != OrderState.OPEN:
        return
    try:
        paying.close_and_look(order)
    except gateway.Unreachable as error:
        log.warning("order %s: its payment page stays open: %s", order.ref, type(error).__name__)


def look(provision, now):
    """What has become of a balance that was asked for. Refusal when another change of the registration waits."""
    order = payments.locked(provision.order_id)
    if provisions.is_cleared(provision):
        _not_due(provision, order, now)
    elif provision.state == eligibility.ProvisionState.ASKED:
        _due(provision, order, now)


def _due(provision, order, now):
    match order.state:
        case OrderState.PAID:
            provisions.move(provision, eligibility.ProvisionState.PAID, now=now)
        case OrderState.LAPSED | OrderState.RETURNED:
            provisions.move(provision, eligibility.ProvisionState.UNPAID, now=now)
        case _:
            provisions.look_later(provision, now)


def _not_due(provision, order, now):
    match order.state:
        case OrderState.PAID if not provisions.was_handed_in_before(provision, order.settled_at):
            provisions.move(provision, eligibility.ProvisionState.PAID, now=now)
        case OrderState.PAID:
            _credit(provision, order, now)
        case OrderState.OPEN if not order.session_url:
            lapse_if_due(order.id, now=now, at_once=True)
            _keep(provision, order, now)
        case OrderState.LAPSED | OrderState.RETURNED if provision.state != eligibility.ProvisionState.KEPT:
            _keep(provision, order, now)
        case _:  # it is being paid, or its page could not be closed
            provisions.look_later(provision, now)


def _keep(provision, order, now):
    provisions.move(provision, eligibility.ProvisionState.KEPT, now=now)
    mails.balance_over(order, registration.by_id(provision.registration_id), now=now)


def _credit(provision, order, now):
    """Sell the ticket anew at the price that it had before the balance, when it stands as the balance left it."""
    entry = registration.by_id(provision.registration_id)
    stands = next((line for line in order.lines if line.kind == "registration" and not line.ended_at), None)
    if stands is None or entry.state != State.CONFIRMED:
        provisions.move(provision, eligibility.ProvisionState.MOOT, now=now)
        return
    (first,) = payments.lines_by_id([provision.line_id])
    line = provisions.as_before(first, stands, provision)
    reprice(entry, line=line, reason=_("Your proof is cleared"), by=None, now=now)
    provisions.move(provision, eligibility.ProvisionState.CREDITED, now=now)
