"""The papers of a group: a statement that adds up for each order, and a receipt for each person that tells nothing of them."""

import pymupdf
import pytest

from conference import checkout, payments, people, society
from conference.checkout import documents
from conference.kernel import transaction
from conference.registration import Wish, groups
from tests.checkout.acting import paid, settle
from tests.checkout.groups.acting import decline, entry_of, give, order, ordered, seat, seat_id
from tests.signing_in import signed_in

BEN, CLEO = "ben@example.org", "cleo@example.org"


def read(content):
    with pymupdf.open(stream=content) as document:
        return "\n".join(page.get_text() for page in document)


def statement(made):
    return read(documents.receipt(payments.order_by_id(made.id)))


@pytest.fixture
def held(group, ben, now):
    """Ben of one grant, Cleo of another; the order waits for its transfer."""
    with transaction():
        people.update(ben, by=None, now=now, institution="Secret Institute")
        ours = society.current()
        ours.bank_details, ours.tax_id = "Example Bank, 0000", "EIN-0"
    seat(group, BEN, now, extras=("dinner",), grant="R01", given_name="Ben")
    seat(group, CLEO, now, grant="T32", given_name="Cleo", family_name="New")
    return order(group, now, by_transfer=True)


def test_a_statement_says_what_an_accounts_office_asks_for(held):
    text = statement(held)

    for words in (
        "Statement", held.ref, "Example University", "PO-7", "EIN-0", "Ada Demo", "Meeting T1", "Ben", "Cleo New", "R01", "T32",
        "440.00 USD", "85.00 USD", "965.00 USD", "525.00 USD", "To be paid by", "Example Bank, 0000", "not a tax invoice",
    ):  # fmt: skip
        assert words in text, words
    assert "Secret Institute" not in text and BEN not in text


def test_a_statement_is_in_the_language_of_its_payers_documents(group, held, ada, now):
    with transaction():
        payments.documents.remember_bill_to(ada, payments.documents.Buyer(name="Ada", language="fr"))
    decline(group, BEN, now)

    text = statement(held)

    for words in (
        "Relevé", "Facturé à", "Commandé par", "Pour qui et quoi", "tout le congrès, sur place", "Retiré le", "Total", "Règlement",
        "À payer au plus tard le", "Numéro fiscal EIN-0", "Par projet ou centre de coûts", "ceci est le relevé d’une commande",
    ):  # fmt: skip
        assert words.lower() in text.lower(), words
    for words in ("Statement", "whole meeting", "price", "Amount", "transfer", "Taken out"):
        assert words not in text, words


def test_whoever_was_taken_out_stands_there_and_is_not_to_be_paid(group, held, now):
    decline(group, BEN, now)

    text = statement(held)

    assert "not to be paid" in text and "−525.00 USD" in text and text.count("440.00 USD") >= 3
    assert "R01" not in text[text.index("By grant") :]


def test_what_pays_in_a_change_is_named_so_that_every_statement_adds_up(meeting, group, ada, ben, now):
    made = ordered(group, now, BEN, grant="R01", given_name="Ben")
    asked = give(entry_of(meeting, BEN), CLEO, now, by=ada, names=("Cleo", "New"))
    change = payments.order_by_id(asked.order_id)

    first, second = statement(made), statement(change)

    assert f"Pays in order {change.ref} now" in first and "0.00 USD" in first[first.index("Paid in the end") :]
    assert "Cleo New" in second and "Paid already" in second and "R01" in second
    account = documents.account_of(payments.order_by_id(made.id))
    assert (account.kept.minor, account.carried) == (0, [(change.ref, made.total)])


def test_each_has_a_receipt_of_their_own_and_the_payers_copy_tells_nothing_of_them(context, group, held, ada, now):
    settle(held, paid(held), now)
    own = signed_in(context, BEN).get("/meetings/T1/register/seat/receipt.pdf")
    path = f"/meetings/T1/group/{group.ref}/seats"
    theirs = signed_in(context, "ada@example.org").get(f"{path}/{seat_id(group, BEN)}/receipt.pdf")

    mine, copy = read(own.data), read(theirs.data)
    assert "525.00 USD" in mine and "Secret Institute" in mine and "Paid by Example Lab" in mine
    assert "525.00 USD" in copy and "Secret Institute" not in copy and "440.00 USD" in copy
    assert "Cleo" not in mine + copy


def test_a_receipt_has_what_was_added_later_in_another_order(meeting, group, held, ada, now):
    settle(held, paid(held), now)
    with transaction():
        entry = entry_of(meeting, CLEO)
        wish = Wish("full", extras=("workshop",))
        seen = checkout.quote_change(entry, wish, now=now).seen
        added = payments.order_by_id(checkout.change(entry, wish, seen=seen, by=ada, now=now).order_id)
    settle(added, paid(added), now)

    [_ben, cleo] = groups.seats_of(group)
    assert "490.00 USD" in read(documents.seat_receipt_for_payer(cleo.seat, group))


def test_a_seats_receipt_speaks_as_whoever_reads_it_wants(meeting, group, ada, ben, now):
    ordered(group, now, BEN, given_name="Ben")
    with transaction():
        for person, language in ((ada, "de"), (ben, "es")):
            payments.documents.remember_bill_to(person, payments.documents.Buyer(name="X", language=language))
    [found] = groups.seats_of(group)

    assert "Bezahlt von Example Lab" in read(documents.seat_receipt_for_payer(found.seat, group))
    assert "Pagado por Example Lab" in read(documents.seat_receipt(entry_of(meeting, BEN), found.seat, group))
