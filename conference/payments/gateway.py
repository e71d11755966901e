"""The one way to Stripe: the official client, pointed at Stripe or, in the demo and the tests, at a stand-in server.

Every call that makes something carries an idempotency key made from our own row, so it can be repeated after any fault.
"""

import hashlib
import json
from datetime import timedelta

import stripe
from flask import current_app

from conference.kernel import clock
from conference.payments.rules import RefundState, Seen
from conference.web import absolute_url

TIMEOUT = 15  # seconds to read an answer; the client tries twice more on a broken connection
SESSION_LIFE = timedelta(minutes=31)  # Stripe allows 30 minutes to 24 hours
SLACK = timedelta(minutes=4)  # a payment begun in a page's last moment still finds its place held

Unreachable = stripe.StripeError


def client():
    """The client for this application's key and address, made once."""
    made = current_app.extensions.get("stripe-client")
    if made is None:
        base = current_app.config["STRIPE_API_BASE"]
        made = current_app.extensions["stripe-client"] = stripe.StripeClient(
            current_app.config["STRIPE_API_KEY"],
            base_addresses={"api": base} if base else {},
            max_network_retries=2,
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
        )
    return made


def open_page(order, *, email, locale="auto"):
    """A hosted payment page for this attempt of the order: (session id, address). Raises Unreachable."""
    parameters = _session_parameters(order, email, locale)
    session = client().v1.checkout.sessions.create(parameters, {"idempotency_key": _key(order, parameters)})
    return session.id, session.url


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
    )


def refund(row, payment_ref):
    """Ask for a refund of our row `row`: (Stripe's id, RefundState, failure in words)."""
    parameters = {
        "payment_intent": payment_ref,
        "amount": row.amount_minor,
        "metadata": {"refund": row.ref},
    }
    made = client().v1.refunds.create(parameters, {"idempotency_key": f"refund-{row.ref}"})
    return made.id, *_refund_state(made)


def refund_seen(refund_id):
    """What Stripe says now of a refund: (our reference or "", RefundState, failure, payment intent)."""
    found = client().v1.refunds.retrieve(refund_id)
    own = found.metadata["refund"] if found.metadata and "refund" in found.metadata else ""
    return own, *_refund_state(found), found.payment_intent or ""


def read_event(payload, header):
    """The event of a webhook body, signed with any of our secrets; ValueError when it is not from Stripe."""
    for secret in current_app.config["STRIPE_WEBHOOK_SECRETS"]:
        try:
            return stripe.Webhook.construct_event(payload, header, secret).to_dict()
        except stripe.SignatureVerificationError:
            continue
    raise ValueError("the signature does not match")


def events_since(instant, limit=500):
    """Stripe's events since `instant`, oldest first, as (id, type, object id): to find those that never arrived."""
    found = client().v1.events.list({"created": {"gte": int(instant.timestamp())}, "limit": 100})
    events = []
    for event in found.auto_paging_iter():
        events.append((event.id, event.type, event.data.object.id if "id" in event.data.object else ""))
        if len(events) >= limit:
            break
    return events[::-1]


def _session_parameters(order, email, locale):
    ids = {"order": order.ref}
    address = absolute_url("checkout.came_back", ref=order.ref)
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": order.ref,
        "customer_email": email,
        "locale": locale,
        "metadata": ids,
        "payment_intent_data": {"metadata": ids, "description": f"Order {order.ref}"},
        "expires_at": int((clock.now() + SESSION_LIFE).timestamp()),
        "success_url": address + "?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": absolute_url("checkout.order", ref=order.ref),
        "line_items": [_line_item(line) for line in order.lines if line.amount_minor > 0],
    }


def _line_item(line):
    price = {
        "currency": line.currency.lower(),
        "unit_amount": line.amount_minor,
        "product_data": {"name": line.title[:250]},
    }
    return {"quantity": 1, "price_data": price}


def _key(order, parameters):
    """Another attempt or other lines are another request; `expires_at` belongs to the attempt and is frozen with it."""
    lines = json.dumps(parameters["line_items"], sort_keys=True)
    return f"order-{order.ref}-{order.attempt}-{hashlib.sha256(lines.encode()).hexdigest()[:12]}"


def _refund_state(made):
    states = {"succeeded": RefundState.SUCCEEDED, "failed": RefundState.FAILED, "canceled": RefundState.FAILED}
    failure = getattr(made, "failure_reason", None) or ""
    return states.get(made.status, RefundState.PENDING), failure
