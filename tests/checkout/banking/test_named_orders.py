"""Which orders a text names is looked up by index: however many were paid, what is read grows with what is named."""

from datetime import timedelta

import pytest

from conference import checkout
from conference.kernel import transaction
from conference.payments.bank.candidates import candidates
from conference.payments.bank.named_orders import named_in
from tests.checkout.acting import paid, place, settle
from tests.checkout.banking.acting import came, paying
from tests.membership.conftest import statements
from tests.payments.documents.selling import BUYER, a_rate, a_seller, a_society

__all__ = ["statements"]


@pytest.fixture
def invoiced(account, meeting, ada, now):
    """Ada's order with the invoice INV-2026-00001, which is paid by now."""
    order = place(meeting, ada, now)
    with transaction():
        a_society(), a_seller(now), a_rate(now)
        due_on = (now + timedelta(days=14)).date()
        checkout.invoicing.invoice(order, buyer=BUYER, by=None, now=now, due_on=due_on)
    settle(order, paid(order), now)
    return order


@pytest.mark.parametrize(
    "text",
    [
        "Ref {ref}",
        "RF18{ref}thanks",
        "fee{lower}",
        "INV-2026-00001",
        "your inv 2026 00001 of 20 Nov",
        "RE/INV202600001/2",
        "order po 4711",
        "Po-4711.",
    ],
)
def test_a_text_names_an_order_by_reference_invoice_or_purchase_order(invoiced, text):
    said = text.format(ref=invoiced.ref, lower=invoiced.ref.lower())

    assert named_in([said, "conference fee 2026"]) == {invoiced.id}


@pytest.mark.parametrize(
    "text", ["", "conference fee", "INV-2026-2", "INV-2025-00001", "00001", "4711", "po 471 1x", "{ref}"]
)
def test_what_names_nothing_finds_nothing(invoiced, text):
    assert named_in([text.format(ref=invoiced.ref[:-1])]) == set()


def test_a_day_before_a_number_that_begins_with_its_year_hides_it_not(account, meeting, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        a_society(), a_seller(now, invoice_pattern="{year}-{number}"), a_rate(now)
        made = checkout.invoicing.invoice(
            order, buyer=BUYER, by=None, now=now, due_on=(now + timedelta(days=14)).date()
        )

    assert made.number == "2026-00001"
    assert named_in([f"30.11.2026 {made.number}"]) == {order.id}


def test_of_what_is_paid_only_what_is_named_is_read(invoiced, now):
    assert candidates(now, ["thanks"]) == []
    assert [each.order_id for each in candidates(now, ["thanks", invoiced.ref])] == [invoiced.id]


def test_a_second_payment_that_names_the_invoice_finds_its_order(invoiced, account, now):
    (line,) = came(account, now, paying(invoiced, text="inv 2026-00001", name="University"))

    assert (line.suggested_id, line.why, line.state) == (invoiced.id, "paid", "open")


def test_more_lines_are_no_more_questions(invoiced, statements):
    with statements() as first:
        named_in([f"Ref {invoiced.ref}, inv-2026-00001, PO 4711"])
    with statements() as second:
        named_in([f"Ref {invoiced.ref}, inv-2026-{number:05}, PO {number}" for number in range(400)])

    assert len(second) == len(first)
