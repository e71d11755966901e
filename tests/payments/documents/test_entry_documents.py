"""Entries of the ledger name their documents, whichever is written first; the migration finds the same of what stands already."""

import importlib.util
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from conference import checkout, payments
from conference.checkout import invoicing
from conference.kernel import Money, db, transaction
from conference.payments import LedgerEntry, documents, reversing
from conference.payments.documents import entry_documents
from tests.books.telling import exchange
from tests.databases import without_guards
from tests.payments.documents.entries import kept
from tests.payments.documents.selling import ABOUT, BUYER

MIGRATION = Path(__file__).parents[3] / "migrations/versions/0054_entries_name_their_documents.py"


def names(order):
    """{what an entry of an order comes from, without its key: numbers of the documents that it names}."""
    sources = db.session.scalars(
        select(LedgerEntry.source).where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.id)
    )
    found = entry_documents.documents_of(list(sources))
    return {source.partition(":")[0]: [number for number, _ref in papers] for source, papers in found.items()}


def invoiced(order, now, **due):
    with transaction():
        return invoicing.invoice(order, buyer=BUYER, by=None, now=now, **due)


def cancelled(order, now, *, back):
    with transaction():
        facts = {"reason": "ill", "by": None, "now": now, "amount": Money(back, "USD")}
        checkout.end_lines_and_refund(order_id=order.id, line_ids=[line.id for line in order.lines], **facts)
        for refund in payments.refunds_of(order):
            payments.refunds.book(order, refund, now)  # as if it had come from Stripe
            refund.state = payments.RefundState.SUCCEEDED


def test_an_invoice_is_named_by_what_was_booked_before_it(seller, paid, now):
    made = invoiced(paid, now)

    assert names(paid) == {"payment": [made.number], "line": [made.number]}


def test_what_is_booked_after_an_invoice_names_it(seller, order, now):
    made = invoiced(order, now, due_on=now.date())
    assert names(order) == {}

    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=None, now=now)

    assert names(order) == {"payment": [made.number], "line": [made.number]}


def test_a_pro_forma_is_named_by_nothing(seller, order, now):
    with transaction():
        invoicing.pro_forma(order, buyer=BUYER, by=None, now=now)
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=None, now=now)

    assert names(order) == {}


def test_what_is_taken_back_kept_and_sent_back_names_the_credit_note(seller, paid, now):
    made = invoiced(paid, now)
    cancelled(paid, now + timedelta(days=1), back=40000)

    _invoice, note = documents.queries.of_order(paid)
    assert names(paid) == {
        "payment": [made.number],
        "line": [made.number],
        "line-ended": [note.number],
        "fee": [note.number],
        "refund": [note.number],
    }


def test_what_goes_back_out_of_goodwill_names_nothing(seller, paid, now):
    invoiced(paid, now)
    with transaction():
        order = payments.locked(paid.id)
        payments.book_difference(order, ended=[], refunded=Money(1000, "USD"), now=now)
        [refund] = payments.promise_refund(order=order, amount=Money(1000, "USD"), reason="", now=now)
        payments.refunds.book(order, refund, now)
        refund.state = payments.RefundState.SUCCEEDED

    assert set(names(paid)) == {"payment", "line"}


def test_a_payment_that_is_not_there_names_what_it_had_paid(seller, paid, now):
    made = invoiced(paid, now)
    with transaction():
        order = payments.locked(paid.id)
        reversing.reverse(order, payments.payments_of(order)[0], reason="a slip", by=None, now=now)
        payments.write_off(order, amount=Money(44000, "USD"), now=now)

    assert names(paid)["refund"] == names(paid)["written-off"] == [made.number]


def test_what_is_made_out_anew_names_all_three_papers(seller, paid, ada, now):
    first = invoiced(paid, now)
    with transaction():
        note, again = invoicing.correct(first, paid, buyer=replace(BUYER, name="Another"), by=ada, now=now)

    assert names(paid)["line"] == names(paid)["payment"] == [first.number, note.number, again.number]


def test_what_is_carried_to_another_order_pays_there_and_goes_back_here(seller, paid, now):
    first = invoiced(paid, now)
    changed = exchange(paid, 50000, now + timedelta(days=1))
    with transaction():
        second = documents.issue(changed.id, buyer=BUYER, about=ABOUT, told={}, now=now)

    _invoice, note = documents.queries.of_order(paid)
    assert names(paid) == {
        "payment": [first.number],
        "line": [first.number],
        "line-ended": [note.number],
        "carried": [note.number],
    }
    assert names(changed) == {"line": [second.number], "payment": [second.number]}


@pytest.fixture
def busy(seller, paid, ada, now):
    """An order with all of it: made out anew, carried on, invoiced, cancelled for a fee."""
    first = invoiced(paid, now)
    with transaction():
        invoicing.correct(first, paid, buyer=replace(BUYER, name="Another"), by=ada, now=now)
    changed = exchange(paid, 50000, now + timedelta(days=1))
    with transaction():
        documents.issue(changed.id, buyer=BUYER, about=ABOUT, told={}, now=now)
    with transaction():
        order, line = payments.locked(changed.id), changed.lines[0]
        at = now + timedelta(days=2)
        payments.end_line(order, line, now=at)
        payments.book_difference(order, ended=[line], refunded=Money(45000, "USD"), now=at)
        payments.send_back(order=order, amount=Money(45000, "USD"), reason="ill", now=at)
    return changed


def test_what_goes_back_by_way_of_an_earlier_order_names_the_credit_note(busy):
    _invoice, note = documents.queries.of_order(busy)

    assert names(busy)["back"] == names(busy)["fee"] == names(busy)["line-ended"] == [note.number]


def test_the_migration_finds_what_was_kept(busy):
    before = kept()
    spec = importlib.util.spec_from_file_location("entries_name_their_documents", MIGRATION)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)

    with transaction(), without_guards(db.session.connection()):
        db.session.execute(entry_documents.EntryDocument.__table__.delete())
        with Operations.context(MigrationContext.configure(db.session.connection())):
            migration._of_issued(entry_documents.EntryDocument.__table__)

    assert kept() == before
    assert len(before) > 12


def test_an_entry_that_lost_its_document_is_named_and_nobody_takes_it_away(seller, paid, now):
    made = invoiced(paid, now)
    with pytest.raises(DBAPIError, match="only added to"), transaction():
        db.session.execute(entry_documents.EntryDocument.__table__.delete())
    before = kept()
    with transaction(), without_guards(db.session.connection()):
        db.session.execute(entry_documents.EntryDocument.__table__.delete())

    line = paid.lines[0].id
    assert documents.differences() == [
        f"document {made.number}: payment:1 does not name it",
        f"document {made.number}: line:{line} does not name it",
        f"document {made.number}: over 44000, the entries that name it come to 0",
    ]
    with transaction():
        db.session.execute(
            entry_documents.EntryDocument.__table__.insert(),
            [{"entry_id": a, "document_id": b} for a, b in sorted(before)],
        )
