"""Payers name the invoice rather than the order: its number finds the order too."""

from datetime import timedelta

import pytest

from conference import checkout
from conference.kernel import transaction
from conference.payments import bank
from tests.checkout.acting import place
from tests.checkout.banking.acting import came, paying
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
