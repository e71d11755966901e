"""Payouts take along all that the balance holds, and say what went along."""

import pytest

from tests.demo.stripe.orders import paid


def rows_of(client, payout):
    return client.v1.balance_transactions.list({"payout": payout, "limit": 100}).data


def test_a_payout_is_the_sum_of_what_went_along(client, stand_in):
    paid(stand_in)
    intent = paid(stand_in)
    client.v1.refunds.create({"payment_intent": intent, "amount": 100})

    (payout,) = stand_in.pay_out()

    rows = rows_of(client, payout["id"])
    assert sorted(row.type for row in rows) == ["charge", "charge", "payout", "refund"]
    assert sum(row.net for row in rows if row.type != "payout") == payout["amount"]
    assert sum(row.net for row in rows) == 0
    shown = client.v1.payouts.retrieve(payout["id"])
    assert (shown.status, shown.automatic, shown.reconciliation_status) == ("paid", True, "completed")
    assert [event["type"] for event in stand_in.events("payout.*")] == [
        "payout.created",
        "payout.paid",
        "payout.reconciliation_completed",
    ]


def test_what_was_paid_out_is_not_paid_out_again(client, stand_in):
    paid(stand_in)
    (first,) = stand_in.pay_out()

    with pytest.raises(ValueError, match="holds nothing"):
        stand_in.pay_out()
    paid(stand_in)
    (second,) = stand_in.pay_out()

    assert not {row.id for row in rows_of(client, first["id"])} & {row.id for row in rows_of(client, second["id"])}


def test_a_payout_that_the_bank_sends_back_brings_its_money_back(client, stand_in):
    paid(stand_in)
    (payout,) = stand_in.pay_out()

    stand_in.fail_payout(payout["id"])

    failed = client.v1.payouts.retrieve(payout["id"], {"expand": ["failure_balance_transaction"]})
    assert (failed.status, failed.failure_balance_transaction.net) == ("failed", payout["amount"])
    with pytest.raises(ValueError, match="failed already"):
        stand_in.fail_payout(payout["id"])
