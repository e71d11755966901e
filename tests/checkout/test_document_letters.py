"""An invoice or a credit note goes to its payer by letter, with its PDF, once."""

import pytest
from sqlalchemy import select

from conference import jobs, mail, payments
from conference.checkout import invoicing
from conference.kernel import Money, db, transaction
from conference.payments import documents
from tests.checkout.acting import place
from tests.checkout.conftest import ada, books, meeting
from tests.payments.documents.selling import BUYER, a_rate, a_seller

__all__ = ["ada", "books", "meeting"]


@pytest.fixture
def seller(context, now):
    with transaction():
        a_rate(now)
        return a_seller(now)


@pytest.fixture
def paid(seller, meeting, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        kept = payments.locked(order.id)
        payments.receive(kept, provider="cash", provider_ref="cash-1", amount=kept.total, now=now)
        payments.finish(kept, now=now)
    return payments.order_by_id(order.id)


def issue(order, ada, now, **buyer):
    with transaction():
        made_out_to = documents.Buyer(**{**vars(BUYER), **buyer})
        return invoicing.invoice(order, buyer=made_out_to, by=ada, now=now)


def letters():
    """[(kind, to, subject, body, [(file, bytes)])] about documents."""
    jobs.run(documents.letters.JOB)
    db.session.rollback()
    kinds = list(documents.DocumentKind)
    found = db.session.scalars(select(mail.Letter).where(mail.Letter.kind.in_(kinds)).order_by(mail.Letter.id)).all()
    enclosed = select(mail.Enclosure.file_name, mail.Enclosure.content)
    return [
        (
            each.kind,
            each.to_email,
            each.subject,
            each.body,
            [tuple(row) for row in db.session.execute(enclosed.where(mail.Enclosure.letter_id == each.id))],
        )
        for each in found
    ]


def test_an_invoice_goes_to_its_payer_with_its_pdf_once(paid, ada, now):
    made = issue(paid, ada, now)
    (letter,) = letters()

    assert letter[:3] == ("invoice", ada.email, f"Invoice {made.number}")
    assert "440.00 USD" in letter[3] and f"/orders/{paid.ref}" in letter[3] and "Example University" in letter[3]
    assert letter[4] == [(f"{made.number}.pdf", documents.kept(made))]
    assert letters() == [letter]
    assert documents.letters.of_document(made).written_at is not None


def test_what_is_credited_later_by_itself_is_sent_too(paid, ada, now):
    made = issue(paid, ada, now)
    letters()
    with transaction():
        order = payments.locked(paid.id)
        payments.end_line(order, order.lines[0], now=now)
        payments.book_difference(order, ended=order.lines[:1], refunded=order.total, now=now)
        payments.promise_refund(order=order, amount=Money(order.total_minor, "USD"), reason="ill", now=now)
    (_invoice, note) = letters()

    assert note[:2] == ("credit_note", ada.email)
    assert f"It credits invoice {made.number}." in note[3]
    assert len(note[4]) == 1


def test_one_made_out_anew_names_what_it_replaces_in_its_own_language(paid, ada, now):
    made = issue(paid, ada, now)
    with transaction():
        invoicing.correct(
            made, paid, buyer=documents.Buyer(**{**vars(BUYER), "name": "Somebody else"}), by=ada, now=now
        )

    assert [each[0] for each in letters()] == ["invoice", "credit_note", "invoice"]
    assert f"It takes the place of {made.number}." in letters()[-1][3]


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("de", "Rechnung", ("Guten Tag Ada Demo,", "über 440,00 USD zu Ihrer Bestellung", "Die Bestellung mit allen Belegen:")),
        ("fr", "Facture", ("Bonjour Ada Demo,", "d’un montant de 440,00 USD", "La commande, avec tous ses documents :")),
        ("es", "Factura", ("Hola, Ada Demo:", "por un importe de 440,00 USD", "El pedido, con todos sus documentos:")),
    ],
)  # fmt: skip
def test_a_letter_speaks_as_its_document_does(paid, ada, now, language, subject, said):
    made = issue(paid, ada, now, language=language)
    (letter,) = letters()

    assert letter[2] == f"{subject} {made.number}"
    for words in said:
        assert words in letter[3]
    for words in ("Enclosed", "Dear", "made out", "The order"):
        assert words not in letter[3]


def test_a_seller_who_sends_none_and_a_pro_forma_write_no_letter(meeting, seller, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        invoicing.pro_forma(order, buyer=BUYER, by=ada, now=now)
    with transaction():
        a_seller(now, sends_letters=False)
    with transaction():
        documents.issue(order.id, buyer=BUYER, about=documents.About("T1"), told={}, now=now, due_on=now.date())

    assert letters() == []


def test_an_invoice_to_be_paid_says_how_much_and_until_when(meeting, seller, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        invoicing.invoice(order, buyer=BUYER, by=ada, now=now, due_on=now.date())
    (letter,) = letters()

    assert "Please pay 440.00 USD by" in letter[3]


def test_a_letter_that_somebody_else_has_taken_is_not_written(paid, ada, now):
    made = issue(paid, ada, now)
    with transaction():
        assert documents.letters.take(made, now=now)
        assert not documents.letters.take(made, now=now)

    assert letters() == []
