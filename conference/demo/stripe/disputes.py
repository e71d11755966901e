"""Disputes: a payer's bank asks, takes the money, is answered, decides; or sends a direct debit back."""

from typing import Any

from conference.demo.stripe import events
from conference.demo.stripe import money_objects as made_of_money
from conference.demo.stripe.errors import bad_request
from conference.demo.stripe.store import Transaction

Object = dict[str, Any]

INQUIRY, OPEN = ("warning_needs_response", "warning_under_review"), ("needs_response", "under_review")
FEE = 1500  # minor units that a dispute costs; what is only asked costs nothing


def open_dispute(tx: Transaction, charge_id: str, *, reason: str, amount: int | None, inquiry: bool) -> Object:
    """The payer's bank disputes a charge: the money is withdrawn at once and refunds are refused; an inquiry does neither.

    A direct debit that comes back is lost at once, since nothing can be answered.
    """
    charge = tx.get("charge", charge_id, param="charge")
    if charge["status"] != "succeeded" or charge["disputed"]:
        raise bad_request(f"Charge {charge_id} cannot be disputed.")
    status = INQUIRY[0] if inquiry else OPEN[0]
    dispute = made_of_money.dispute(now=tx.now, of=charge, reason=reason, amount=amount, status=status)
    if not inquiry:
        _withdraw(tx, dispute)
    tx.insert(dispute)
    tx.save(charge | {"disputed": True})
    events.record(tx, "charge.dispute.created", dispute)
    if not inquiry:
        events.record(tx, "charge.dispute.funds_withdrawn", dispute)
    if charge["payment_method_details"]["type"] != "card" and not inquiry:
        return close_dispute(tx, dispute["id"], outcome="lost")
    return dispute


def escalate(tx: Transaction, dispute_id: str) -> Object:
    """What was only asked becomes a dispute: the money is withdrawn."""
    dispute = _in_state(tx, dispute_id, INQUIRY)
    dispute.update(status=OPEN[0], is_charge_refundable=False)
    _withdraw(tx, dispute)
    tx.save(dispute)
    events.record(tx, "charge.dispute.updated", dispute)
    events.record(tx, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def answer(tx: Transaction, dispute_id: str) -> Object:
    """The merchant has sent evidence: the bank looks at it."""
    dispute = _in_state(tx, dispute_id, (INQUIRY[0], OPEN[0]))
    dispute["status"] = INQUIRY[1] if dispute["status"] in INQUIRY else OPEN[1]
    dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1}
    tx.save(dispute)
    events.record(tx, "charge.dispute.updated", dispute)
    return dispute


def close_dispute(tx: Transaction, dispute_id: str, *, outcome: str) -> Object:
    """The bank decides; money that was won comes back. An inquiry is closed whatever the outcome."""
    dispute = _in_state(tx, dispute_id, INQUIRY + OPEN)
    was_inquiry = dispute["status"] in INQUIRY
    dispute["status"] = "warning_closed" if was_inquiry else outcome
    won = outcome == "won" and not was_inquiry
    if won:
        _give_back(tx, dispute)
    tx.save(dispute)
    if was_inquiry:
        tx.save(tx.get("charge", dispute["charge"]) | {"disputed": False})
    events.record(tx, "charge.dispute.closed", dispute)
    if won:
        events.record(tx, "charge.dispute.funds_reinstated", dispute)
    return dispute


def _in_state(tx: Transaction, dispute_id: str, states: tuple[str, ...]) -> Object:
    dispute = tx.get("dispute", dispute_id, param="dispute")
    if dispute["status"] not in states:
        raise bad_request(f"This dispute has a status of {dispute['status']}.")
    return dispute


def _withdraw(tx: Transaction, dispute: Object) -> None:
    dispute["balance_transactions"].append(_row(tx, dispute, -dispute["amount"], fee=FEE, category="dispute"))


def _give_back(tx: Transaction, dispute: Object) -> None:
    dispute["balance_transactions"].append(_row(tx, dispute, dispute["amount"], fee=0, category="dispute_reversal"))


def _row(tx: Transaction, dispute: Object, amount: int, *, fee: int, category: str) -> Object:
    row = made_of_money.balance_transaction(now=tx.now, kind="adjustment", source=dispute, amount=amount)
    detail = made_of_money.fee_detail(fee, dispute["currency"], "Dispute fee")
    row |= {"reporting_category": category, "fee": fee, "net": amount - fee, "fee_details": [detail] if fee else []}
    return tx.insert(row)
