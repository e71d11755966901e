"""The journal of a month: every entry and row once, in the accounts they belong to, and what becomes revenue."""

from collections import Counter

import pytest

from conference import books
from conference.books import Role, Wanted
from conference.kernel import db
from conference.payments import documents
from tests.books.taxing import credited, invoiced, taxed
from tests.books.telling import a_row, at, exchange, sell, take_back, told


def lines(month, **wanted):
    """[(day, what, role, minor)] of a month's journal."""
    found = books.page(books.period(month), Wanted(**wanted), number=1)
    return [(f"{each.day:%d}", each.what, str(post.role), post.minor) for each in found.items for post in each.postings]


def balances(month):
    """{role: minor} by which a month moves its accounts."""
    return {str(each.role): each.balance.minor for each in books.of_period(books.period(month)) if each.balance}


def test_a_sale_paid_by_card_is_booked_in_the_societys_month(ada, spring):
    sell(ada, "meeting:SP26", 44000, at("2026-09-01 03:59"), provider="stripe")  # still August in New York
    sell(ada, "meeting:SP26", 10000, at("2026-09-01 04:00"))

    assert lines("2026-08") == [
        ("31", "payment", "card", 44000), ("31", "payment", "customers", -44000),
        ("31", "sale", "deferred", -44000), ("31", "sale", "customers", 44000),
    ]  # fmt: skip
    assert balances("2026-09") == {"bank": 10000, "deferred": -10000}


def test_what_is_taken_back_is_booked_against_what_was_deferred_and_the_fee_is_kept(ada, spring):
    order = sell(ada, "meeting:SP26", 44000, at("2026-08-03 12:00"))
    take_back(order, at("2026-09-03 12:00"), keep=5000, by=ada)
    generous = sell(ada, "meeting:SP26", 1000, at("2026-09-04 12:00"))
    sell(ada, "meeting:SP26", 900, at("2026-09-04 12:00"))

    assert generous.total_minor == 1000
    assert balances("2026-09") == {"bank": -39000 + 1900, "deferred": 44000 - 1900, "fees": -5000}


def test_what_is_carried_to_another_order_names_both(ada, spring):
    order = sell(ada, "meeting:SP26", 44000, at("2026-09-03 12:00"))
    changed = exchange(order, 50000, at("2026-09-04 12:00"))

    found = books.page(books.period("2026-09"), Wanted(text="carried"), number=1)
    assert found.total == 0
    [carried] = [each for each in books.bookings(books.period("2026-09")) if each.what == "transfer"]
    assert (carried.order, carried.other) == (changed.ref, order.ref)
    assert [(each.minor, each.is_other) for each in carried.postings] == [(44000, True), (-44000, False)]


def test_a_booking_names_its_documents_and_is_found_by_their_numbers(ada, spring):
    taxed()
    order, invoice = invoiced(ada, at("2026-09-03 12:00"), ("meeting:SP26", 11900))
    credited(order, at("2026-09-20 12:00"), by=ada)
    sell(ada, "meeting:SP26", 900, at("2026-09-04 12:00"))
    _invoice, note = documents.queries.of_order(order)

    found = books.page(books.period("2026-09"), Wanted(text=note.number), number=1).items
    assert [(each.what, each.papers) for each in found] == [
        (what, [(note.number, note.ref)]) for what in ("reversal", "refund", "credit_note")
    ]
    _header, rows = books.journal_table(books.period("2026-09"))
    table = [(row[-1].partition(":")[0], row[-3]) for row in rows]
    assert Counter(table) == {
        ("payment", invoice.number): 2, ("line", invoice.number): 2, (invoice.number, invoice.number): 2,
        ("line-ended", note.number): 2, ("refund", note.number): 2, (note.number, note.number): 2,
        ("payment", None): 2, ("line", None): 2,
    }  # fmt: skip


def test_a_meeting_becomes_revenue_on_its_last_day_and_later_bookings_at_once(ada, spring):
    sell(ada, "meeting:SP26", 44000, at("2026-09-03 12:00"))
    sell(ada, "meeting:SP26", 1000, at("2026-10-05 12:59"))  # an hour before the last day begins in Sydney
    late = sell(ada, "meeting:SP26", 2000, at("2026-10-05 13:00"))
    take_back(late, at("2026-10-20 12:00"), by=ada)
    sell(ada, "meeting:SP26", 500, at("2026-11-02 12:00"))

    assert "revenue" not in balances("2026-09")
    assert list(lines("2026-10", role=Role.REVENUE)) == [
        ("05", "sale", "revenue", -2000), ("20", "reversal", "revenue", 2000), ("05", "recognised", "revenue", -45000),
    ]  # fmt: skip
    assert balances("2026-10")["deferred"] == 44000
    assert balances("2026-11") == {"bank": 500, "revenue": -500}


