"""An order's account at the desk: each entry with the documents that it names, and each line of a document with its entry."""

import pytest

from conference import checkout, payments
from conference.kernel import Money, clock, transaction
from conference.payments import documents
from conference.staff import order_account
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller
from tests.staff.cast import a_registration, page


@pytest.fixture
def credited(meeting):
    """Ada's order: invoiced, made out anew, then cancelled for a fee of 40.00."""
    now = clock.now()
    _entry, order = a_registration(meeting, "Ada")
    with transaction():
        a_seller(now)
        a_rate(now)
        first = documents.issue(order.id, buyer=BUYER, about=ABOUT, told={}, now=now)
    with transaction():
        documents.correct(first, buyer=BUYER, now=now, by=None)
    with transaction():
        lines = [line.id for line in order.lines]
        back = Money(order.total_minor - 4000, order.currency)
        checkout.end_lines_and_refund(order_id=order.id, line_ids=lines, amount=back, reason="ill", by=None, now=now)
    return payments.order_by_ref(order.ref)


def told(order):
    return {each.what: [number for number, _ref in each.documents] for each in order_account.account(order)}


def test_each_entry_names_its_documents(credited):
    first, anew, again, last = documents.queries.of_order(credited)
    found = told(credited)

    assert found["Sold"] == found["Payment"] == [first.number, anew.number, again.number]
    assert found["Taken back"] == found["Kept as a fee"] == [last.number]
    assert anew.content["reason"] == "corrected"


def test_the_account_runs_to_what_the_ledger_sums_to(credited):
    rows = order_account.account(credited)

    assert [each.balance.minor for each in rows][:2] == [44000, 0]
    assert rows[-1].balance.minor == sum(each.amount.minor for each in rows)


def test_the_pages_link_both_ways(fay, cleo, credited):
    first, *_others = documents.queries.of_order(credited)
    text = page(fay.get(f"/staff/order/{credited.ref}"))
    line = credited.lines[0].id

    assert f'id="booked-line-{line}"' in text
    assert text.count(f'href="/staff/documents/{first.ref}"') == 3  # its own list has it too, sold and paid name it
    assert f'href="/staff/order/{credited.ref}#booked-line-{line}"' in page(fay.get(f"/staff/documents/{first.ref}"))
    assert f'href="/staff/documents/{first.ref}"' not in page(cleo.get(f"/staff/order/{credited.ref}"))
