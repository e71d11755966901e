"""Saved cards at Stripe: the page on which one is given, the card itself, and charges while its owner is away.

Sources: https://docs.stripe.com/payments/save-and-reuse?platform=web&ui=stripe-hosted, https://docs.stripe.com/payments/save-during-payment#charge-saved-payment-method
"""

import stripe

from conference.kernel import clock
from conference.payments.cards.rules import GONE, REFUSED, CardSeen, ChargeSeen
from conference.payments.gateway import SESSION_LIFE
from conference.payments.stripe_client import client


def page_wanted(card, *, customer, saved, left, locale):
    """(parameters, idempotency key) of the page on which a card is saved; nothing is paid there."""
    ids = {"card": card.ref}
    parameters = {
        "mode": "setup",
        "ui_mode": "hosted_page",
        "allowed_payment_method_types": ["card"],
        "customer": customer,
        "client_reference_id": card.ref,
        "metadata": ids,
        "setup_intent_data": {"metadata": ids},
        "expires_at": int((clock.now() + SESSION_LIFE).timestamp()),
        "locale": locale,
        "success_url": saved,
        "cancel_url": left,
    }
    return parameters, f"card-{card.ref}"


def page_seen(session_id):
    """What Stripe says now of a page on which a card is saved, as CardSeen."""
    session = client().v1.checkout.sessions.retrieve(session_id, {"expand": ["setup_intent.payment_method"]})
    intent = session.setup_intent
    method = intent.payment_method if intent else None
    facts = {"card_ref": session.client_reference_id or "", "session_id": session.id, "status": session.status or ""}
    if not method or intent.status != "succeeded":
        return CardSeen(**facts)
    return CardSeen(**facts, is_saved=True, customer=method.customer or "", method=method.id, **_face(method))


def pages_opened(card_ref, *, customer, since):
    """Ids of the pages for a card that Stripe has made since an instant and that can still be used."""
    wanted = {"created": {"gte": int(since.timestamp())}, "status": "open", "customer": customer, "limit": 100}
    found = client().v1.checkout.sessions.list(wanted)
    return [each.id for each in found.auto_paging_iter() if each.client_reference_id == card_ref]


def face_of(method_ref):
    """What may be known here of a card: brand, last4, exp_month, exp_year; None when its customer has it no more."""
    try:
        method = client().v1.payment_methods.retrieve(method_ref)
    except stripe.InvalidRequestError as error:
        if error.code != GONE:
            raise
        return None
    return _face(method) if method.customer and method.type == "card" else None


def let_go(method_ref, key):
    """Have Stripe forget a card, for good; one that it has forgotten before is no fault. Raises Unreachable."""
    try:
        client().v1.payment_methods.detach(method_ref, {}, {"idempotency_key": key})
    except stripe.InvalidRequestError:
        if face_of(method_ref) is not None:
            raise


def charge(row, card, order, key):
    """Charge a card for an order while its owner is away, as ChargeSeen: a bank that says no is an answer. Raises Unreachable."""
    parameters = {
        "amount": row.amount_minor,
        "currency": row.currency.lower(),
        "customer": card.customer_ref,
        "payment_method": card.method_ref,
        "allowed_payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "description": f"Order {order.ref}",
        "metadata": {"order": order.ref, "charge": row.ref},
    }
    try:
        return _as_seen(client().v1.payment_intents.create(parameters, {"idempotency_key": key}))
    except stripe.CardError as error:
        return _as_refused(row, order, error)
    except stripe.InvalidRequestError as error:
        if face_of(card.method_ref) is not None:
            raise
        words = str(error.user_message or "")
        return ChargeSeen(row.ref, order.ref, "", "", 0, row.currency, GONE, words)


def charge_made(row, customer):
    """Our row's charge if Stripe has it, as ChargeSeen, else None: a try whose answer never came is looked for before the next."""
    since = int(row.promised_at.timestamp()) - 300  # clocks differ a little
    try:
        made = client().v1.payment_intents.list({"customer": customer, "created": {"gte": since}, "limit": 100})
        seen = [_as_seen(each) for each in made.auto_paging_iter()]
    except stripe.InvalidRequestError as error:
        if error.code != GONE:  # a customer who was deleted there has no charges, and no card
            raise
        return None
    return next((each for each in seen if each.charge_ref == row.ref), None)


def refused(row, order, words):
    """A charge that Stripe itself has refused for good, though no bank was asked: as one that was declined."""
    return ChargeSeen(row.ref, order.ref, "", "", 0, row.currency, REFUSED, words)


def charge_seen(intent_id):
    """What Stripe says now of a payment, as ChargeSeen; without our reference when it is none of these charges."""
    return _as_seen(client().v1.payment_intents.retrieve(intent_id))


def _face(method):
    card = method.card
    return {"brand": card.brand, "last4": card.last4, "exp_month": card.exp_month, "exp_year": card.exp_year}


def _as_seen(intent):
    metadata = intent.metadata.to_dict() if intent.metadata else {}
    error = intent.last_payment_error
    return ChargeSeen(
        charge_ref=metadata.get("charge", ""),
        order_ref=metadata.get("order", ""),
        intent=intent.id,
        status=intent.status,
        amount=intent.amount_received,
        currency=intent.currency.upper(),
        code=_code_of(error) if error else "",
        message=(error.message or "") if error else "",
    )


def _code_of(error):
    """The bank's own word where it gave one: "card_declined" alone does not tell whether to try again."""
    return getattr(error, "decline_code", None) or error.code or ""


def _as_refused(row, order, error):
    told = error.error
    intent = getattr(told, "payment_intent", None)
    code = _code_of(told) if told else (error.code or "")
    return ChargeSeen(
        row.ref, order.ref, intent.id if intent else "", "requires_payment_method", 0, row.currency, code,
        str(error.user_message or ""),
    )  # fmt: skip
