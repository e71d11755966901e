"""All orders of a group on one paper: it adds up, over changes, refunds and what is still to be paid."""

import pytest

from conference import checkout, payments
from conference.checkout import group_accounts
from conference.checkout.kept_papers import kept_of
from conference.kernel import Money, transaction
from tests.checkout.groups.acting import decline, entry_of, give, order, ordered, seat
from tests.checkout.groups.test_papers import read
from tests.signing_in import signed_in

BEN, CLEO, DAN = "ben@example.org", "cleo@example.org", "dan@example.org"


@pytest.fixture
def two_orders(group, now):
    """Ben's is paid, Dan's waits for its transfer."""
    first = ordered(group, now, BEN, given_name="Ben")
    seat(group, DAN, now, given_name="Dan", family_name="Late")
    return first, order(group, now, by_transfer=True)


def minors(row):
    return [money.minor for money in row[2:]]


def test_all_orders_stand_on_one_paper_with_their_sum(two_orders, group):
    first, second = two_orders

    text = read(group_accounts.statement_of_all(group))

    for words in (
        "Statement of all orders",
        "Example University",
        "PO-7",
        first.ref,
        second.ref,
        "Still due",
        "440.00 USD",
        "880.00 USD",
    ):
        assert words in text, words
    (total,) = group_accounts.sums_of(group_accounts.rows_of(group))
    assert minors(total) == [88000, 0, 0, 44000, 0, 44000]


def test_what_was_declined_and_what_lapsed_is_not_due(two_orders, group, now):
    decline(group, DAN, now)

    rows = group_accounts.rows_of(group)

    assert minors(rows[0]) == [44000, 0, 0, 44000, 0, 0]
    assert all(row.due.minor == 0 for row in rows)


def test_a_place_that_went_to_somebody_else_adds_up_over_both_orders(meeting, group, two_orders, ada, now):
    asked = give(entry_of(meeting, BEN), CLEO, now, by=ada, names=("Cleo", "New"))
    assert asked.order_id

    (total,) = group_accounts.sums_of(group_accounts.rows_of(group))

    assert adds_up(total)
    assert (total.kept.minor, total.paid.minor, total.due.minor) == (0, 44000, 44000)


def adds_up(row):
    return row.ordered - row.gone + row.kept == row.paid - row.back + row.due


def test_a_fee_that_is_kept_has_a_column_of_its_own_and_everything_adds_up(group, two_orders, ada, now):
    first, _second = two_orders
    with transaction():
        lines = [line.id for line in payments.order_by_id(first.id).lines]
        checkout.end_lines_and_refund(
            order_id=first.id, line_ids=lines, amount=Money(40000, "USD"), reason="ill", by=ada, now=now
        )

    rows = group_accounts.rows_of(group)

    assert minors(rows[0]) == [44000, 44000, 4000, 44000, 40000, 0]
    assert all(map(adds_up, [*rows, *group_accounts.sums_of(rows)]))
    assert "goodwill" in read(group_accounts.statement_of_all(group))


def test_it_is_kept_and_read_by_whoever_may_see_the_group(context, two_orders, group):
    browser, path = signed_in(context, "ada@example.org"), f"/meetings/T1/group/{group.ref}"

    page = browser.get(path).text
    first, again = browser.get(f"{path}/statement.pdf").data, browser.get(f"{path}/statement.pdf").data

    assert f"{path}/statement.pdf" in page
    assert first == again and first.startswith(b"%PDF")
    assert [each.kind for each in kept_of(two_orders[1])] == ["account"]
    assert signed_in(context, BEN).get(f"{path}/statement.pdf").status_code == 404


def test_it_speaks_as_its_payer_wants_documents_to(two_orders, group, ada):
    with transaction():
        payments.documents.remember_bill_to(ada, payments.documents.Buyer(name="Ada", language="de"))

    text = read(group_accounts.statement_of_all(group))

    for words in ("Aufstellung aller Bestellungen", "Noch offen", "880,00 USD", "Nicht bezahlt"):
        assert words in text, words


def test_a_group_without_orders_has_none(context, group):
    path = f"/meetings/T1/group/{group.ref}/statement.pdf"

    assert signed_in(context, "ada@example.org").get(path).status_code == 404
