"""What a group has paid and owes is one sum, on its payer's page as at the desk, fees among it."""

import re

from conference import payments, registration
from conference.kernel import Money, transaction
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
