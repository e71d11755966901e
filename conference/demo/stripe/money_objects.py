"""Builds the objects that stand for money that moved: charges, refunds, disputes, and the balance they change."""

from typing import Any

from conference.demo.stripe.ids import new_id
from conference.demo.stripe.money import fee
from conference.demo.stripe.objects import CARD, CARD_CHECKS
from conference.demo.stripe.words import words

Object = dict[str, Any]

EVIDENCE = words(
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal"
    " customer_communication customer_email_address customer_name customer_purchase_ip customer_signature"
    " duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt"
    " refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation"
    " shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number"
    " uncategorized_file uncategorized_text"
)
EVIDENCE_DAYS = 7


def charge(*, now: int, intent: Object, method: Object, status: str) -> Object:
    """One attempt to take the money of an intent: succeeded, pending or failed."""
    return {
        "id": new_id("ch" if method["type"] == "card" else "py"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if status == "succeeded" else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": intent["statement_descriptor"] or "STAND-IN",
        "captured": status != "failed",
        "created": now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": outcome("authorized", "Payment complete."),
        "paid": status != "failed",
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _details(method, intent["amount"]),
        "presentment_details": None,
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": status,
        "transfer_data": None,
        "transfer_group": None,
    }


def _details(method: Object, amount: int) -> Object:
    if method["type"] != "card":
        return {"type": method["type"], method["type"]: {"last4": method[method["type"]]["last4"]}}
    card = CARD | {"amount_authorized": amount, "checks": CARD_CHECKS, "last4": method["card"]["last4"]}
    return {"type": "card", "card": card | {"network": "visa", "three_d_secure": None}}


def outcome(kind: str, message: str, reason: str | None = None) -> Object:
    """How a charge was judged."""
    allowed = kind == "authorized"
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "approved_by_network" if allowed else "declined_by_network",
        "reason": reason,
        "risk_level": "normal",
        "seller_message": message,
        "type": kind,
    }


def refund(*, now: int, of: Object, amount: int, status: str, params: Object) -> Object:
    """Money on its way back; `of` is the charge."""
    kind = of["payment_method_details"]["type"]
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": of["id"],
        "created": now,
        "currency": of["currency"],
        "customer": None,
        "customer_account": None,
        "destination_details": {"type": kind, kind: {"type": "refund"} if kind == "card" else {}},
        "metadata": params.get("metadata") or {},
        "payment_intent": of["payment_intent"],
        "payment_method": of["payment_method"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": status,
        "transfer_reversal": None,
        **({"pending_reason": "processing"} if status == "pending" else {}),
    }


def balance_transaction(*, now: int, kind: str, source: Object, amount: int) -> Object:
    """A row of the account's balance; charges cost a fee, refunds do not give it back."""
    cost = fee(amount) if kind in ("charge", "payment") else 0
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + 2 * 86_400,
        "balance_type": "payments",
        "created": now,
        "currency": source["currency"],
        "description": None,
        "exchange_rate": None,
        "fee": cost,
        "fee_details": [fee_detail(cost, source["currency"])] if cost else [],
        "net": amount - cost,
        "reporting_category": {"payment": "charge", "payment_refund": "refund"}.get(kind, kind),
        "source": source["id"],
        "status": "pending",
        "type": kind,
    }


def fee_detail(amount: int, currency: str, what: str = "Stripe processing fees") -> Object:
    """What a fee was for."""
    return {
        "amount": amount,
        "application": None,
        "currency": currency,
        "description": what,
        "type": "stripe_fee",
    }


def dispute(*, now: int, of: Object, reason: str, amount: int | None, status: str) -> Object:
    """A payer's bank that wants its money back; `of` is the charge."""
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": of["amount"] if amount is None else amount,
        "balance_transactions": [],
        "charge": of["id"],
        "created": now,
        "currency": of["currency"],
        "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys(sorted(EVIDENCE)) | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + EVIDENCE_DAYS * 86_400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": status.startswith("warning"),
        "livemode": False,
        "metadata": {},
        "payment_intent": of["payment_intent"],
        "payment_method_details": None,
        "reason": reason,
        "status": status,
    }
