"""Documents follow the books: lapsed orders, undone imports, changes, and what was missed."""

from sqlalchemy import select, update

from conference import checkout, jobs, payments
from conference.checkout import invoicing
from conference.kernel import Money, db, transaction
from conference.payments import Line, documents
from conference.payments.documents import Document
from tests.payments.documents.selling import BUYER


def kinds():
    """[(kind, amount, reason)] of all documents, in the order of issue."""
    rows = db.session.scalars(select(Document).order_by(Document.id).execution_options(populate_existing=True))
    return [(str(row.kind), row.gross_minor, row.content["reason"]) for row in rows]


def invoiced(order, now, **due):
    with transaction():
        return invoicing.invoice(order, buyer=BUYER, by=None, now=now, **due)


def test_an_invoice_of_an_order_that_is_not_paid_in_time_is_credited(seller, order, now):
    invoiced(order, now, due_on=now.date())

    with transaction():
        checkout.lapse_if_due(order.id, now=now, at_once=True)

    assert kinds() == [("invoice", 44000, ""), ("credit_note", 44000, "not paid")]


def test_an_open_invoice_that_is_paid_stays_as_it_is(seller, order, now):
    made = invoiced(order, now, due_on=now.date())

    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=None, now=now)

    assert kinds() == [("invoice", 44000, "")]
    assert made.content["due"] == 44000


def test_a_line_that_ends_among_others_is_credited_alone(seller, paid, now):
    invoiced(paid, now)
    order = payments.order_by_id(paid.id)

    with transaction():
        facts = {"reason": "part", "by": None, "now": now, "amount": Money(0, "USD")}
        checkout.end_lines_and_refund(order_id=order.id, line_ids=[order.lines[0].id], **facts)

    note = db.session.scalar(select(Document).where(Document.kind == "credit_note"))
    assert [line["gross"] for line in note.content["lines"]] == [44000, -44000]  # all of it is kept as a fee
    assert note.gross_minor == 0


def test_an_import_that_is_undone_is_credited(seller, paid, ada, now):
    invoiced(paid, now)

    with transaction():
        payments.wholesale.locked([paid.id])
        payments.wholesale.take_back([paid.id], reason="undone", by=None, now=now)

    assert kinds() == [("invoice", 44000, ""), ("credit_note", 44000, "ended")]


def test_what_was_missed_is_found_by_the_sweep(seller, paid, now):
    invoiced(paid, now)
    with transaction():  # a line ends behind the program's back
        db.session.execute(update(Line).where(Line.order_id == paid.id).values(ended_at=now))

    assert documents.behind() == [paid.id]
    assert any("still stands in an invoice" in fault for fault in documents.differences())
    jobs.run("documents")

    assert kinds()[1][0] == "credit_note"
    assert any("the entries that name it come to 0" in fault for fault in documents.differences())
    with transaction():
        db.session.execute(update(Line).where(Line.order_id == paid.id).values(ended_at=None))  # as the books have it
    with transaction():
        facts = {"reason": "at last", "by": None, "now": now, "amount": Money(44000, "USD")}
        checkout.end_lines_and_refund(order_id=paid.id, line_ids=[line.id for line in paid.lines], **facts)


def test_the_sweep_renders_what_has_no_bytes_once(seller, paid, ada, now):
    first = invoiced(paid, now)
    with transaction():
        _note, second = invoicing.correct(first, paid, buyer=BUYER, by=ada, now=now)

    assert jobs.run("documents") == 3
    assert jobs.run("documents") == 0
    assert documents.kept(second).startswith(b"%PDF")


def test_the_check_of_the_ledger_names_documents_too(seller, paid, now, context):
    invoiced(paid, now)

    done = context.test_cli_runner().invoke(args=["ledger", "check"])

    assert (done.exit_code, done.output) == (0, "The books tie out.\n")
