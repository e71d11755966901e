"""Payouts: what the balance holds leaves for the bank, and every row of it is known to have gone along."""

from typing import Any

from conference.demo.stripe import events, lists
from conference.demo.stripe.calls import Call
from conference.demo.stripe.errors import bad_request
from conference.demo.stripe.ids import new_id
from conference.demo.stripe.store import Transaction

Object = dict[str, Any]

DAYS_TO_THE_BANK = 2
_LEFT = "json_extract(hidden, '$.payout') IS NULL AND json_extract(body, '$.reporting_category') NOT LIKE 'payout%'"


def listing(call: Call) -> Object:
    """`GET /v1/payouts`."""
    return lists.page(call, "payout", "/v1/payouts", by=("status",))


def rows(call: Call) -> Object:
    """`GET /v1/balance_transactions`; with `payout` those that went along with it, itself among them."""
    where: lists.Condition = ("1", [])
    if "payout" in call.params:
        call.tx.get("payout", call.params["payout"], param="payout")
        where = ("json_extract(hidden, '$.payout') = ?", [call.params["payout"]])
    return lists.page(call, "balance_transaction", "/v1/balance_transactions", by=("source", "type"), where=where)


def pay_out(tx: Transaction) -> Object:
    """Send everything that the balance holds to the bank, a payout for each currency; raises a refusal when it holds nothing."""
    found = tx.sql(f"SELECT DISTINCT json_extract(body, '$.currency') AS currency FROM objects WHERE kind = ? AND {_LEFT}",  # noqa: S608
                   ("balance_transaction",)).fetchall()  # fmt: skip
    made = [payout for row in found if (payout := _pay_out(tx, row["currency"]))]
    if not made:
        raise bad_request("The balance holds nothing that could be paid out.")
    return {"payouts": made}


def fail(tx: Transaction, payout_id: str) -> Object:
    """The bank sends a payout back: its money is in the balance again."""
    payout = tx.get("payout", payout_id, param="payout")
    if payout["status"] == "failed":
        raise bad_request(f"Payout {payout_id} has failed already.")
    back = tx.insert(_row(tx, payout, payout["amount"], "payout_failure", "payout_reversal"))
    payout.update(status="failed", failure_balance_transaction=back["id"], failure_code="account_closed",
                  failure_message="The bank account has been closed.")  # fmt: skip
    tx.save(payout)
    events.record(tx, "payout.failed", payout)
    return payout


def _pay_out(tx: Transaction, currency: str) -> Object | None:
    query = f"SELECT id, json_extract(body, '$.net') AS net FROM objects WHERE kind = ? AND json_extract(body, '$.currency') = ? AND {_LEFT}"  # noqa: S608
    left = tx.sql(query, ("balance_transaction", currency)).fetchall()
    amount = sum(row["net"] for row in left)
    if amount <= 0:
        return None
    payout = tx.insert(_payout(tx.now, amount, currency))
    own = tx.insert(_row(tx, payout, -amount, "payout", "payout"))
    for identifier in (*(row["id"] for row in left), own["id"]):
        tx.hide(identifier, payout=payout["id"])
    payout["balance_transaction"] = own["id"]
    tx.save(payout)
    for kind in ("payout.created", "payout.paid", "payout.reconciliation_completed"):
        events.record(tx, kind, payout)
    return payout


def _payout(now: int, amount: int, currency: str) -> Object:
    return {
        "id": new_id("po"),
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": now - now % 86_400 + DAYS_TO_THE_BANK * 86_400,
        "automatic": True,
        "balance_transaction": None,
        "created": now,
        "currency": currency,
        "description": "STRIPE PAYOUT",
        "destination": None,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "paid",
        "trace_id": None,
        "type": "bank_account",
    }


def _row(tx: Transaction, payout: Object, amount: int, kind: str, category: str) -> Object:
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": tx.now,
        "balance_type": "payments",
        "created": tx.now,
        "currency": payout["currency"],
        "description": "STRIPE PAYOUT",
        "exchange_rate": None,
        "fee": 0,
        "fee_details": [],
        "net": amount,
        "reporting_category": category,
        "source": payout["id"],
        "status": "available",
        "type": kind,
    }
