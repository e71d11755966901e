"""The one way to Stripe: the official client, pointed at Stripe or, in the demo and the tests, at a stand-in server.

Every call that makes something carries an idempotency key made from our own row, so it can be repeated after any fault.
"""

import hashlib
import json
from datetime import timedelta
from itertools import islice

import stripe
from flask import current_app
from flask_babel import gettext as _

from conference.kernel import clock
from conference.payments.catching_up import MOST, all_since
from conference.payments.rules import ACCEPTED, UNDONE, RefundSeen, RefundState, Seen
from conference.payments.stripe_client import (
    API_VERSION,
    Unreachable,
    client,
    heed,
    is_about_this,
    is_away,
    is_paused,
    is_undone,
    words_of,
)

__all__ = [
    "API_VERSION",
    "Unreachable",
    "client",
    "heed",
    "is_about_this",
    "is_away",
    "is_paused",
    "is_undone",
    "words_of",
]


SESSION_LIFE = timedelta(minutes=31)  # Stripe allows 30 minutes to 24 hours
MOST_ITEMS = 50  # of a payment page, before they are shown as one
SLACK = timedelta(minutes=4)  # a payment begun in a page's last moment still finds its place held
# What we act on. Stripe's list takes full names only, twenty at most.
ACTED_ON = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_method.automatically_updated",
    "payment_method.detached",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "payout.paid",
    "payout.failed",
    "payout.reconciliation_completed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)


def page_wanted(order, *, paid, left, locale="auto", email="", customer=""):
    """What a hosted payment page for this attempt of the order is asked for with: (parameters, idempotency key).

    It leads back to the address `paid` after paying, to `left` when somebody leaves it.
    """
    parameters = {
        **_session_parameters(order),
        **({"customer": customer} if customer else {"customer_email": email}),
        "locale": locale,
        "success_url": paid + "?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": left,
    }
    return parameters, _key(order, parameters)


def open_page(parameters, key):
    """Open the payment page that is wanted: (session id, address). Raises Unreachable."""
    session = client().v1.checkout.sessions.create(parameters, {"idempotency_key": key})
    return session.id, session.url


def pages_opened(order_ref, *, since, until):
    """[(session id, address)] of the payment pages for an order that Stripe has made between two instants and that can be paid."""
    made = {"gte": int(since.timestamp()), "lte": int(until.timestamp())}
    found = client().v1.checkout.sessions.list({"created": made, "status": "open", "limit": 100})
    mine = (each for each in found.auto_paging_iter() if each.client_reference_id == order_ref)
    return [(each.id, each.url) for each in mine]


def close_page(session_id):
    """Make a payment page unpayable; it may be paid or gone already, which `look_up` will tell."""
    try:
        client().v1.checkout.sessions.expire(session_id)
    except stripe.InvalidRequestError:
        return


def look_up(session_id):
    """What Stripe says now of a payment page, as Seen."""
    session = client().v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
    intent = session.payment_intent
    return Seen(
        session_id=session.id,
        order_ref=session.client_reference_id or "",
        status=session.status or "",
        payment_status=session.payment_status,
        amount=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        payment_intent=intent.id if intent else "",
        intent_status=intent.status if intent else "",
        mode=session.mode,
    )


def refund(row, payment_ref, key):
    """Ask for a refund of our row `row` under an idempotency key, as RefundSeen; FAILED without an id when Stripe will never make it.

    Raises Unreachable; so it does while the payment is disputed, since the dispute may be won.
    """
    parameters = {
        "payment_intent": payment_ref,
        "amount": row.amount_minor,
        "metadata": {"refund": row.ref},
    }
    try:
        made = client().v1.refunds.create(parameters, {"idempotency_key": key})
    except stripe.InvalidRequestError as error:
        if error.code == "charge_disputed":
            raise
        words = str(error.user_message or error)
        return RefundSeen("", row.ref, RefundState.FAILED, words, payment_ref, row.amount_minor, row.currency)
    return _as_seen(made)


def refund_made(row, payment_ref):
    """Our row's refund if Stripe has it, as RefundSeen, else None.

    Keys of idempotency may be forgotten after 24 hours: a try whose answer never came is looked for before the next one.
    """
    made = client().v1.refunds.list({"payment_intent": payment_ref, "limit": 100})
    seen = (_as_seen(each) for each in made.auto_paging_iter())
    return next((each for each in seen if each.own_ref == row.ref), None)


