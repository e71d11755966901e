"""Refunds: whole or part, never more than was paid; and disputes, where the bank takes the money back itself."""

from typing import Any

from conference.demo.stripe import events, faults, lists
from conference.demo.stripe import money_objects as made_of_money
from conference.demo.stripe.calls import Call
from conference.demo.stripe.errors import bad_request
from conference.demo.stripe.money import as_stripe_says, check_amount
from conference.demo.stripe.store import Transaction
from conference.demo.stripe.words import words

Object = dict[str, Any]

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
    if charge["disputed"]:
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


def _give_back(tx: Transaction, charge: Object, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    tx.save(charge)


def settle(tx: Transaction, refund_id: str, *, outcome: str | None = None) -> Object:
    """A pending refund succeeds or fails, as was chosen when it was made unless told; raises when it is not pending.

    A failed refund brings the money back to the merchant, so the charge counts it no more.
    """
    refund = tx.get("refund", refund_id, param="refund")
    outcome = outcome or tx.hidden(refund_id).get("outcome", "succeed")
    may_follow = {"succeed": ("pending",), "fail": ("pending", "succeeded")}
    if refund["status"] not in may_follow[outcome]:
        raise bad_request(f"This refund has a status of {refund['status']} and cannot {outcome}.")
    before = {"status": refund["status"]}
    tx.set_due(refund_id, None)
    if outcome == "succeed":
        _mark_succeeded(tx, refund)
    else:
        _mark_failed(tx, refund)
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
    tx.save(refund)
    _give_back(tx, tx.get("charge", refund["charge"]), -refund["amount"])


def _balance_row(tx: Transaction, refund: Object, amount: int) -> Object:
    kind = "refund" if refund["charge"].startswith("ch_") else "payment_refund"
    if amount > 0:
        kind = "refund_failure" if kind == "refund" else "payment_failure_refund"
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


def open_dispute(tx: Transaction, charge_id: str, *, reason: str) -> Object:
    """The payer's bank disputes a charge: the money is withdrawn at once, and refunds of it are refused."""
    charge = tx.get("charge", charge_id, param="charge")
    if charge["status"] != "succeeded" or charge["disputed"]:
        raise bad_request(f"Charge {charge_id} cannot be disputed.")
    dispute = made_of_money.dispute(now=tx.now, of=charge, reason=reason)
    row = made_of_money.balance_transaction(now=tx.now, kind="adjustment", source=dispute, amount=-dispute["amount"])
    dispute["balance_transactions"] = [tx.insert(row | {"reporting_category": "dispute"})]
    tx.insert(dispute)
    tx.save(charge | {"disputed": True})
    events.record(tx, "charge.dispute.created", dispute)
    events.record(tx, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(tx: Transaction, dispute_id: str, *, won: bool) -> Object:
    """The bank decides; money that was won comes back."""
    dispute = tx.get("dispute", dispute_id, param="dispute")
    if dispute["status"] != "needs_response":
        raise bad_request(f"This dispute has a status of {dispute['status']}.")
    dispute["status"] = "won" if won else "lost"
    if won:
        row = made_of_money.balance_transaction(now=tx.now, kind="adjustment", source=dispute, amount=dispute["amount"])
        dispute["balance_transactions"].append(tx.insert(row | {"reporting_category": "dispute_reversal"}))
    tx.save(dispute)
    events.record(tx, "charge.dispute.closed", dispute)
    if won:
        events.record(tx, "charge.dispute.funds_reinstated", dispute)
    return dispute
