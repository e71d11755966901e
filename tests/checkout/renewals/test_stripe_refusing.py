"""Stripe itself does not take a charge: a key that is wrong or throttled is waited for, and no letter blames a bank that was not asked."""

import pytest
from sqlalchemy import update

from conference.kernel import db, transaction
from conference.payments import cards
from tests.checkout.renewals.acting import (
    PRICE,
    a_member,
    charges,
    days_later,
    letters,
    renewal_of,
    save,
    sweep,
    taken,
)

BANK = "Your bank has declined"


def tried(times):
    with transaction():
        db.session.execute(update(cards.Charge).values(attempts=times))


@pytest.mark.parametrize("fault", ["forbidden_calls", "busy_calls"])
def test_a_key_that_may_not_charge_or_asks_too_often_is_waited_for_however_long(member, stripe, fault):
    sweep()
    days_later(30, "renewals")
    tried(25)
    stripe.faults(**{fault: 3}, only_method="POST")
    days_later(31, "charges")
    assert (charges(), str(renewal_of(member).state)) == ([(1, "requested")], "trying")
    assert letters(member, "renewal_declined", "renewal_failed") == []

    stripe.no_faults()
    days_later(32, "charges")

    assert charges() == [(1, "succeeded")]
    assert taken(stripe, member) == [PRICE]


def test_what_stripe_refuses_is_told_without_naming_a_bank(member, stripe):
    sweep()
    days_later(30, "renewals")
    other = stripe.client().v1.customers.create({"email": "other@example.org"})
    with transaction():
        db.session.execute(update(cards.SavedCard).values(customer_ref=other.id))  # the card is not this customer's
    tried(20)
    for day in (30, 34, 38):
        days_later(day, "renewals", "charges")
        tried(20)
        days_later(day + 1, "charges")

    assert charges() == [(1, "declined"), (2, "declined"), (3, "declined")]
    told = letters(member, "renewal_declined", "renewal_failed")
    assert [each.kind for each in told] == ["renewal_declined", "renewal_declined", "renewal_failed"]
    assert told[0].subject == "Your card could not be charged"
    assert all(BANK not in each.body and "could not be charged" in each.body for each in told)


def test_a_card_that_stripe_has_no_more_is_told_without_naming_a_bank(member, stripe):
    sweep()
    stripe.client().v1.payment_methods.detach(cards.card_of(member.id).method_ref)

    days_later(30)

    (letter,) = letters(member, "renewal_failed")
    assert BANK not in letter.body and "could not be charged" in letter.body


def test_a_bank_that_declines_is_named(ada, stripe):
    a_member(ada, days_left=37)
    save(ada, stripe, "fails_later")
    sweep()

    for day in (30, 33, 36):
        days_later(day)

    told = letters(ada, "renewal_declined", "renewal_failed")
    assert [each.kind for each in told] == ["renewal_declined", "renewal_declined", "renewal_failed"]
    assert all(BANK in each.body for each in told)
    assert PRICE not in taken(stripe, ada)