def test_a_term_becomes_revenue_by_its_days(ada):
    sell(ada, "term:2026-09-01/2027-08-31", 36500, at("2026-09-10 12:00"))

    assert lines("2026-09", role=Role.REVENUE) == [("30", "recognised", "revenue", -3000)]
    assert lines("2026-10", role=Role.REVENUE) == [("31", "recognised", "revenue", -3100)]
    assert "revenue" not in balances("2027-09")


def test_stripes_rows_book_fees_payouts_and_other_currencies(ada, spring):
    now = at("2026-09-05 12:00")
    told(
        a_row("a", now), a_row("b", now, "refund", -5000, 0), a_row("c", now, "payout", -9000, 0),
        a_row("d", now, "dispute", -2000, 1500), a_row("e", now, "other_adjustment", 70, 0),
        a_row("f", now, amount=11000, fee=50, source=(10000, "EUR")), now=now,
    )  # fmt: skip

    found = {(str(each.role), each.currency): each.balance.minor for each in books.of_period(books.period("2026-09"))}
    assert found == {
        ("stripe_fees", "USD"): 320 + 1500 + 50, ("transit", "USD"): 9000, ("suspense", "USD"): -70,
        ("exchange", "USD"): -11000, ("exchange", "EUR"): 10000, ("card", "EUR"): -10000,
        ("card", "USD"): -320 - 9000 - 1500 + 70 + 11000 - 50,
    }  # fmt: skip


@pytest.fixture
def busy(ada, spring):
    """A month in which everything happens."""
    now = at("2026-10-05 11:00")
    for number in range(30):
        sell(ada, "meeting:SP26", 1000 + number, now, provider="stripe" if number % 2 else "hand")
    take_back(sell(ada, "meeting:SP26", 7000, now), at("2026-10-09 12:00"), keep=2000, by=ada)
    take_back(sell(ada, None, 7000, now), at("2026-10-09 12:00"), by=ada)
    exchange(sell(ada, "term:2026-10-01/2027-09-30", 9000, now), 9500, now)
    told(*(a_row(f"{number}", now, fee=number) for number in range(40)), a_row("p", now, "payout", -4, 0), now=now)
    return books.period("2026-10")


def test_the_totals_of_the_database_are_those_of_every_line(busy):
    held = books.held(busy)

    assert held.totals == books.summed(busy)
    assert sum(each.debit_minor - each.credit_minor for each in held.totals) == 0
    assert all(sum(post.minor for post in each.postings) == 0 for each in books.bookings(busy))


def test_each_account_leads_to_exactly_its_lines(busy):
    every = Counter(post.role for each in books.bookings(busy) for post in each.postings)

    for role in Role:
        found = [books.page(busy, Wanted(role=role), number=number) for number in range(1, 9)]
        posted = [post for each in found[: found[0].count] for item in each.items for post in item.postings]
        assert {post.role for post in posted} <= {role}
        assert len(posted) == every[role], role


def test_pages_hold_every_booking_once_in_order(busy):
    first = books.page(busy, Wanted(), number=1)
    paged = [item for number in range(1, first.count + 1) for item in books.page(busy, Wanted(), number=number).items]

    assert Counter(each.source for each in paged) == Counter(each.source for each in books.bookings(busy))
    assert len(paged) == first.total > 100


def test_lines_are_found_by_scope_and_words(busy, ada):
    order = sell(ada, "meeting:SP26", 123, at("2026-10-30 12:00"))

    assert {each.scope for each in books.page(busy, Wanted(scope="term:2026-10-01/2027-09-30"), number=1).items} == {
        "term:2026-10-01/2027-09-30"
    }
    assert {each.order for each in books.page(busy, Wanted(text=order.ref), number=1).items} == {order.ref}
    assert books.page(busy, Wanted(text="%"), number=1).total == 0


def test_a_journal_asks_as_few_questions_whatever_it_holds(busy, ada, statements):
    for each in (
        lambda: list(books.bookings(busy)),
        lambda: books.page(busy, Wanted(), number=1),
        lambda: books.summed(busy),
    ):
        with statements() as first:
            each()
        sell(ada, "meeting:SP26", 5000, at("2026-10-30 12:00"), provider="stripe")
        db.session.expire_all()
        with statements() as second:
            each()
        assert len(second) <= len(first)
