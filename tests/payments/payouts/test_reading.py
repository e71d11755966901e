"""Stripe's balance is read once, whatever is read twice, and every row of it is tied or says why it is not."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from conference import payments
from conference.kernel import clock, db, transaction
from conference.payments import Payment, payouts
from conference.payments.payouts import BalanceRow, Payout, tying
from conference.payments.payouts import jobs as payouts_jobs
from tests.payments.payouts.conftest import give_back, rows


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_payments_and_refunds_are_tied_to_the_cent_and_the_payout_sums_up(buy, read, stripe):
    ada, ben = buy("Ada"), buy("Ben")
    give_back(ada, 10000)
    (paid_out,) = stripe.pay_out()

    read()

    payout = payouts.by_id(paid_out["id"])
    assert rows(payout=payout) == [
        ("charge", 44000, "tied"),
        ("charge", 44000, "tied"),
        ("payout", -payout.amount_minor, "tied"),
        ("refund", -10000, "tied"),
    ]
    tied = {row.payment_key for row in db.session.scalars(payouts.rows(payout=payout)) if row.payment_key}
    assert tied == {payments.payments_of(order)[0].id for order in (ada, ben)}
    sums = payouts.sums_of([payout])[payout.id]
    assert (sums["rows"], sums["net"], sums["open"]) == (3, payout.amount_minor, 0)
    assert sums["fee"] > 0
    assert payouts.differences() == []


def test_reading_again_changes_nothing(buy, read, stripe):
    buy("Ada")
    stripe.pay_out()
    read()
    before = count(BalanceRow), count(Payout), rows()

    for _again in range(3):
        read()

    assert (count(BalanceRow), count(Payout), rows()) == before


def test_what_is_read_before_the_payout_goes_along_with_it_later(buy, read, stripe):
    buy("Ada")
    read()
    assert db.session.scalars(payouts.rows(category="charge")).first().payout_key is None
    (paid_out,) = stripe.pay_out()

    read()

    payout = payouts.by_id(paid_out["id"])
    assert [name for name, _amount, _trouble in rows(payout=payout)] == ["charge", "payout"]


def test_a_charge_made_at_stripe_by_hand_belongs_to_nothing_of_ours(buy, read, stripe):
    made = stripe.client().v1.payment_intents.create(
        {"amount": 5000, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True,
         "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    )  # fmt: skip

    read()

    (row,) = db.session.scalars(payouts.rows(text=made.id))
    assert (row.amount_minor, row.tied_at, row.trouble) == (5000, None, "nothing of ours belongs to it")


def test_an_amount_that_differs_is_named_and_tied_once_it_agrees(buy, read):
    payment = payments.payments_of(buy("Ada"))[0]
    with transaction():
        db.session.execute(update(Payment).where(Payment.id == payment.id).values(amount_minor=43999))

    read()
    assert rows(text=payment.provider_ref) == [("charge", 44000, "440.00 USD at Stripe, 439.99 USD here")]
    with transaction():
        db.session.execute(update(Payment).where(Payment.id == payment.id).values(amount_minor=44000))
    read()

    assert rows(text=payment.provider_ref) == [("charge", 44000, "tied")]


def test_a_refund_that_failed_stands_twice_and_both_are_tied(buy, read, stripe):
    order = buy("Ada")
    give_back(order, 10000)
    stripe.settle_refund(payments.refunds_of(order)[0].provider_ref, "fail")

    read()

    found = [row for row in rows() if row[0].startswith("refund")]
    assert found == [("refund", -10000, "tied"), ("refund_failure", 10000, "tied")]


def test_a_payout_that_the_bank_sends_back_stays_in_the_books_as_failed(buy, read, stripe):
    buy("Ada")
    (paid_out,) = stripe.pay_out()
    read()
    stripe.fail_payout(paid_out["id"])

    read()

    payout = payouts.by_id(paid_out["id"])
    assert (payout.status, payout.failure) == ("failed", "The bank account has been closed.")
    assert ("payout_reversal", payout.amount_minor, "tied") in rows()
    assert payouts.differences() == []


def test_what_stripe_does_not_show_after_two_days_is_missing(buy, read, stripe):
    buy("Ada")
    read()
    order = buy("Ben")
    payment = payments.payments_of(order)[0]
    with transaction():
        db.session.execute(update(Payment).where(Payment.id == payment.id).values(provider_ref="pi_unknown_at_stripe"))
    read()

    assert db.session.scalars(payouts.missing_payments(clock.now())).all() == []
    with time_machine.travel(clock.now() + timedelta(days=3), tick=True):
        found = db.session.scalars(payouts.missing_payments(clock.now())).all()

    assert [each.provider_ref for each in found] == ["pi_unknown_at_stripe"]


def test_stripe_that_does_not_answer_leaves_everything_as_it_was(buy, read, stripe):
    buy("Ada")
    read()
    before = rows()
    stripe.faults(error_calls=-1, only_path="/v1/balance_transactions")
    buy("Ben")

    read()
    assert rows() == before
    stripe.no_faults()
    read()

    assert len(rows()) == len(before) + 1


def test_rows_are_tied_though_stripe_refuses_to_list_its_payouts(buy, read, stripe):
    buy("Ada")
    stripe.faults(error_calls=-1, only_path="/v1/payouts")

    read()

    assert rows() == [("charge", 44000, "tied")]


def test_the_database_refuses_to_change_what_stripe_said(buy, read):
    buy("Ada")
    read()

    for statement in (
        delete(BalanceRow),
        update(BalanceRow).values(fee_minor=0),
        update(BalanceRow).values(tie="cost"),
    ):
        with pytest.raises(DBAPIError, match="payments_balance_row is only added to"), transaction():
            db.session.execute(statement)


def test_a_payout_whose_rows_do_not_sum_is_named_by_the_check(app, buy, read, stripe):
    buy("Ada")
    (paid_out,) = stripe.pay_out()
    read()
    payout = payouts.by_id(paid_out["id"])
    sums, asked = payout.amount_minor, payout.amount_minor + 1
    with transaction():
        db.session.execute(update(Payout).values(amount_minor=asked))

    done = app.test_cli_runner().invoke(args=["ledger", "check", "--json"])

    assert done.exit_code == 1
    assert json.loads(done.output.splitlines()[-1])["differences"] == [
        f"payout {payout.payout_id}: {asked} paid out, its rows sum to {sums}"
    ]


def test_rows_that_are_never_tied_keep_no_newer_one_back(context):
    kept = {
        "kind": "charge", "category": "charge", "source": "ch", "intent": "pi_of_another_system", "amount_minor": 100,
        "fee_minor": 0, "net_minor": 100, "currency": "USD", "source_minor": 100, "source_currency": "USD",
        "created_at": clock.now(), "description": "", "trouble": "", "explanation": "",
    }  # fmt: skip
    ties = ["payment"] * tying.AT_ONCE + ["cost"]
    with transaction():
        db.session.execute(
            insert(BalanceRow), [{**kept, "row_id": f"txn_{i}", "tie": tie} for i, tie in enumerate(ties)]
        )

    assert payouts_jobs.tie_all() == 1
