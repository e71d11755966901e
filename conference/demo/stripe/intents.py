"""Payment intents and their charges: how money is asked for, taken, awaited, refused and given up."""

from typing import Any

from conference.demo.stripe import events, means, objects
from conference.demo.stripe import money_objects as made_of_money
from conference.demo.stripe.errors import StripeRefusal, bad_request
from conference.demo.stripe.store import Transaction

Object = dict[str, Any]

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def open_intent(tx: Transaction, *, amount: int, currency: str, kinds: list[str], params: Object) -> Object:
    """A new intent that waits for a means of payment."""
    intent = objects.payment_intent(now=tx.now, amount=amount, currency=currency, kinds=kinds, params=params)
    tx.insert(intent)
    events.record(tx, "payment_intent.created", intent)
    return intent


def attach(tx: Transaction, intent: Object, method: means.Means, *, email: str | None) -> Object:
    """A payment method of the given sort, tied to the intent."""
    kind = method.kind or means.debit_of(intent["currency"])
    source = tx.insert(objects.payment_method(now=tx.now, kind=kind, last4=method.last4, email=email))
    intent.update(payment_method=source["id"], last_payment_error=None, next_action=None)
    return source


def succeed(tx: Transaction, intent: Object, charge: Object | None = None) -> Object:
    """Takes the money; `charge` is the pending one of a bank debit, or None for a card."""
    if charge is None:
        source = tx.get("payment_method", intent["payment_method"])
        charge = tx.insert(made_of_money.charge(now=tx.now, intent=intent, method=source, status="succeeded"))
    kind = "charge" if charge["id"].startswith("ch_") else "payment"
    row = made_of_money.balance_transaction(now=tx.now, kind=kind, source=charge, amount=charge["amount"])
    tx.insert(row)
    charge.update(status="succeeded", paid=True, amount_captured=charge["amount"], balance_transaction=row["id"])
    intent.update(status="succeeded", amount_received=intent["amount"], next_action=None, processing=None)
    _tell(tx, "charge.succeeded", charge, "payment_intent.succeeded", intent)
    return charge


def decline(tx: Transaction, intent: Object, method: means.Means, charge: Object | None = None) -> Object:
    """The bank says no: a failed charge, and an intent that may be tried again with something else."""
    source = tx.get("payment_method", intent["payment_method"])
    if charge is None:
        charge = tx.insert(made_of_money.charge(now=tx.now, intent=intent, method=source, status="failed"))
    verdict = made_of_money.outcome("issuer_declined", "The bank did not approve this payment.", method.decline_code)
    charge.update(status="failed", paid=False, captured=False, amount_captured=0, outcome=verdict)
    charge.update(failure_code=method.error_code, failure_message=method.message)
    kind = "card_error" if source["type"] == "card" else "invalid_request_error"
    error: Object = {"type": kind, "message": method.message}
    error |= {"charge": charge["id"], "code": method.error_code, "payment_method": source}
    if method.decline_code:
        error["decline_code"] = method.decline_code
    intent.update(status="requires_payment_method", last_payment_error=error, payment_method=None, processing=None)
    _tell(tx, "charge.failed", charge, "payment_intent.payment_failed", intent)
    return charge


def ask_bank(tx: Transaction, intent: Object) -> None:
    """3-D Secure: the payer must first say yes to their bank."""
    intent.update(status="requires_action", next_action={"type": "use_stripe_sdk", "use_stripe_sdk": {}})
    tx.save(intent)
    events.record(tx, "payment_intent.requires_action", intent)


def refuse_authentication(tx: Transaction, intent: Object) -> None:
    """3-D Secure did not succeed; no charge is made."""
    error: Object = {
        "type": "invalid_request_error",
        "code": "payment_intent_authentication_failure",
        "message": means.AUTHENTICATION_FAILED,
        "payment_method": tx.get("payment_method", intent["payment_method"]),
    }
    intent.update(status="requires_payment_method", last_payment_error=error, payment_method=None, next_action=None)
    tx.save(intent)
    events.record(tx, "payment_intent.payment_failed", intent)


def start_debit(tx: Transaction, intent: Object, *, outcome: str, due: float | None) -> Object:
    """A bank debit on its way: the outcome is known here, the merchant learns it when it is due or asked for."""
    source = tx.get("payment_method", intent["payment_method"])
    charge = tx.insert(made_of_money.charge(now=tx.now, intent=intent, method=source, status="pending"))
    intent.update(status="processing")
    tx.hide(intent["id"], outcome=outcome)
    tx.set_due(intent["id"], due)
    _tell(tx, "charge.pending", charge, "payment_intent.processing", intent)
    return charge


def finish_debit(tx: Transaction, intent: Object, *, outcome: str) -> None:
    """The debit clears or bounces; raises a refusal when none is on its way."""
    if intent["status"] != "processing":
        raise bad_request(f"This PaymentIntent ({intent['id']}) has no bank debit on its way.")
    charge = tx.get("charge", intent["latest_charge"])
    tx.set_due(intent["id"], None)
    if outcome == "clear":
        succeed(tx, intent, charge)
    else:
        decline(tx, intent, means.METHODS["bank_debit_bounces"], charge)


def cancel_intent(tx: Transaction, intent: Object, *, reason: str | None) -> Object:
    """Gives up an intent that took no money yet; raises Stripe's refusal of any other."""
    if intent["status"] not in OPEN:
        raise StripeRefusal(
            "You cannot cancel this PaymentIntent because it has a status of "
            f"{intent['status']}. Only a PaymentIntent with one of the following statuses may be canceled: "
            "requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.",
            code="payment_intent_unexpected_state",
            payment_intent=intent,
        )
    intent.update(status="canceled", canceled_at=tx.now, cancellation_reason=reason, next_action=None)
    tx.save(intent)
    events.record(tx, "payment_intent.canceled", intent)
    return intent


def _tell(tx: Transaction, of_charge: str, charge: Object, of_intent: str, intent: Object) -> None:
    intent["latest_charge"] = charge["id"]
    tx.save(charge)
    tx.save(intent)
    events.record(tx, of_charge, charge)
    events.record(tx, of_intent, intent)
