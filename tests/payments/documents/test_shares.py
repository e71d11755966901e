"""What of a document's tax belongs to which meeting or term, and to a fee: it sums, and the migration works out the same for what was issued before."""

import importlib.util
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from conference.kernel import db, transaction
from conference.payments import documents
from conference.payments.documents import TaxShare
from tests.books.taxing import SP26, TERM, credited, invoiced, taxed
from tests.databases import without_guards

MIGRATION = Path(__file__).parents[3] / "migrations/versions/0052_tax_in_the_journal.py"


@pytest.fixture
def issued(meeting, ada, now):
    """An invoice for a meeting and a term, and its credit note less a fee."""
    taxed(now)
    order, invoice = invoiced(ada, now, (SP26, 11900), (TERM, 23805))
    credited(order, now, keep=5950, by=ada)
    return invoice


def shares():
    """[(scope, whether it is a fee, minor units)] in the order of the documents."""
    asked = select(TaxShare.scope, TaxShare.is_fee, TaxShare.tax_minor)
    return [tuple(row) for row in db.session.execute(asked.order_by(TaxShare.document_id, TaxShare.tax_minor.desc()))]


def test_each_meeting_term_and_fee_has_its_share(issued):
    assert shares() == [
        (TERM, False, 3801),
        (SP26, False, 1900),
        (TERM, False, 3801),
        (SP26, False, 1900),
        (SP26, True, -950),
    ]


def test_the_migration_shares_what_was_issued_before_alike(issued):
    before = shares()
    spec = importlib.util.spec_from_file_location("tax_in_the_journal", MIGRATION)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)

    with transaction(), without_guards(db.session.connection()):
        db.session.execute(TaxShare.__table__.delete())
        with Operations.context(MigrationContext.configure(db.session.connection())):
            migration._of_issued(TaxShare.__table__)

    assert shares() == before


def test_a_share_that_is_not_what_the_document_says_is_named_and_nobody_changes_it(issued):
    with pytest.raises(DBAPIError, match="only added to"), transaction():
        move(1)
    with transaction(), without_guards(db.session.connection()):
        move(1)

    assert documents.differences()[0] == f"document {issued.number}: its tax is 5701, the journal books 5703"
    with transaction(), without_guards(db.session.connection()):
        move(-1)


def move(minor):
    db.session.execute(update(TaxShare).values(tax_minor=TaxShare.tax_minor + minor))
