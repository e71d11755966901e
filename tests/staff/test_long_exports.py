"""Tables of thousands of rows are read some at a time: no more than that stands in memory."""

from itertools import islice

import pytest
from sqlalchemy import func, insert, select

from conference import books
from conference.kernel import clock, db, end_read, transaction
from conference.payments import bank, documents
from conference.staff import bank_lists, document_list, tax_keeping
from tests.payments.bank.writing import Said
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller
from tests.staff.banking import account, brought_in
from tests.staff.cast import a_registration

__all__ = ["account"]

MANY = 1200


def copies(table, row, *, own):
    """The row so often as there are MANY, each but for what is its `own` by number."""
    known = {column.name: getattr(row, column.name) for column in table.columns if column.name != "id"}
    db.session.execute(insert(table), [{**known, **own(number)} for number in range(2, MANY + 1)])


@pytest.fixture
def issued(context, meeting):
    """MANY invoices of a month: the month."""
    now, (_entry, order) = clock.now(), a_registration(meeting, "Ada")
    with transaction():
        a_seller(now), a_rate(now)
        made = documents.issue(order.id, buyer=BUYER, about=ABOUT, told={}, now=now)
        (part,) = db.session.scalars(select(documents.DocumentTax))
        first = db.session.scalar(select(func.max(documents.Document.id)))
        copies(
            documents.Document.__table__,
            made,
            own=lambda n: {"id": first + n, "ref": f"MADE{n}", "number": f"MADE-{n}", "number_in_series": n},
        )
        copies(documents.DocumentTax.__table__, part, own=lambda n: {"document_id": first + n})
    return books.month_of(now)


def most_held(table, kind):
    """(how many rows it has, how many of a `kind` stood in memory at most)."""
    db.session.expunge_all()
    end_read()
    held, rows = [], iter(table())
    while some := list(islice(rows, 100)):
        held.append((len(some), sum(isinstance(each, kind) for each in db.session.identity_map.values())))
    return sum(count for count, _live in held), max(live for _count, live in held)


def test_documents_are_read_in_parts(issued):
    for table in (
        lambda: document_list.table(document_list.Wish())[1],
        lambda: tax_keeping.rows(books.period(issued), tax_keeping.Sold())[1],
    ):
        count, live = most_held(table, documents.Document)
        assert (count, live <= document_list.AT_ONCE + 1) == (MANY, True), live


def test_bank_lines_are_read_in_parts(account, fay):
    brought_in(fay, account, *(Said(100 + number, f"Text {number}", "Ada") for number in range(MANY)))
    wish = bank_lists.Wish(state="", account=None, statement=None, why="", text="")

    count, live = most_held(lambda: bank_lists.rows(wish), bank.StatementLine)

    assert (count, live <= bank_lists.AT_ONCE + 1) == (MANY, True), live
