"""Orders are found by what staff hold in hand, however it is written there: a payer's reference, a purchase order, an invoice."""

import pytest

from conference import checkout
from conference.kernel import clock, transaction
from conference.payments import bank
from conference.registration import groups
from tests.checkout.groups import acting
from tests.payments.bank.writing import Said
from tests.payments.documents.selling import BUYER, a_rate, a_seller
from tests.staff.banking import account, brought_in
from tests.staff.cast import an_order, page, settle, somebody

__all__ = ["account"]


@pytest.fixture
def order(meeting):
    """Ada's order, and Ben's beside it."""
    an_order(meeting, somebody("Ben"))
    return an_order(meeting, somebody("Ada"))[1]


@pytest.fixture
def invoice(order):
    """Ada's invoice in a series with small letters."""
    settle(order)
    with transaction():
        a_seller(clock.now(), invoice_pattern="Inv-{year}/{number}"), a_rate(clock.now())
        return checkout.invoicing.invoice(order, buyer=BUYER, by=None, now=clock.now())


def listed(browser, text, path="/staff/orders"):
    """Which orders a list shows for a search, as text of the page's rows."""
    return page(browser.get(path, query_string={"q": text})).partition("<tbody>")[2]


def references(order):
    printed = bank.reference_of(order)
    lower, tight, bare = printed.lower(), printed.replace(" ", ""), f"{order.ref[:4]} {order.ref[4:]}"
    return printed, lower, tight, tight.lower(), bare, order.ref.lower()


def test_the_reference_that_a_payer_reads_finds_its_order_everywhere(order, account, fay):
    (line,) = brought_in(fay, account, Said(100, "?", "Nobody"))

    for text in references(order):
        assert listed(fay, text).count(f"<code>{order.ref}</code>") == listed(fay, text).count("<tr>") == 1, text
        assert order.ref in page(fay.get(f"/staff/bank/lines/{line.ref}", query_string={"find": text})), text
        assert order.ref in fay.get("/staff/", query_string={"q": text}).location, text


def test_an_invoice_is_found_by_its_number_in_any_letters_and_by_its_orders_reference(order, invoice, fay):
    assert invoice.number.startswith("Inv-")

    for text in (invoice.number, invoice.number.upper(), invoice.number.lower()):
        assert order.ref in listed(fay, text), text
        assert order.ref in fay.get("/staff/", query_string={"q": text}).location, text
    for text in references(order):
        assert invoice.number in listed(fay, text, "/staff/documents"), text


def test_the_purchase_order_under_bill_to_finds_the_order(order, invoice, fay):
    for text in ("PO-4711", "po 4711", "Po4711"):
        assert order.ref in listed(fay, text), text
        assert invoice.number in listed(fay, text, "/staff/documents"), text
    assert order.ref not in listed(fay, "PO-471")


def test_the_purchase_order_of_a_group_finds_its_orders_before_and_after_it_is_changed(meeting, fay):
    payer, now = somebody("Ann"), clock.now()
    with transaction():
        group = groups.make(
            meeting=meeting, coordinator=payer, by=payer, now=now, name="Ann Lab", po_number="PO-Ann Lab"
        )
    group = groups.by_ref(meeting, group.ref)
    acting.seat(group, "dee@example.org", now)
    order = acting.order(group, now, by_transfer=True)
    assert order.ref in listed(fay, "po-ann lab")

    with transaction():
        facts = {"name": "Ann Lab", "bill_to": "", "tax_id": "", "note": ""}
        groups.change(group, by=group.coordinator, now=now, po_number="77/Ω-1", **facts)

    assert [order.ref in listed(fay, text) for text in ("77/ω 1", "PO-Ann Lab", "77")] == [True, True, False]