def refund_seen(refund_id):
    """What Stripe says now of a refund, as RefundSeen."""
    return _as_seen(client().v1.refunds.retrieve(refund_id))


def refunds_since(instant, most=MOST):
    """What Stripe says of every refund that was made since `instant`, whoever made it, oldest first, as RefundSeen."""

    def ask(since, until, limit):
        wanted = {"created": {"gte": since, "lt": until}, "limit": 100}
        return [_as_seen(each) for each in islice(client().v1.refunds.list(wanted).auto_paging_iter(), limit)]

    return all_since(ask, instant, most=most)


def read_event(payload, header):
    """The event of a webhook body, signed with any of our secrets; ValueError when it is not from Stripe.

    Play money of a test endpoint never settles an order that costs real money, nor the other way about. Stripe names an account in an
    event when it is of one that is connected to ours (https://docs.stripe.com/connect/webhooks): it must be the one in our settings.
    """
    for secret in current_app.config["STRIPE_WEBHOOK_SECRETS"]:
        try:
            event = stripe.Webhook.construct_event(payload, header, secret).to_dict()
        except stripe.SignatureVerificationError:
            continue
        if event["livemode"] != ("_live_" in current_app.config["STRIPE_API_KEY"]):
            raise ValueError("the event is of the other mode")
        if event.get("account") not in (None, "", current_app.config["STRIPE_ACCOUNT"]):
            raise ValueError("the event is of another account than ours")
        return event
    raise ValueError("the signature does not match")


def events_since(instant, most=MOST):
    """Those of Stripe's events since `instant` that we act on, oldest first, as (id, type, object id, version of the interface)."""

    def ask(since, until, limit):
        wanted = {"created": {"gte": since, "lt": until}, "types": list(ACTED_ON), "limit": 100}
        found = islice(client().v1.events.list(wanted).auto_paging_iter(), limit)
        return [(event.id, event.type, event.data.object.id, event.api_version or "") for event in found]

    return all_since(ask, instant, most=most)


def _session_parameters(order):
    ids = {"order": order.ref}
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": order.ref,
        "metadata": ids,
        "payment_intent_data": {"metadata": ids, "description": f"Order {order.ref}"},
        "expires_at": int((clock.now() + SESSION_LIFE).timestamp()),
        "line_items": _line_items(order),
    }


def _line_items(order):
    """Each line as Stripe shows it; what an earlier payment pays a part of is one item, since Stripe takes no negative ones.

    So is an order of many: Stripe takes a hundred items at most (https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items).
    """
    standing = [line for line in order.lines if not line.ended_at]
    paid_for = [line for line in standing if line.amount_minor > 0]
    if any(line.amount_minor < 0 for line in standing):
        return [_item(order.due, _("%(title)s, less what was paid before", title=paid_for[0].title))]
    if len(paid_for) > MOST_ITEMS:
        return [_item(order.due, _("Order %(ref)s, %(count)s items", ref=order.ref, count=len(paid_for)))]
    return [_item(line.amount, line.title) for line in paid_for]


def _item(amount, name):
    price = {
        "currency": amount.currency.lower(),
        "unit_amount": amount.minor,
        "product_data": {"name": name[:250]},
    }
    return {"quantity": 1, "price_data": price}


def _key(order, parameters):
    """Another attempt or other lines are another request; `expires_at` belongs to the attempt and is frozen with it."""
    lines = json.dumps([parameters["line_items"], parameters.get("customer")], sort_keys=True)
    return f"order-{order.ref}-{order.attempt}-{hashlib.sha256(lines.encode()).hexdigest()[:12]}"


def _as_seen(made):
    return RefundSeen(
        refund_id=made.id,
        own_ref=made.metadata["refund"] if made.metadata and "refund" in made.metadata else "",
        state=RefundState(made.status) if made.status in ACCEPTED + UNDONE else RefundState.PENDING,
        failure=getattr(made, "failure_reason", None) or "",
        payment_intent=made.payment_intent or "",
        amount=made.amount,
        currency=made.currency.upper(),
    )
