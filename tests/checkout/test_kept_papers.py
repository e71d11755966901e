"""Receipts and statements are kept as they were rendered, one for all that they say."""

import hashlib
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from conference import checkout, payments, people
from conference.checkout import documents, kept_papers
from conference.checkout.kept_papers import kept, kept_of
from conference.checkout.models import KeptPaper
from conference.kernel import Money, db, transaction
from conference.payments.documents import Buyer
from tests.cast import a_meeting
from tests.checkout.acting import paid, place, settle
from tests.signing_in import signed_in

A_PAGE = "<!doctype html><html lang='en'><head><style>{style}</style></head>\n<body>{words}</body></html>"


@pytest.fixture
def sold(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    return payments.order_by_ref(order.ref)


def test_whoever_asks_again_gets_the_same_bytes(context, sold, ada):
    reader, path = signed_in(context, "ada@example.org"), f"/orders/{sold.ref}/receipt.pdf"

    first, again = reader.get(path).data, reader.get(path).data

    (paper,) = kept_of(sold)
    assert first == again == paper.pdf and first.startswith(b"%PDF")
    assert (paper.kind, paper.language, paper.sha256) == ("receipt", "en", hashlib.sha256(first).hexdigest())


def test_a_paper_that_says_something_else_is_another_and_the_older_one_stays(sold, ada, now):
    first = documents.receipt(sold)
    with transaction():
        checkout.end_lines_and_refund(
            order_id=sold.id, line_ids=[sold.lines[0].id], amount=Money(40000, "USD"), reason="ill", by=ada, now=now
        )
    after_refund = documents.receipt(payments.order_by_ref(sold.ref))
    with transaction():
        payments.documents.remember_bill_to(ada, Buyer(name="Ada", language="de"))
    german = documents.receipt(payments.order_by_ref(sold.ref))
    with transaction():
        people.update(ada, by=None, now=now, institution="Another Institute")
    elsewhere = documents.receipt(payments.order_by_ref(sold.ref))

    assert [(each.language, each.pdf) for each in kept_of(sold)] == [
        ("en", first), ("en", after_refund), ("de", german), ("de", elsewhere),
    ]  # fmt: skip
    assert len({first, after_refund, german, elsewhere}) == 4


def test_it_is_the_words_that_count_and_not_the_style(sold):
    before = kept(sold, checkout.PaperKind.RECEIPT, A_PAGE.format(style="p { color: red }", words="<p>One</p>"))

    after = kept(sold, checkout.PaperKind.RECEIPT, A_PAGE.format(style="p { color: blue }", words="<p>One</p>"))
    other = kept(sold, checkout.PaperKind.RECEIPT, A_PAGE.format(style="p { color: red }", words="<p>Two</p>"))

    assert before == after != other


def test_another_size_of_paper_is_another_paper(sold):
    page = A_PAGE.format(style="", words="<p>One</p>")

    for other in (page, page.replace("<html", "<html class='letter'"), page.replace("<html", "<html dir='rtl'")):
        kept(sold, checkout.PaperKind.STATEMENT, other)

    assert len(kept_of(sold)) == 3


def test_a_paper_that_lacks_letters_is_handed_out_and_not_kept(sold):
    made = kept(sold, checkout.PaperKind.RECEIPT, A_PAGE.format(style="", words="<p>\U000e0fff \ue000</p>"))

    assert made.startswith(b"%PDF")
    assert kept_of(sold) == []


def test_of_one_order_so_many_papers_are_kept_in_a_day(sold):
    most = kept_papers.MOST_A_DAY + kept_papers.MORE_FOR_A_LINE * len(sold.lines)
    made = [
        kept(sold, checkout.PaperKind.RECEIPT, A_PAGE.format(style="", words=f"<p>{number}</p>"))
        for number in range(most + 2)
    ]

    assert len(set(made)) == len(made)
    assert len(kept_of(sold)) == most


def test_of_eight_who_ask_at_once_one_is_kept_and_all_get_it(app, sold):
    barrier, answers = Barrier(8), []

    def ask():
        with app.app_context():
            order = payments.order_by_ref(sold.ref)
            db.session.commit()
            barrier.wait()
            answers.append(documents.receipt(order))

    threads = [Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    db.session.rollback()  # what was read before them
    assert len(answers) == 8 and len(set(answers)) == 1
    assert db.session.scalar(select(func.count()).select_from(KeptPaper)) == 1


@pytest.mark.parametrize("act", [delete(KeptPaper), update(KeptPaper).values(pdf=b"")])
def test_the_database_refuses_to_change_what_was_handed_out(sold, act):
    documents.receipt(sold)

    with pytest.raises(DBAPIError, match="only added to"), transaction():
        db.session.execute(act)


def test_the_desk_lists_and_opens_what_was_handed_out(context, sold, ben, now):
    content = documents.receipt(sold)
    (paper,) = kept_of(sold)
    with transaction():
        another = a_meeting(now, code="T2")
    other = place(another, ben, now)
    fay = signed_in(context, "fay@example.org", roles=("finance",), given_name="Fay")

    page = fay.get(f"/staff/order/{sold.ref}").text
    answer = fay.get(f"/staff/order/{sold.ref}/papers/{paper.ref}.pdf")

    assert "Receipts and statements" in page and f"{paper.ref}.pdf" in page and "English" in page
    assert answer.data == content
    assert fay.get(f"/staff/order/{other.ref}/papers/{paper.ref}.pdf").status_code == 404
    assert "Receipts and statements" not in fay.get(f"/staff/order/{other.ref}").text
