"""An hour of every fault at once: at the end there is one settlement a payment, and the ledger is what Stripe's own books say.

It is short in the suite. `STORM_STEPS=1200 STORM_SEED=7 bin/test tests/checkout/test_storm.py` lets it blow for as long as one likes.
"""

import os
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from conference import accounts, payments, registration
from conference.kernel import clock, db, transaction
from conference.payments import (
    Dispute,
    EntryKind,
    LedgerEntry,
    Order,
    OrderState,
    Payment,
    Refund,
    bank,
    documents,
    payouts,
)
from tests.cast import a_draft, a_meeting
from tests.checkout.mortals import Nursery
from tests.checkout.storm import Storm
from tests.signing_in import account_of

STEPS = int(os.environ.get("STORM_STEPS", "60"))
BUYERS = max(12, STEPS // 15)
SECRET = "whsec_tests"
OF_MONEY = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.DISPUTE)


@pytest.fixture
def books():
    """Refunds that came back are owed in the end, which this test looks at by itself."""


@pytest.fixture
def emails(context):
    """People with a finished draft and an account."""
    found = [f"buyer{number}@example.org" for number in range(BUYERS)]
    with transaction():
        meeting = a_meeting(clock.now(), code="R1", places=BUYERS - 3)
    for email in found:
        account = account_of(email, given_name="Buyer", family_name="Demo", country="US")
        with transaction():
            a_draft(meeting, account.person, clock.now())
    assert accounts.by_email(found[0])
    return found


@pytest.fixture
def storm(context, emails, own_stripe):
    """Ready to blow."""
    chance = random.Random(int(os.environ.get("STORM_SEED", "28")))
    settings = {name: value for name, value in context.config.items() if name.isupper()}
    settings["SQLALCHEMY_ENGINE_OPTIONS"] = {}
    nursery = Nursery(settings)
    yield Storm(nursery, own_stripe, chance, emails, SECRET, clock.now())
    nursery.close()


def test_after_every_fault_at_once_the_ledger_is_what_stripes_own_books_say(storm, own_stripe):
    storm.blow(STEPS, minutes=max(60, STEPS))
    storm.calm_down()

    db.session.rollback()
    print(f"{sum(storm.done.values())} deeds {storm.done}, {storm.killed} processes killed; {told()}")
    assert storm.killed >= 3, storm.done
    assert_each_payment_is_settled_once(own_stripe)
    assert_ledger_and_stripe_agree(own_stripe)
    assert_nothing_is_unexplained()
    assert registration.miscounted() == []
    assert db.session.scalar(select(func.count()).select_from(payouts.BalanceRow)) > 0 == payouts.open_count()
    assert payouts.differences() == documents.differences() == bank.differences() == []


def assert_each_payment_is_settled_once(stripe):
    """Every charge of ours is one payment and one entry, and there are no others."""
    charged = Counter(each.payment_intent for each in charges(stripe))
    known = Counter(db.session.scalars(select(Payment.provider_ref)))
    entries = db.session.scalar(
        select(func.count()).select_from(LedgerEntry).where(LedgerEntry.kind == EntryKind.PAYMENT)
    )

    assert known == charged
    assert set(known.values()) <= {1}
    assert entries == len(known) > 0


def assert_ledger_and_stripe_agree(stripe):
    """What came, went back and was taken, order by order."""
    theirs = Counter()
    order_of = {}
    for charge in charges(stripe):
        order_of[charge.payment_intent] = charge.metadata["order"]
        theirs[charge.metadata["order"]] += charge.amount - charge.amount_refunded
    for dispute in stripe.client().v1.disputes.list({"limit": 100}).auto_paging_iter():
        theirs[order_of[dispute.payment_intent]] += sum(row.amount for row in dispute.balance_transactions)
    sums = select(Order.ref, func.sum(LedgerEntry.amount_minor)).join(Order, LedgerEntry.order_id == Order.id)
    ours = dict(db.session.execute(sums.where(LedgerEntry.kind.in_(OF_MONEY)).group_by(Order.ref)).all())

    assert {ref: int(ours.get(ref, 0)) for ref in theirs} == dict(theirs)
    assert set(ours) <= set(theirs)


def assert_nothing_is_unexplained():
    """What does not sum up stands before staff: a refund that came back, or money that was won after the place was taken back."""
    orders = list(db.session.scalars(select(Order)))
    shown = {each.order_id for each in db.session.scalars(payments.refunds_in_trouble())}
    shown |= {each.id for each in orders if each.parked_reason}

    states = Counter(order.state for order in orders)
    assert not {OrderState.OPEN, OrderState.ONGOING} & set(states), states
    assert db.session.scalars(payments.calls.calls_without_answer()).all() == []
    named = [
        text for text in payments.differences() if not any(order.ref in text for order in orders if order.id in shown)
    ]
    assert named == []


def told():
    """What there is in the end, for whoever lets it blow for long."""
    counts = [
        (table.__name__, db.session.scalar(select(func.count()).select_from(table)))
        for table in (Payment, Refund, Dispute, payouts.BalanceRow)
    ]
    return ", ".join(f"{name} {count}" for name, count in counts)


def charges(stripe):
    """Every charge that took money."""
    found = stripe.client().v1.charges.list({"limit": 100}).auto_paging_iter()
    return [each for each in found if each.status == "succeeded"]
