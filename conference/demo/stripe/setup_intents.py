"""Setup intents and stored cards: a card is kept for a customer without taking money, changed by its bank, and let go again."""

from typing import Any

from conference.demo.stripe import customers, events, means, objects
from conference.demo.stripe.errors import bad_request
from conference.demo.stripe.ids import new_id
from conference.demo.stripe.store import Transaction

Object = dict[str, Any]

KIND = "setup_intent"
METHOD = "payment_method"


def open_intent(tx: Transaction, *, customer: str | None, params: Object) -> Object:
    """A new setup intent that waits for a card, to be used later while its owner is away."""
    intent = tx.insert(_setup_intent(tx.now, customer, params))
    events.record(tx, "setup_intent.created", intent)
    return intent


def succeed(tx: Transaction, intent: Object, name: str, *, email: str | None) -> Object:
    """Keeps a card of the given sort for the intent's customer; the card."""
    method = objects.payment_method(now=tx.now, kind="card", last4=means.METHODS[name].last4, email=email)
    method["customer"] = intent["customer"]
    tx.insert(method, means=name)
    intent.update(status="succeeded", payment_method=method["id"], last_setup_error=None)
    tx.save(intent)
    events.record(tx, "payment_method.attached", method)
    events.record(tx, "setup_intent.succeeded", intent)
    return method


def fail(tx: Transaction, intent: Object, name: str) -> Object:
    """The bank does not want the card to be kept; another one may be tried."""
    sort = means.METHODS[name]
    error: Object = {"type": "card_error", "code": sort.error_code, "message": sort.message}
    if sort.decline_code:
        error["decline_code"] = sort.decline_code
    intent.update(last_setup_error=error, status="requires_payment_method")
    tx.save(intent)
    events.record(tx, "setup_intent.setup_failed", intent)
    return intent


def cancel(tx: Transaction, identifier: str) -> None:
    """Gives up an intent that kept no card, as its page has expired."""
    intent = tx.get(KIND, identifier)
    intent.update(status="canceled", cancellation_reason="abandoned")
    tx.save(intent)
    events.record(tx, "setup_intent.canceled", intent)


def detach(tx: Transaction, identifier: str) -> Object:
    """Lets a card go, for good; raises Stripe's refusal of one that nobody has."""
    method = tx.get(METHOD, identifier, param="payment_method")
    if method["customer"] is None:
        raise bad_request("The payment method you provided is not attached to a customer so detachment is impossible.")
    before = {"customer": method["customer"]}
    method["customer"] = None
    tx.save(method)
    events.record(tx, "payment_method.detached", method, before=before)
    return method


def change(tx: Transaction, identifier: str, **card: Any) -> Object:
    """The bank sends its customer a new card, and tells Stripe: other digits or another expiry."""
    method = tx.get(METHOD, identifier)
    before = {"card": method["card"]}
    method["card"] = method["card"] | card
    tx.save(method)
    events.record(tx, "payment_method.automatically_updated", method, before=before)
    return method


def means_of(tx: Transaction, identifier: str, customer: str | None) -> str:
    """Which sort of means a stored card is; raises Stripe's refusals of one that is gone, or of another customer."""
    method = tx.get(METHOD, identifier, param=METHOD)
    if method["customer"] is None:
        raise bad_request(
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared"
            " with a connected account without Customer attachment, or was detached from a Customer. It may not be used"
            " again. To use a PaymentMethod multiple times, you must attach it to a Customer first."
        )
    if customer is None:
        raise bad_request(
            "The payment method you provided is attached to a customer so for security purposes you must provide the"
            " customer in the request."
        )
    customers.living(tx, customer, param="customer")
    if method["customer"] != customer:
        raise bad_request(
            "The payment method supplied belongs to a different Customer than the one provided.", param=METHOD
        )
    return tx.hidden(identifier)["means"]


def _setup_intent(now: int, customer: str | None, params: Object) -> Object:
    identifier = new_id("seti")
    return {
        "id": identifier,
        "object": KIND,
        "application": None,
        "automatic_payment_methods": None,
        "cancellation_reason": None,
        "client_secret": f"{identifier}_{new_id('secret')}",
        "created": now,
        "customer": customer,
        "customer_account": None,
        "description": params.get("description"),
        "excluded_payment_method_types": None,
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": params.get("metadata") or {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": "off_session",
    }
