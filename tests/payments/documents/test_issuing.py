"""Issuing, crediting and correcting, with real orders."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from conference import checkout, jobs, payments
from conference.checkout import invoicing
from conference.kernel import Money, Refusal, db, keep_nothing, transaction
from conference.meetings import Meeting
from conference.payments import documents
from conference.payments.documents import Document, DocumentKind, DocumentPdf
from tests.cast import a_draft, a_membership_type, a_person
from tests.payments.documents.selling import BUYER, a_rate, a_seller


def invoiced(order, ada, now, buyer=BUYER):
    with transaction():
        return invoicing.invoice(order, buyer=buyer, by=ada, now=now)


def all_documents():
    return list(db.session.scalars(select(Document).order_by(Document.id).execution_options(populate_existing=True)))


def take_back(order, now, amount=44000):
    order = payments.order_by_id(order.id)
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id,
            line_ids=[line.id for line in order.lines],
            amount=Money(amount, order.currency),
            reason="ill",
            by=None,
            now=now,
        )


def test_an_invoice_says_what_was_sold_and_takes_the_tax_out_of_it(seller, paid, ada, now):
    made = invoiced(paid, ada, now)

    assert (made.number, made.kind, made.currency) == ("INV-2026-00001", DocumentKind.INVOICE, "USD")
    assert (made.net_minor, made.tax_minor, made.rounding_minor, made.gross_minor) == (36975, 7025, 0, 44000)
    assert made.content["lines"][0]["what"] == "Full, whole meeting, in person"
    assert made.content["due"] == 0


def test_numbers_follow_each_other_and_a_rollback_gives_its_number_back(seller, paid, ada, now):
    with transaction():
        invoicing.invoice(paid, buyer=BUYER, by=ada, now=now)
        keep_nothing()

    assert invoiced(paid, ada, now).number == "INV-2026-00001"


def test_nothing_is_invoiced_twice(seller, paid, ada, now):
    invoiced(paid, ada, now)

    with pytest.raises(Refusal, match="invoiced before"):
        invoiced(paid, ada, now)

    assert len(all_documents()) == 1


def test_an_order_that_is_not_paid_gets_a_pro_forma_and_no_number(seller, order, ada, now):
    with pytest.raises(Refusal, match="once the order is paid"):
        invoiced(order, ada, now)
    with transaction():
        made = invoicing.pro_forma(order, buyer=BUYER, by=ada, now=now)

    assert made.number == f"PF-{order.ref}-1"
    assert made.content["due"] == 44000
    assert documents.queries.all_series() == []


def test_what_is_taken_back_is_credited_in_the_same_transaction(seller, paid, ada, now):
    made = invoiced(paid, ada, now)

    take_back(paid, now)

    note = all_documents()[1]
    assert (note.kind, note.number, note.corrects_id, note.gross_minor) == (
        "credit_note",
        "CN-2026-00001",
        made.id,
        44000,
    )
    assert note.content["corrects"]["number"] == made.number


def test_a_fee_that_is_kept_is_less_credited(seller, paid, ada, now):
    invoiced(paid, ada, now)

    take_back(paid, now, amount=40000)

    note = all_documents()[1]
    assert note.gross_minor == 40000
    assert [line["gross"] for line in note.content["lines"]] == [44000, -4000]


def test_a_wrong_bill_to_is_corrected_by_a_credit_note_and_a_new_invoice(seller, paid, ada, now):
    first = invoiced(paid, ada, now)
    right = documents.Buyer(**{**vars(BUYER), "organisation": "Another University"})

    with transaction():
        note, made = invoicing.correct_once(first, paid, buyer=right, by=ada, now=now)

    assert [note.gross_minor, made.gross_minor] == [44000, 44000]
    assert made.content["replaces"] == first.number
    assert (first.buyer, note.buyer, made.buyer) == (
        "Example University, Ada Demo",
        "Example University, Ada Demo",
        "Another University, Ada Demo",
    )
    with pytest.raises(Refusal, match="write to the office"), transaction():
        invoicing.correct_once(made, paid, buyer=BUYER, by=ada, now=now)


def test_a_correction_for_its_language_says_the_same_of_the_same_place_at_the_same_tax(seller, paid, ada, now):
    with transaction():
        facts = {"buyer": replace(BUYER, language="fr"), "by": ada, "now": now}
        first = invoicing.invoice(payments.order_by_id(paid.id), **facts)
    with transaction():
        a_rate(now, hundredths=500, country="FR")
        meeting = {"country": "FR", "starts": date(2028, 5, 1), "ends": date(2028, 5, 2)}
        db.session.execute(update(Meeting).values(**meeting))

    with transaction():
        order = payments.order_by_id(paid.id)
        _note, made = invoicing.correct(first, order, buyer=BUYER, by=ada, now=now)

    assert made.content["about"] == first.content["about"]
    assert made.content["taxes"] == first.content["taxes"]
    assert [line["why"] for line in first.content["lines"]] == [[]]
    assert [line["why"] for line in made.content["lines"]] == [list(order.lines[0].why)] != [[]]


def test_after_a_correction_the_fee_stays_where_the_money_is(seller, paid, ada, now):
    first = invoiced(paid, ada, now)
    take_back(paid, now, amount=40000)

    with transaction():
        note, made = invoicing.correct(first, paid, buyer=BUYER, by=ada, now=now)

    assert [note.gross_minor, made.gross_minor] == [4000, 4000]


def test_the_database_refuses_to_change_what_was_issued(seller, paid, ada, now):
    made = invoiced(paid, ada, now)
    documents.kept(made)

    for statement in (
        "UPDATE payments_document SET gross_minor = 1, net_minor = 1, tax_minor = 0",
        "DELETE FROM payments_document_pdf",
        "UPDATE payments_document_pdf SET sha256 = 'x'",
        "UPDATE payments_series SET code = 'x'",
        "DELETE FROM payments_series",
        "UPDATE payments_seller SET name = 'x'",
    ):
        with pytest.raises(DBAPIError, match="only added to"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_bytes_are_rendered_once_and_kept(seller, paid, ada, now):
    made = invoiced(paid, ada, now)

    jobs.run("documents")
    first = documents.kept(made)

    assert first.startswith(b"%PDF-")
    assert documents.kept(made) == first
    assert db.session.scalar(select(DocumentPdf.sha256)) == hashlib.sha256(first).hexdigest()


def test_without_a_seller_or_a_rate_it_is_said_and_no_number_is_taken(meeting, paid, ada, now):
    with pytest.raises(Refusal, match="who sells"):
        invoiced(paid, ada, now)

    assert documents.queries.all_series() == []


def test_what_has_come_in_part_is_asked_for_no_more(seller, order, ada, now):
    with transaction():
        found = payments.locked(order.id)
        facts = {"provider": payments.Provider.BANK, "provider_ref": "bank-1", "amount": Money(30000, "USD")}
        payments.receive(found, now=now, **facts)
    with transaction():
        made = invoicing.pro_forma(order, buyer=BUYER, by=ada, now=now)

    assert (made.content["due"], [each["amount"] for each in made.content["payments"]]) == (14000, [30000])


def test_nothing_is_said_to_be_paid_whose_money_was_taken_back(seller, paid, ada, now):
    with transaction():
        found, (payment,) = payments.locked(paid.id), payments.payments_of(paid)
        payments.reversing.reverse(found, payment, reason="the cheque bounced", by=None, now=now)
        found.parked_reason = "the cheque bounced"

    with pytest.raises(Refusal, match="has been taken back"):
        invoiced(paid, ada, now)


def test_dues_are_taxed_where_the_society_is_and_the_meeting_where_it_takes_place(meeting, now):
    with transaction():
        a_rate(now, 1900, country="DE", kind="dues")
        a_rate(now, 800, country="US")
        a_seller(now)
        a_membership_type()
        ben = a_person("Ben", now)
        draft = a_draft(meeting, ben, now, dues="active")
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ben, now=now)
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="cash", by=None, now=now)

    lines = invoiced(payments.order_by_id(order.id), ben, now).content["lines"]

    assert {each["kind"]: each["hundredths"] for each in lines} == {"registration": 800, "dues": 1900}


def test_a_fee_that_was_kept_before_any_invoice_can_still_be_invoiced(seller, paid, ada, now):
    take_back(paid, now, amount=39000)
    order = payments.order_by_id(paid.id)

    assert invoicing.may_ask(order) == DocumentKind.INVOICE
    assert [(line["kind"], line["gross"]) for line in invoiced(order, ada, now).content["lines"]] == [("fee", 5000)]
    assert invoicing.may_ask(order) is None
