"""Who gets the member price is decided from terms, policy and day alone, and always with the fact that decided it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.membership.rules import Span, standing
from conference.registration.pricing.rules import Needs, Policy, member_standing

TODAY = date(2026, 11, 23)
STARTS, ENDS = date(2027, 5, 11), date(2027, 5, 15)

days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
spans = st.builds(
    lambda starts, length, grace: Span(starts, starts + timedelta(days=length), "active", grace),
    days,
    st.integers(0, 700),
    st.integers(0, 90),
)
bought = spans.map(lambda span: Span(TODAY, span.ends, "active") if span.ends >= TODAY else None)


def decided(terms, dues=None, *, needs=Needs.REGISTRATION, order_counts=True, joining=True):
    policy = Policy(needs=needs, order_counts=order_counts)
    with_dues = standing([*terms, dues], TODAY) if dues else None
    return member_standing(
        standing(terms, TODAY),
        with_dues,
        joining,
        through=policy.through(STARTS, ENDS),
        order_counts=order_counts,
    )


@given(st.lists(spans, max_size=3), st.none() | bought, st.sampled_from(Needs), st.booleans())
def test_a_member_price_always_stands_on_a_membership_that_is_valid_long_enough(terms, dues, needs, order_counts):
    found = decided(terms, dues, needs=needs, order_counts=order_counts)

    if found.member:
        through = Policy(needs=needs).through(STARTS, ENDS)
        until = found.facts.get("until")
        counted = [*terms, dues] if found.reason != "member" else terms
        assert any(span and span.starts <= TODAY <= span.ends + timedelta(days=span.grace_days) for span in counted)
        assert through is None or until is None or date.fromisoformat(until) >= through
        assert found.reason == "member" or order_counts


@given(st.lists(spans, max_size=3), st.none() | bought, st.booleans())
def test_what_is_enough_through_the_last_day_is_enough_for_less(terms, dues, order_counts):
    last, first, today = (
        decided(terms, dues, needs=needs, order_counts=order_counts).member
        for needs in (Needs.END, Needs.START, Needs.REGISTRATION)
    )

    assert last <= first <= today


@given(st.lists(spans, max_size=3), st.sampled_from(Needs))
def test_the_reason_always_carries_the_day_on_which_it_was_looked_at(terms, needs):
    assert decided(terms, needs=needs).facts["on"] == TODAY.isoformat()


@pytest.mark.parametrize(
    ("terms", "dues", "needs", "order_counts", "member", "reason"),
    [
        ([], None, Needs.REGISTRATION, True, False, "not_member"),
        ([Span(date(2025, 1, 1), date(2025, 12, 31), "active", 30)], None, Needs.REGISTRATION, True, False, "lapsed"),
        ([Span(date(2026, 1, 1), date(2026, 12, 31), "active")], None, Needs.REGISTRATION, True, True, "member"),
        ([Span(date(2026, 1, 1), date(2026, 12, 31), "active")], None, Needs.END, True, False, "too_short"),
        ([Span(date(2026, 1, 1), date(2027, 5, 15), "active")], None, Needs.END, True, True, "member"),
        ([Span(date(2026, 1, 1), date(2027, 5, 14), "active")], None, Needs.END, True, False, "too_short"),
        ([Span(date(2026, 1, 1), date(2027, 5, 14), "active")], None, Needs.START, True, True, "member"),
        ([Span(date(2026, 1, 1), None, "emeritus")], None, Needs.END, True, True, "member"),
        ([Span(date(2025, 11, 1), date(2026, 10, 31), "active", 60)], None, Needs.END, True, False, "too_short"),
        ([], Span(TODAY, date(2027, 11, 22), "active"), Needs.END, True, True, "joining"),
        ([], Span(TODAY, date(2027, 11, 22), "active"), Needs.END, False, False, "order_does_not_count"),
        ([], Span(TODAY, date(2026, 12, 31), "active"), Needs.END, True, False, "not_member"),
    ],
)
def test_each_policy_by_example(terms, dues, needs, order_counts, member, reason):
    found = decided(terms, dues, needs=needs, order_counts=order_counts)

    assert (found.member, found.reason) == (member, reason)


def test_renewing_in_the_order_carries_a_short_membership_through_the_meeting():
    term, next_one = (
        Span(date(2026, 1, 1), date(2026, 12, 31), "active"),
        Span(date(2027, 1, 1), date(2027, 12, 31), "active"),
    )

    found = decided([term], next_one, needs=Needs.END, joining=False)

    assert (found.reason, found.facts["until"]) == ("renewal", "2027-12-31")
