"""Payers name the invoice rather than the order: its number finds the order too."""

from datetime import timedelta

import pytest

from conference import checkout
from conference.kernel import transaction
from conference.payments import bank
from conference.registration import groups
from tests.checkout.acting import place
from tests.checkout.banking.acting import came, paying
from tests.checkout.groups import acting
from tests.payments.documents.selling import BUYER, a_rate, a_seller, a_society


@pytest.mark.parametrize(
    "typed", ["INV-2026-00001", "your invoice inv 2026 00001 of Nov 20", "RE/INV/2026/00001/THANKS"]
)
def test_the_number_of_an_invoice_finds_its_order(account, meeting, ada, now, typed):
    order = place(meeting, ada, now)
    with transaction():
        a_society(), a_seller(now), a_rate(now)
        due_on = (now + timedelta(days=14)).date()
        made = checkout.invoicing.invoice(order, buyer=BUYER, by=None, now=now, due_on=due_on)

    (line,) = came(account, now, paying(order, text=typed, name="University"))

    assert made.number == "INV-2026-00001"
    assert (line.suggested_id, line.why, line.state) == (order.id, "likely", "open")
    (found,) = bank.suggestions_for(line, now)[:1]
    assert found.hints == ("number", "amount")


def test_a_purchase_order_typed_under_bill_to_finds_the_order(account, meeting, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        a_society(), a_seller(now), a_rate(now)
        checkout.invoicing.pro_forma(order, buyer=BUYER, by=None, now=now)

    (line,) = came(account, now, paying(order, text="Your order po 4711 thanks", name="University"))

    assert BUYER.po_number == "PO-4711"
    assert (line.suggested_id, line.why, line.state) == (order.id, "likely", "open")
    assert bank.suggestions_for(line, now)[0].hints == ("number", "amount")


def test_a_purchase_order_of_a_group_finds_its_order(account, meeting, ada, now):
    with transaction():
        group = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, name="Lab", po_number="7700-81")
    group = groups.by_ref(meeting, group.ref)
    acting.seat(group, "ben@example.org", now)
    order = acting.order(group, now, by_transfer=True)

    (line,) = came(account, now, paying(order, text="re 770081", name="University"))

    assert (line.suggested_id, bank.suggestions_for(line, now)[0].hints) == (order.id, ("number", "amount"))
