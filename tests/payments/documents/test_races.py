"""Twenty-four processes issue at once from one series, and give numbers back: no gap, no double, nothing invoiced or credited twice."""

import pytest
from sqlalchemy import func, select, text

from conference import checkout, payments
from conference.kernel import clock, db, transaction
from conference.payments import documents
from conference.payments.documents import Document
from tests.cast import a_draft, a_person
from tests.checkout import racing
from tests.checkout.test_races import settings
from tests.payments.documents import racing as ours
from tests.payments.documents.selling import ABOUT, BUYER

__all__ = ["settings"]
PROCESSES = 24


@pytest.fixture
def orders(seller, meeting, now):
    """Forty-eight paid orders: their keys."""
    return [_paid(meeting, f"Buyer{number}", now) for number in range(2 * PROCESSES)]


def _paid(meeting, name, now):
    with transaction():
        person = a_person(name, now)
        draft = a_draft(meeting, person, now)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
        return checkout.settle_paid_by_hand(order.id, reference="", by=None, now=now).id


def numbers():
    """The numbers of the invoices in their series, in order."""
    found = select(Document.number_in_series).where(Document.kind == "invoice")
    return sorted(db.session.scalars(found))


def test_numbers_have_no_gap_and_no_double_whoever_gives_one_back(orders, settings):
    shares = [[(orders[place], place % 3 == 0), (orders[place + PROCESSES], False)] for place in range(PROCESSES)]

    kept = racing.in_processes(ours.issue, settings, shares)

    assert numbers() == list(range(1, len(kept) + 1))
    assert len(set(kept)) == len(kept) == 2 * PROCESSES - PROCESSES // 3
    assert documents.gaps() == []


def test_the_same_order_is_invoiced_once(orders, settings):
    kept = racing.in_processes(ours.issue, settings, [[(orders[0], False)]] * PROCESSES)

    assert sorted(kept) == ["INV-" + str(clock.now().year) + "-00001", *["failed: Refusal"] * (PROCESSES - 1)]
    assert numbers() == [1]


def test_an_invoice_is_made_out_anew_once_at_a_time_and_its_amount_is_credited_once(orders, settings, now):
    with transaction():
        first = documents.issue(orders[0], buyer=BUYER, about=ABOUT, told={}, now=now)

    racing.in_processes(ours.correct, settings, [[first.id]] * PROCESSES)

    credited = select(func.sum(Document.gross_minor)).where(Document.corrects_id == first.id)
    assert db.session.scalar(credited) == first.gross_minor
    assert db.session.scalar(select(func.count()).select_from(Document)) == 3


def test_without_the_guard_the_same_race_goes_wrong(orders, settings, now):
    """The control: it shows that the race is a race. A number that several have read is refused to all of them but one."""
    with transaction():
        documents.issue(orders[-1], buyer=BUYER, about=ABOUT, told={}, now=clock.now())

    kept = racing.in_processes(ours.issue_unguarded, settings, [[(orders[place], False)] for place in range(4)])

    assert sorted(kept)[1:] == ["failed: IntegrityError"] * 3
    assert len(documents.gaps()) == 1
    with transaction():
        db.session.execute(
            text("UPDATE payments_series SET next_number = next_number + 1")
        )  # for the check of all tests here
    assert payments.differences() == []
