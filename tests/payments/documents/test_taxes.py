"""The tax of a document by country: whatever was sold where, it sums to what the document says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from conference.kernel import db, transaction
from conference.payments import documents
from conference.payments.documents import DocumentTax, taxes
from conference.payments.documents.composing import summed
from tests.databases import without_guards
from tests.payments.documents.selling import ABOUT, BUYER

RATES = [("S", 1900), ("S", 700), ("E", 0), ("AE", 0)]
lines = st.lists(
    st.tuples(st.integers(-99_999, 999_999), st.sampled_from(RATES), st.sampled_from(["US", "DE", "FR"])), min_size=1, max_size=20
)  # fmt: skip


@given(lines)
def test_the_parts_of_a_document_sum_to_what_it_says_rate_by_rate(sold):
    content = a_content([{"gross": gross, "category": rate[0], "hundredths": rate[1], "country": country}
                         for gross, rate, country in sold])  # fmt: skip
    parts = taxes.parts_of(content)

    for name in ("net", "tax", "rounding", "gross"):
        assert sum(getattr(part, name) for part in parts) == content[name]
    for group in content["taxes"]:
        of_it = [part for part in parts if part[1:3] == (group["category"], group["hundredths"])]
        assert (sum(part.net for part in of_it), sum(part.tax for part in of_it)) == (group["net"], group["tax"])
    assert {part.country for part in parts} == {country for _gross, _rate, country in sold}
    assert all(part.net + part.tax + part.rounding == part.gross for part in parts)


def test_documents_without_a_country_in_their_lines_have_that_by_which_they_were_rated():
    content = {"seller": {"country": "DE"}, "about": {"country": "US"}}

    assert taxes.country_of({"kind": "dues"}, content) == "DE"
    assert taxes.country_of({"kind": "registration"}, content) == "US"
    assert taxes.country_of({"kind": "registration"}, {**content, "about": {"country": ""}}) == "DE"
    assert taxes.country_of({"kind": "dues", "country": "FR"}, content) == "FR"


def test_a_pro_forma_is_no_document_of_account(seller, order, now):
    with transaction():
        documents.pro_forma(order.id, buyer=BUYER, about=ABOUT, told={}, now=now)

    assert db.session.query(DocumentTax).count() == 0


def test_the_recount_finds_tax_that_is_not_what_the_document_says_and_nobody_changes_it(seller, paid, now):
    with transaction():
        documents.issue(paid.id, buyer=BUYER, about=ABOUT, told={}, now=now)
    with pytest.raises(DBAPIError, match="only added to"):
        move_tax(1)
    with transaction(), without_guards(db.session.connection()):
        move_tax(1)

    said, booked = documents.differences()
    assert "its tax by country and rate is not what it says" in said
    assert "the journal books" in booked
    with transaction(), without_guards(db.session.connection()):
        move_tax(-1)


def move_tax(minor):
    """From the tax to the rounding: the row still sums."""
    moved = {"tax_minor": DocumentTax.tax_minor + minor, "rounding_minor": DocumentTax.rounding_minor - minor}
    try:
        db.session.execute(update(DocumentTax).values(**moved))
    except DBAPIError:
        db.session.rollback()
        raise


def a_content(sold):
    rated = [{"note": "", "kind": "registration", **each} for each in sold]
    return {"kind": "invoice", "seller": {"country": "DE"}, "about": {"country": "US"}, **summed(rated)}
