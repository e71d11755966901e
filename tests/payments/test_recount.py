"""The recount finds whatever does not agree: each row of the books, changed behind their back, is named."""

import json

import pytest
from sqlalchemy import delete, update

from conference import checkout, payments, registration
from conference.kernel import Money, db, transaction
from conference.payments import Line, Order, Payment, Refund
from conference.payments.models import LedgerEntry
from conference.registration import Pool
from tests.checkout.acting import paid
from tests.databases import without_guards


@pytest.fixture
def settled(order, ada, now):
    """Ada's order, paid with 440.00 USD, of which 40.00 went back by hand."""
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=None, now=now)
    with transaction():
        amount = Money(4000, "USD")
        checkout.end_lines_and_refund(order_id=order.id, line_ids=[], amount=amount, reason="ill", by=ada, now=now)
    return order


TAMPERED = {
    "an order's total": (
        update(Order).values(total_minor=43000),
        ["order {ref}: total 43000, its lines sum to 44000", "order {ref} is paid: 44000 booked as sold, total 43000"],
    ),
    "a line's price": (
        update(Line).values(amount_minor=1),
        ["order {ref}: total 44000, its lines sum to 1"],
    ),
    "an order's state": (
        update(Order).values(state="lapsed"),
        ["order {ref} is lapsed: 44000 booked as sold, total 44000"],
    ),
    "what was sold": (
        delete(LedgerEntry).where(LedgerEntry.kind == "sale"),
        [
            "order {ref} is paid: 0 booked as sold, total 44000",
            "order {ref}: 44000 received and neither given, refunded nor parked",
        ],
    ),
    "what came": (
        update(Payment).values(amount_minor=45000),
        ["order {ref}: payment rows sum to 45000, ledger to 44000"],
    ),
    "what went back": (
        update(Refund).values(amount_minor=4001),
        [
            "order {ref}: refund rows sum to -4001, ledger to -4000",
            "payment hand-{ref}: 4000 marked as refunded, refunds sum to 4001",
        ],
    ),
    "what a payment says went back": (
        update(Payment).values(refunded_minor=0),
        ["payment hand-{ref}: 0 marked as refunded, refunds sum to 4000"],
    ),
    "what is owed": (
        update(LedgerEntry).where(LedgerEntry.kind == "goodwill").values(amount_minor=3000 + 2000),
        ["order {ref}: 1000 received and neither given, refunded nor parked"],
    ),
}


def test_untouched_books_tie_out(settled):
    assert payments.differences() == []


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_changed_behind_the_books_is_named(settled, what):
    statement, expected = TAMPERED[what]

    with transaction(), without_guards(db.session.connection()):
        db.session.execute(statement)

    assert payments.differences() == [line.format(ref=settled.ref) for line in expected]


def test_places_are_counted_against_whoever_holds_them(settled):
    with transaction():
        db.session.execute(update(Pool).values(taken=Pool.taken + 1))

    (pool,) = db.session.query(Pool).filter(Pool.places == 5)
    assert f"pool {pool.name}: 2 counted, 1 places" in registration.miscounted()


def test_the_command_says_what_differs_and_ends_with_one(app, settled):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["ledger", "check"]).exit_code == 0

    with transaction():
        db.session.execute(update(Payment).values(refunded_minor=0))
    done = runner.invoke(args=["ledger", "check", "--json"])

    assert done.exit_code == 1
    told = json.loads(done.output.splitlines()[-1])
    assert told == {
        "differences": [f"payment hand-{settled.ref}: 0 marked as refunded, refunds sum to 4000"],
        "ok": False,
    }


def test_money_for_a_parked_order_waits_in_sight_and_is_no_difference(order, now):
    with transaction():
        checkout.settle(order.id, paid(order, amount=43000), now=now)

    assert payments.order_by_ref(order.ref).state == "parked"
    assert payments.differences() == []
