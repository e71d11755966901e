"""What a group has paid and owes is one sum, on its payer's page as at the desk, fees among it."""

import re

from sqlalchemy import select

from conference import checkout, payments, registration
from conference.kernel import Money, db, transaction
from conference.mail import Letter
from conference.registration import groups
from tests.checkout.acting import paid, settle
from tests.checkout.groups.acting import entry_of, give, order, ordered, seat
from tests.checkout.groups.conftest import steps
from tests.signing_in import signed_in

BEN, CLEO, DOV, EVE = (f"{name}@example.org" for name in ("ben", "cleo", "dov", "eve"))


def words(client, path):
    return " ".join(re.sub("<[^>]*>", " ", client.get(path).text).split())


def test_both_pages_show_what_is_paid_with_fees_and_what_is_owed(context, meeting, group, ada, ben, now):
    with transaction():
        registration.changes.set_steps(meeting, steps(now, fee=2500), by=None, now=now)
    ordered(group, now, BEN, CLEO)
    fee = payments.order_by_id(give(entry_of(meeting, BEN), DOV, now, by=ada).order_id)
    settle(fee, paid(fee), now)
    seat(group, EVE, now)
    order(group, now)

    assert groups.money_of(group) == (Money(90500, "USD"), Money(44000, "USD"))
    own = words(signed_in(context, "ada@example.org"), f"/meetings/T1/group/{group.ref}")
    desk = words(signed_in(context, "fay@example.org", roles=["finance"]), "/staff/groups/T1")
    assert "905.00 USD paid, with fees 440.00 USD waits for payment" in own
    assert "905.00 USD" in desk and "440.00 USD" in desk


def test_a_group_without_orders_has_paid_nothing(group):
    assert groups.money_of(group) == (Money(0, "USD"), Money(0, "USD"))


def test_each_of_two_seats_that_end_in_one_instant_is_told_with_its_own_sum(meeting, group, now):
    ordered(group, now, BEN, CLEO)
    for email in (BEN, CLEO):
        with transaction():
            entry = entry_of(meeting, email)
            seen = checkout.quote_cancel(entry, now=now).seen
            checkout.cancel(entry, seen=seen, by=group.coordinator, now=now)

    bodies = db.session.scalars(select(Letter.body).where(Letter.kind == "seat_changed")).all()

    assert [body.count("340.00 USD goes back to the card or account") for body in bodies] == [1, 1]
