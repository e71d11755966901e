"""Money of a bank is what it is: an amount that Stripe could not charge pays an order, is sent back and is found all the same."""

import re

import pytest
from sqlalchemy import update

from conference import payments
from conference.kernel import db, transaction
from conference.meetings import Meeting
from conference.payments import bank
from conference.registration.models import AddOn
from tests.checkout.banking.acting import are_tied, lines
from tests.payments.bank.writing import Said, as_camt
from tests.staff.banking import ACCOUNT, upload
from tests.staff.cast import an_order, follow, page, settle, somebody


@pytest.fixture
def order(meeting, fay):
    """Ada's order over 44.000 KWD, and an account in dinar."""
    with transaction():
        db.session.execute(update(Meeting).values(currency="KWD"))
        db.session.execute(update(AddOn).values(currency="KWD"))
        db.session.refresh(meeting)
    follow(fay, fay.post("/staff/bank/accounts/new", data={**ACCOUNT, "currency": "kwd"}))
    return an_order(meeting, somebody("Ada"))[1]


def came(fay, order, minor):
    """The line by which so much came for an order, the bank's fee taken off."""
    (account,) = bank.accounts()
    said = Said(minor, bank.creditor_reference(order.ref), "Ada Demo", currency="KWD")
    follow(fay, fay.post(upload(fay, account, as_camt([said], currency="KWD")).location))
    return lines()[-1]


def test_a_line_is_matched_by_the_amount_that_its_own_page_fills_in(fay, order):
    line = came(fay, order, 43995)
    path = f"/staff/bank/lines/{line.ref}"
    filled_in = re.search(r'name="amount"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="amount"', page(fay.get(path)))

    amount = filled_in[1] or filled_in[2]
    follow(fay, fay.post(f"{path}/match", data={"order": order.ref, "amount": amount}))

    assert (amount, lines()[0].state, are_tied()) == ("43.995", "matched", True)
    assert payments.missing(payments.order_by_ref(order.ref)).minor == 5


def test_what_a_bank_brought_goes_back_by_hand_to_the_last_fils(fay, order):
    for minor in (43995, 5):
        line = came(fay, order, minor)
        follow(
            fay,
            fay.post(
                f"/staff/bank/lines/{line.ref}/match", data={"order": order.ref, "amount": line.left.decimal_text}
            ),
        )
    typed = {"amount": "43.995", "reason": "ill", "left": 44000}

    asked = fay.post(f"/staff/order/{order.ref}/refund/check", data=typed)
    follow(fay, fay.post(f"/staff/order/{order.ref}/refund", data=typed))

    assert (asked.status_code, sum(each.amount_minor for each in payments.refunds_of(order))) == (200, 43995)


def test_what_stripe_brought_goes_back_as_stripe_can_send_it(fay, order):
    settle(order)

    refused = fay.post(f"/staff/order/{order.ref}/refund/check", data={"amount": "43.995", "reason": "ill"})

    assert (refused.status_code, "multiples of 0.010" in page(refused)) == (422, True)
