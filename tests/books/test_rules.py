"""Every booking is balanced, and what was sold becomes revenue to the cent: no more, no less, and no sooner than is said."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.books import rules
from conference.books.rules import Movement, Role
from conference.payments import EntryKind, Provider, about_term

minors = st.integers(-(10**9), 10**9)
currencies = st.sampled_from(["USD", "JPY", "EUR"])
categories = st.sampled_from([*rules.BOOKED_BY_LEDGER, *rules.NAMED, "other_adjustment", "new at Stripe"])
movements = st.tuples(categories, minors, minors, currencies, minors, currencies).map(lambda each: Movement(*each))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def sums(postings):
    counted: Counter = Counter()
    for each in postings:
        counted[each.currency] += each.minor
    return {currency: minor for currency, minor in counted.items() if minor}


@pytest.mark.parametrize("kind", list(EntryKind))
@pytest.mark.parametrize("minor", [-4200, 4200])
def test_every_kind_of_entry_is_booked_and_balanced(kind, minor):
    postings = rules.of_entry(kind, minor, "USD", Provider.STRIPE)

    assert sums(postings) == {}
    assert sum(-each.minor for each in postings if each.role is Role.CUSTOMERS and not each.is_other) in (minor, 0)
    assert len(postings) == (0 if kind == EntryKind.TRANSFER and minor < 0 else 2)


def test_a_kind_that_the_books_do_not_know_is_refused():
    with pytest.raises((KeyError, ValueError)):
        rules.of_entry("barter", 100, "USD")


@pytest.mark.parametrize(("kind", "minor", "provider", "debit", "credit"), [
    ("payment", 100, "stripe", Role.CARD, Role.CUSTOMERS),
    ("payment", 100, "hand", Role.BANK, Role.CUSTOMERS),
    ("sale", -100, None, Role.CUSTOMERS, Role.DEFERRED),
    ("reversal", 100, None, Role.DEFERRED, Role.CUSTOMERS),
    ("refund", -100, "stripe", Role.CUSTOMERS, Role.CARD),
    ("refund", -100, "bank", Role.CUSTOMERS, Role.BANK),
    ("fee", -100, None, Role.CUSTOMERS, Role.FEES),
    ("goodwill", 100, None, Role.GOODWILL, Role.CUSTOMERS),
    ("write_off", 100, None, Role.WRITTEN_OFF, Role.CUSTOMERS),
    ("dispute", -100, None, Role.CUSTOMERS, Role.CARD),
    ("transfer", 100, None, Role.CUSTOMERS, Role.CUSTOMERS),
])  # fmt: skip
def test_an_entry_debits_and_credits_what_its_kind_says(kind, minor, provider, debit, credit):
    postings = rules.of_entry(kind, minor, "USD", provider)

    assert [each.role for each in postings if each.minor > 0] == [debit]
    assert [each.role for each in postings if each.minor < 0] == [credit]


@given(movements)
def test_every_row_of_stripes_balance_is_balanced_and_moves_card_clearing_by_its_net(row):
    postings = rules.of_movement(row)

    assert sums(postings) == {}
    moved = sum(each.minor for each in postings if each.role is Role.CARD and each.currency == row.currency)
    booked_before = row.category in rules.BOOKED_BY_LEDGER and row.currency == row.source_currency
    assert moved == (0 if booked_before else row.amount) - row.fee


@given(movements, st.integers(1, 5))
def test_rows_of_the_same_signs_are_posted_together_as_one_by_one(row, count):
    many = row._replace(amount=row.amount * count, fee=row.fee * count, source_minor=row.source_minor * count)

    alone = [each._replace(minor=each.minor * count) for each in rules.of_movement(row)]
    assert rules.of_movement(many) == alone


@given(st.integers(-(10**7), 10**7), days, st.integers(0, 1500), st.lists(st.integers(-40, 1600), max_size=12))
def test_a_term_is_recognised_day_by_day_and_whole_on_its_last(sold, starts, length, looked):
    scope = about_term(starts, starts + timedelta(days=length))

    def by(day):
        return rules.recognised(scope, sold, until=datetime(2050, 1, 1, tzinfo=UTC), day=day, delivered={})

    found = [abs(by(starts + timedelta(days=each))) for each in sorted(looked)]
    assert found == sorted(found)
    assert by(starts - timedelta(days=1)) == 0
    assert by(starts + timedelta(days=length)) == sold
    assert all(0 <= each <= abs(sold) for each in found)


def test_for_life_is_over_ten_years():
    term = rules.term_of("term:2028-02-29/")

    assert (term.starts, term.ends) == (date(2028, 2, 29), date(2038, 2, 27))
    assert rules.term_of("term:2027-07-01/").ends == date(2037, 6, 30)


@pytest.mark.parametrize(
    "scope", [None, "", "meeting:X", "term:", "term:2027-01-01", "term:x/y", "term:2027-02-02/2027-02-01"]
)
def test_what_is_for_nothing_that_is_known_is_revenue_at_once(scope):
    assert rules.is_at_once(scope, datetime(2026, 1, 1, tzinfo=UTC), {})
    assert (
        rules.recognised(scope, 500, until=datetime(2026, 1, 1, tzinfo=UTC), day=date(2026, 1, 1), delivered={}) == 500
    )


def test_a_meeting_is_revenue_when_its_last_day_begins():
    begins = datetime(2027, 5, 15, 4, tzinfo=UTC)
    known = {"meeting:T1": begins}

    assert not rules.is_at_once("meeting:T1", begins - timedelta(seconds=1), known)
    assert rules.is_at_once("meeting:T1", begins, known)
    found = [rules.recognised("meeting:T1", 700, until=each, day=date(2027, 5, 15), delivered=known)
             for each in (begins, begins + timedelta(seconds=1))]  # fmt: skip
    assert found == [0, 700]
