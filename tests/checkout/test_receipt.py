"""The receipt, read back from its PDF."""

import pymupdf
import pytest

from conference import checkout, payments, people, registration, society
from conference.checkout import documents
from conference.kernel import Money, db, transaction
from conference.payments.documents import Buyer
from tests.cast import a_membership_type
from tests.checkout.acting import paid, place, settle
from tests.payments.documents.selling import a_seller
from tests.signing_in import signed_in


def printed(order):
    """The receipt's text, its metadata and how many pages it has."""
    document = pymupdf.open(stream=documents.receipt(payments.order_by_ref(order.ref)))
    return "\n".join(page.get_text() for page in document), document.metadata, len(document)


@pytest.fixture
def dinner(meeting):
    with transaction():
        return registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=10)


def take_back(order, lines, amount, ada, now):
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id,
            line_ids=[each.id for each in lines],
            amount=Money(amount, "USD"),
            reason="r",
            by=ada,
            now=now,
        )


def test_a_receipt_says_who_paid_what_for_what_and_why(meeting, dinner, ada, now):
    order = place(meeting, ada, now, extras=["dinner"])
    settle(order, paid(order), now)

    text, metadata, pages = printed(order)

    assert metadata["title"] == f"Receipt {order.ref}, Society of Tests"
    assert pages == 1
    for words in (
        "Ada Demo", "Example Institute", "United States", "ada@example.org", order.ref, "Mon 23 Nov 2026", "Paid",
        "Meeting T1", "May 11", "Example Hall, Baltimore", "440.00 USD", "85.00 USD", "525.00 USD",
        "Non-member price", "Paid online", f"reference …{order.ref[-10:]}", "1 / 1", "not a tax invoice",
    ):  # fmt: skip
        assert words in text, words
    assert "Paid back" not in text and "Cancelled" not in text


def test_a_receipt_speaks_as_its_payer_wants_documents_to(meeting, ada, now):
    """The language of the last document; before one was asked for, that of the seller. The reasons, kept in English, are left out."""
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    with transaction():
        a_seller(now, language="es")
    spanish, *_ = printed(order)
    with transaction():
        payments.documents.remember_bill_to(ada, Buyer(name="Ada", language="de"))
    german, metadata, pages = printed(order)

    assert "Recibo" in spanish and "lun, 23 nov 2026" in spanish
    assert (pages, metadata["title"]) == (1, f"Zahlungsbeleg {order.ref}, Society of Tests")
    for words in (
        "Zahlungsbeleg", "Bezahlt", "Mo., 23. Nov. 2026", "Vereinigte Staaten", "gesamte Tagung, vor Ort", "440,00 USD", "Gesamtbetrag",
        "Online bezahlt", f"Referenz …{order.ref[-10:]}", "Dies ist ein Zahlungsbeleg, keine Rechnung.",
    ):  # fmt: skip
        assert words in german, words
    for words in ("Receipt", "Paid", "price", "whole meeting", "Amount"):
        assert words not in german, words


def test_what_was_taken_back_is_marked_and_what_is_kept_is_summed(meeting, dinner, ada, now):
    order = place(meeting, ada, now, extras=["dinner"])
    settle(order, paid(order), now)
    order = payments.order_by_ref(order.ref)
    take_back(order, [order.lines[1]], 5000, ada, now)

    text, *_ = printed(order)

    assert "partly paid back" in text
    assert text.count("Cancelled on Mon 23 Nov 2026") == 1
    assert "On its way back" in text and "−50.00 USD" in text
    assert "Paid in the end\n475.00 USD" in text


def test_a_refund_that_failed_has_not_gone_back(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    take_back(order, [], 5000, ada, now)
    [refund] = payments.refunds_of(order)
    refund.state = "failed"

    account = documents.account_of(order)

    assert (account.state, account.kept, account.refunds) == ("paid", Money(44000, "USD"), [])
    db.session.rollback()


def test_all_paid_back_is_said(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    order = payments.order_by_ref(order.ref)
    take_back(order, order.lines, 44000, ada, now)

    account = documents.account_of(order)

    assert (account.state, account.kept) == ("returned", Money(0, "USD"))
    assert "Paid in the end\n0.00 USD" in printed(order)[0]


def test_nothing_to_pay_is_a_receipt_too(meeting, ada, now):
    order = place(meeting, ada, now, category="regular")

    text, *_ = printed(order)

    assert "Nothing to pay" in text and "0.00 USD" in text
    assert "Payments" not in text


def test_dues_alone_have_a_receipt(context, ada, now):
    with transaction():
        a_membership_type()
        order = checkout.place_dues(type_code="active", person=ada, now=now)
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="cheque", by=ada, now=now)

    text, *_ = printed(order)

    assert "Active membership" in text and "225.00 USD" in text
    assert "Paid to the office" in text and "hand-" not in text


@pytest.mark.parametrize(("country", "width"), [("US", 216), ("DE", 210), ("", 210)])
def test_the_paper_is_that_of_the_payers_country(meeting, ada, now, country, width):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    with transaction():
        people.update(people.by_id(ada.id), by=ada, now=now, country=country)

    with pymupdf.open(stream=documents.receipt(order)) as document:
        assert round(document[0].rect.width * 25.4 / 72) == width


@pytest.mark.parametrize(
    "name", ["<b>Ada</b>{{7*7}}", "W" * 300, "محمد بن عبد الله", "नन्दिनी", "王小明", "ธนพร ศรีสุวรรณรัตน์", "שולמית"]
)
def test_any_name_stays_on_the_paper(meeting, ada, now, name):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    with transaction():
        people.update(people.by_id(ada.id), by=ada, now=now, given_name=name, institution=name)

    with pymupdf.open(stream=documents.receipt(order)) as document:
        page = document[0]
        traces = [trace for trace in page.get_texttrace() if trace["chars"]]

        assert traces
        assert all(trace["bbox"][0] >= 0 and trace["bbox"][2] <= page.rect.width - 20 for trace in traces)
        assert not any(character[1] == 0 for trace in traces for character in trace["chars"])
        assert len(document) <= 2


def test_without_a_society_there_is_still_a_receipt(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    with transaction():
        db.session.delete(society.current())

    assert order.ref in printed(order)[0]


def test_once_it_is_paid_a_line_says_no_more_what_mattered_for_choosing(context, meeting, ada, now):
    with transaction():
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=10)
    order = place(meeting, ada, now, extras=["dinner"])
    client, name = signed_in(context, ada.email), meeting.windows[0].name
    choosing = (f"{name} price, until", "Has its own price and places")
    assert all(words in client.get(f"/orders/{order.ref}").text for words in choosing)

    settle(order, paid(order), now)

    page, receipt = client.get(f"/orders/{order.ref}").text, printed(order)[0]
    for told in (page, receipt):
        assert f"{name} price" in told and "Non-member price" in told
        assert not any(words in told for words in choosing)
