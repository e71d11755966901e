"""An hour of every fault at once: at the end there is one settlement a payment, and the ledger is what Stripe's own books say.

It is short in the suite. `STORM_STEPS=1200 STORM_SEED=7 bin/test tests/checkout/test_storm.py` lets it blow for as long as one likes.
"""

import os
import random

import pytest
from sqlalchemy import func, select

from conference import accounts, people, registration
from conference.kernel import clock, db, transaction
from conference.payments import bank, documents, payouts
from tests.cast import a_draft, a_meeting
from tests.checkout import tying_out
from tests.checkout.mortals import STAFF, Nursery
from tests.checkout.storm import Storm
from tests.signing_in import signed_in

STEPS = int(os.environ.get("STORM_STEPS", "60"))
BUYERS = max(16, STEPS // 6)
MEETINGS = {
    "R1": "USD",
    "R2": "JPY",
    "R3": "KWD",
    "R4": "ISK",
}  # with two decimals, with none, with three, with none that counts


@pytest.fixture
def books():
    """Refunds that came back are owed in the end, which this test looks at by itself."""


@pytest.fixture
def treasurer(context):
    return signed_in(context, STAFF, roles=("finance",), given_name="Fay")


@pytest.fixture
def buyers(context):
    """[(address, code of a meeting)] of people with an account and a finished draft in each meeting, of which each lacks places."""
    now, emails = clock.now(), [f"buyer{number}@example.org" for number in range(BUYERS)]
    with transaction():
        meetings = [a_meeting(now, code=code, places=BUYERS - 3, currency=MEETINGS[code]) for code in MEETINGS]
        for email in emails:
            person = accounts.create(email=email, now=now).person
            people.update(person, by=person, now=now, given_name="Buyer", family_name="Demo", country="US")
            for meeting in meetings:
                a_draft(meeting, person, now)
    return [(email, code) for email in emails for code in MEETINGS]


@pytest.fixture
def storm(context, buyers, treasurer, own_stripe, tmp_path):
    """Ready to blow."""
    chance = random.Random(int(os.environ.get("STORM_SEED", "28")))
    settings = {name: value for name, value in context.config.items() if name.isupper()}
    settings["SQLALCHEMY_ENGINE_OPTIONS"] = {}
    nursery = Nursery(settings)
    yield Storm(nursery, own_stripe, chance, buyers, tmp_path / "timed-out")
    nursery.close()


def test_after_every_fault_at_once_the_ledger_is_what_stripes_own_books_say(storm, own_stripe, treasurer):
    storm.blow(STEPS, minutes=max(60, STEPS))
    happened, missing = storm.happened(), storm.missing()
    storm.calm_down()

    db.session.rollback()
    print(f"{sum(storm.done.values())} deeds {storm.done}, {storm.killed} processes killed; {tying_out.told()}")
    print(*(f"{count:6} {what}" for what, count in sorted(happened.items())), sep="\n")
    assert missing == []
    assert storm.killed >= 3, storm.done
    tying_out.assert_each_payment_is_settled_once(own_stripe)
    tying_out.assert_ledger_and_stripe_agree(own_stripe)
    tying_out.assert_odd_money_was_named(own_stripe, storm.odd)
    tying_out.assert_messages_were_heard_once(own_stripe, storm.post)
    tying_out.assert_nothing_is_unexplained()
    tying_out.assert_what_waits_for_staff_is_listed_with_its_reason(treasurer)
    assert registration.miscounted() == []
    assert db.session.scalar(select(func.count()).select_from(payouts.BalanceRow)) > 0
    assert tying_out.open_rows() == []
    assert payouts.differences() == documents.differences() == bank.differences() == []
