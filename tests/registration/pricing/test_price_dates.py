"""Which day's price counts: at submission, at payment, or at submission with days of grace and a hard date."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.meetings.rules import window_at
from conference.registration.pricing.rules import Policy, PriceDate, price_is_over, price_until, priced_at


@dataclass(frozen=True)
class Window:
    code: str
    ends_at: datetime


@dataclass(frozen=True)
class Line:
    rule: dict = field(default_factory=dict)


FIRST = datetime(2027, 1, 1, tzinfo=UTC)
EARLY_ENDS = datetime(2027, 2, 16, 5, tzinfo=UTC)
WINDOWS = [Window("early", EARLY_ENDS), Window("late", datetime(2027, 5, 16, 4, tzinfo=UTC))]
moments = st.datetimes(datetime(2027, 1, 1), datetime(2027, 5, 15), timezones=st.just(UTC))
policies = st.builds(
    Policy,
    price_date=st.sampled_from(PriceDate),
    pay_days=st.integers(0, 60),
    hard_at=st.none() | moments,
)


def window_for(policy, submitted_at, now):
    return window_at(WINDOWS, priced_at(policy, submitted_at=submitted_at, now=now))


@given(policies, moments, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_a_price_may_be_paid_exactly_as_long_as_a_new_quote_would_be_the_same(policy, submitted_at, later):
    now = submitted_at + later
    sold = window_for(policy, submitted_at, submitted_at)
    until = price_until(policy, window_ends=sold.ends_at, submitted_at=submitted_at)
    asked_again = window_at(WINDOWS, priced_at(policy, submitted_at=submitted_at, now=now))

    is_over = price_is_over([Line({"price_until": until.isoformat() if until else None})], now)

    if policy.price_date is not PriceDate.SUBMIT:
        assert is_over == (asked_again is not sold)
    else:
        assert not is_over


@given(policies, moments)
def test_nobody_is_ever_priced_by_a_moment_that_is_to_come(policy, now):
    assert priced_at(policy, submitted_at=None, now=now) == now
    assert priced_at(policy, submitted_at=now + timedelta(days=1), now=now) <= now


def test_days_of_grace_keep_the_early_price_until_they_are_over():
    policy = Policy(price_date=PriceDate.GRACE, pay_days=14)
    submitted_at = EARLY_ENDS - timedelta(days=1)

    kept = [window_for(policy, submitted_at, submitted_at + timedelta(days=day)).code for day in (0, 2, 13, 14, 20)]

    assert kept == ["early", "early", "early", "late", "late"]


def test_the_hard_date_ends_every_grace():
    policy = Policy(price_date=PriceDate.GRACE, pay_days=14, hard_at=EARLY_ENDS + timedelta(days=3))
    submitted_at = EARLY_ENDS - timedelta(days=1)

    kept = [window_for(policy, submitted_at, submitted_at + timedelta(days=day)).code for day in (3, 4, 5)]

    assert kept == ["early", "late", "late"]


def test_at_payment_the_window_of_the_payment_counts():
    policy = Policy(price_date=PriceDate.PAYMENT)

    assert price_until(policy, window_ends=EARLY_ENDS, submitted_at=FIRST) == EARLY_ENDS
    assert not price_is_over([Line({"price_until": EARLY_ENDS.isoformat()})], EARLY_ENDS - timedelta(seconds=1))
    assert price_is_over([Line(), Line({"price_until": EARLY_ENDS.isoformat()})], EARLY_ENDS)


def test_what_was_sold_before_there_were_policies_has_no_end():
    assert not price_is_over([Line()], EARLY_ENDS)
