"""Checkout sessions in setup mode: the hosted page on which a card is saved and nothing is paid."""

from typing import Any

from conference.demo.stripe import customers, means, objects, sessions, setup_intents
from conference.demo.stripe.calls import Call, refuse_unplayed
from conference.demo.stripe.errors import bad_request, missing_parameter, not_played
from conference.demo.stripe.paying import NotOpen
from conference.demo.stripe.store import Transaction
from conference.demo.stripe.words import words

Object = dict[str, Any]

PLAYED = words("allowed_payment_method_types setup_intent_data")
INTENT_PLAYED = words("description metadata")
SAVED = ("card", "authentication", "fails_later", "insufficient_funds")
REFUSED = ("declined",)
NOTHING: Object = {
    "amount_subtotal": None,
    "amount_total": None,
    "currency": None,
    "customer_creation": None,
    "mode": "setup",
    "payment_method_collection": "always",
    "payment_method_types": ["card"],
    "payment_status": "no_payment_required",
    "total_details": None,
}


def open_session(call: Call) -> Object:
    """`POST /v1/checkout/sessions`, in the mode that is asked for."""
    if call.params.get("mode") == "setup":
        return _create(call)
    refuse_unplayed({name: None for name in call.params if name in PLAYED}, frozenset())
    return sessions.create(call)


def _create(call: Call) -> Object:
    params = call.params
    _refuse_unplayed(params)
    sessions.check_addresses(params)
    if "customer" not in params:
        raise missing_parameter("customer")
    payer = customers.living(call.tx, params["customer"], param="customer")
    expires_at = sessions.expiry(params.get("expires_at"), call.tx.now, lenient=call.settings.lenient_expiry)
    intent = setup_intents.open_intent(call.tx, customer=payer["id"], params=params.get("setup_intent_data") or {})
    nothing: list[Object] = [{"amount_total": 0, "currency": ""}]
    session = objects.checkout_session(
        now=call.tx.now,
        url=call.public_url,
        line_items=nothing,
        debit="",
        params=params | {"expires_at": expires_at},
    )
    session |= NOTHING
    session |= {"setup_intent": intent["id"], "customer_details": objects.customer_details(payer["email"])}
    return call.tx.insert(session, due=expires_at, line_items=[])


def _refuse_unplayed(params: Object) -> None:
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_played(f"the ui_mode {params['ui_mode']}", param="ui_mode")
    for name in ("line_items", "payment_intent_data", "submit_type"):
        if name in params:
            raise bad_request(f"You can not pass `{name}` in `setup` mode.", param=name)
    if params.get("allowed_payment_method_types") != ["card"]:
        raise not_played("saving anything but cards", param="allowed_payment_method_types")
    refuse_unplayed(params.get("setup_intent_data") or {}, INTENT_PLAYED, "setup_intent_data")


def save(tx: Transaction, session_id: str, method: str) -> Object:
    """The session after the payer has given a card: kept, or refused by its bank. Raises NotOpen, or a refusal for another means."""
    session = tx.get(sessions.KIND, session_id, param="session")
    if session["status"] == "open" and session["expires_at"] <= tx.now:
        sessions.close(tx, session)
    if session["status"] != "open":
        raise NotOpen(session)
    if method not in SAVED + REFUSED:
        raise bad_request(f"No {method!r} is saved; there are: {', '.join(SAVED + REFUSED)}.", param="method")
    intent = tx.get(setup_intents.KIND, session["setup_intent"])
    if method in REFUSED:
        setup_intents.fail(tx, intent, method)
        return session
    setup_intents.succeed(tx, intent, method, email=session["customer_details"]["email"])
    return sessions.complete(tx, session, payment_status="no_payment_required")


def detach(call: Call, method: str) -> Object:
    """`POST /v1/payment_methods/:id/detach`."""
    return setup_intents.detach(call.tx, method)


def error_of(tx: Transaction, session: Object) -> str:
    """Why the last card was not kept, in the bank's words; empty when none was tried."""
    intent = tx.find(setup_intents.KIND, session["setup_intent"])
    return ((intent or {}).get("last_setup_error") or {}).get("message", "")


def is_known(method: str) -> bool:
    """Whether the page offers it."""
    return method in (*SAVED, *REFUSED) and method in means.METHODS
