"""Refunds: whole or part, never more than was paid; done, waiting for bank or payer, failed or called off."""

from typing import Any

from conference.demo.stripe import events, faults, lists
from conference.demo.stripe import money_objects as made_of_money
from conference.demo.stripe.calls import Call
from conference.demo.stripe.errors import bad_request
from conference.demo.stripe.money import as_stripe_says, check_amount
from conference.demo.stripe.store import Transaction
from conference.demo.stripe.words import words

Object = dict[str, Any]

WAITING = ("pending", "requires_action")
PLAYED = words("amount charge currency expand metadata payment_intent reason")


def create(call: Call) -> Object:
    """`POST /v1/refunds`."""
    charge = _charge_named(call)
    amount = _refundable(call, charge)
    refund = made_of_money.refund(now=call.tx.now, of=charge, amount=amount, status="pending", params=call.params)
    call.tx.insert(refund)
    _give_back(call.tx, charge, amount)
    outcome = faults.current(call.tx).refund_outcome
    at_once = outcome == "succeeded" and charge["payment_method_details"]["type"] == "card"
    if at_once:
        _mark_succeeded(call.tx, refund)
    if outcome == "requires_action":
        _wait_for_payer(call.tx, refund)
    if outcome == "failed":
        call.tx.hide(refund["id"], outcome="fail")
        call.tx.set_due(refund["id"], call.tx.now)
    events.record(call.tx, "refund.created", refund)
    events.record(call.tx, "charge.refunded", charge, before={"amount_refunded": charge["amount_refunded"] - amount})
    return refund


def _charge_named(call: Call) -> Object:
    params, tx = call.params, call.tx
    if "charge" not in params and "payment_intent" not in params:
        raise bad_request(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
        )
    if "charge" in params:
        return tx.get("charge", params["charge"], param="charge")
    intent = tx.get("payment_intent", params["payment_intent"], param="payment_intent")
    charge = tx.find("charge", intent["latest_charge"])
    if charge is None or intent["status"] != "succeeded":
        raise bad_request(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return charge


def _refundable(call: Call, charge: Object) -> int:
    """The amount to give back; raises Stripe's refusal of more than is left."""
    if charge["status"] != "succeeded":
        raise bad_request(
            f"This PaymentIntent ({charge['payment_intent']}) does not have a successful charge to refund."
        )
    if _is_blocked(call.tx, charge):
        raise bad_request(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise bad_request(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = check_amount(call.params.get("amount", left), charge["currency"], param="amount", least=1)
    if amount > left:
        asked, rest = as_stripe_says(amount, charge["currency"]), as_stripe_says(left, charge["currency"])
        raise bad_request(
            f"Refund amount ({asked}) is greater than unrefunded amount on charge ({rest})", param="amount"
        )
    return amount


def _is_blocked(tx: Transaction, charge: Object) -> bool:
    """Whether a dispute of the charge is open or lost; one that was won blocks nothing, nor does a mere inquiry."""
    found = tx.all_where("dispute", "charge", charge["id"])
    return any(not each["is_charge_refundable"] and each["status"] != "won" for each in found)


def _give_back(tx: Transaction, charge: Object, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    tx.save(charge)


def settle(tx: Transaction, refund_id: str, *, outcome: str | None = None) -> Object:
    """A waiting refund succeeds, fails or is called off, as was chosen when it was made unless told; raises when it does not wait.

    A failed refund brings the money back to the merchant, so the charge counts it no more.
    """
    refund = tx.get("refund", refund_id, param="refund")
    outcome = outcome or tx.hidden(refund_id).get("outcome", "succeed")
    may_follow = {
        "succeed": WAITING,
        "fail": (*WAITING, "succeeded"),
        "cancel": WAITING,
    }
    if refund["status"] not in may_follow[outcome]:
        raise bad_request(f"This refund has a status of {refund['status']} and cannot {outcome}.")
    before = {"status": refund["status"]}
    tx.set_due(refund_id, None)
    if outcome == "succeed":
        _mark_succeeded(tx, refund)
    elif outcome == "fail":
        _mark_failed(tx, refund)
    else:
        _mark_canceled(tx, refund)
    for name in ["refund.updated", "charge.refund.updated"] + (["refund.failed"] if outcome == "fail" else []):
        events.record(tx, name, refund, before=before if name != "refund.failed" else None)
    return refund


def _mark_succeeded(tx: Transaction, refund: Object) -> None:
    row = _balance_row(tx, refund, -refund["amount"])
    refund.update(status="succeeded", balance_transaction=row["id"])
    refund.pop("pending_reason", None)
    kind = refund["destination_details"]["type"]
    if kind == "card":
        details = {"type": "refund", "reference_status": "pending", "reference_type": "acquirer_reference_number"}
        refund["destination_details"] = {"type": kind, "card": details}
    tx.save(refund)


def _mark_failed(tx: Transaction, refund: Object) -> None:
    if refund["balance_transaction"]:
        refund["failure_balance_transaction"] = _balance_row(tx, refund, refund["amount"])["id"]
    refund.update(status="failed", failure_reason="expired_or_canceled_card")
    refund.pop("pending_reason", None)
    refund.pop("next_action", None)
    tx.save(refund)
    _give_back(tx, tx.get("charge", refund["charge"]), -refund["amount"])


def _wait_for_payer(tx: Transaction, refund: Object) -> None:
    """Stripe asks the payer by e-mail where the money shall go."""
    refund.update(status="requires_action")
    refund.pop("pending_reason", None)
    refund["next_action"] = {
        "type": "display_details",
        "display_details": {
            "email_sent": {"email_sent_at": tx.now, "email_sent_to": "payer@example.org"},
            "expires_at": tx.now + 45 * 86_400,
        },
    }
    tx.save(refund)


def _mark_canceled(tx: Transaction, refund: Object) -> None:
    refund.update(status="canceled")
    refund.pop("pending_reason", None)
    refund.pop("next_action", None)
    tx.save(refund)
    _give_back(tx, tx.get("charge", refund["charge"]), -refund["amount"])


def _balance_row(tx: Transaction, refund: Object, amount: int) -> Object:
    kind = "refund" if refund["charge"].startswith("ch_") else "payment_refund"
    if amount > 0:  # of a bank debit too: `payment_failure_refund` is a debit that fails after it had cleared
        kind = "refund_failure"
    return tx.insert(made_of_money.balance_transaction(now=tx.now, kind=kind, source=refund, amount=amount))


def update(call: Call, refund: str) -> Object:
    """`POST /v1/refunds/:id`: metadata only."""
    found = call.tx.get("refund", refund, param="refund")
    wanted = call.params.get("metadata", {})
    merged = {} if wanted == "" else found["metadata"] | wanted
    found["metadata"] = {key: value for key, value in merged.items() if value != ""}
    call.tx.save(found)
    events.record(call.tx, "refund.updated", found)
    return found


def listing(call: Call) -> Object:
    """`GET /v1/refunds`."""
    return lists.page(call, "refund", "/v1/refunds", by=("charge", "payment_intent"))
