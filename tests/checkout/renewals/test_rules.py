"""The days of a renewal: whatever they are, nothing is charged that was not announced a week before, nor after the last try."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from conference.checkout.renewals import rules
from conference.payments.cards import ChargeSeen, ChargeState
from conference.payments.cards.rules import is_expired

DAY = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@given(ends=days, before=st.integers(-40, 60))
@settings(max_examples=50)
def test_a_charge_is_announced_a_week_ahead_and_tried_for_the_last_time_before_the_membership_ends(ends, before):
    told = ends - before * DAY

    first = rules.charge_day(ends, told)
    tries, day = [first], first
    while (day := rules.next_try(len(tries), day)) is not None:
        tries.append(day)

    assert first >= told + rules.LEAST_NOTICE
    assert len(tries) == 3 and tries == sorted(set(tries))
    if before >= 14:
        assert tries[-1] < ends


@given(ends=days, delay=st.integers(0, 60))
@settings(max_examples=50)
def test_no_two_notices_come_within_a_week_and_none_on_the_day_of_the_charge(ends, delay):
    """Looked at on every day, and from any day on, as after a worker that stood still."""
    begin = ends - rules.CHARGED_BEFORE - rules.NOTICES[0] + delay * DAY
    charge_on, told, count = rules.charge_day(ends, begin), begin, 1
    for number in range(1, 60):
        today = begin + number * DAY
        if rules.is_time_for_notice(count, charge_on, told, today):
            assert today - told >= rules.LEAST_NOTICE and today < charge_on
            told, count = today, count + 1

    assert count <= len(rules.NOTICES)
    assert count == 2 or delay > 16


def test_a_card_counts_through_the_last_day_of_its_month():
    assert not is_expired(2, 2028, date(2028, 2, 29))
    assert is_expired(2, 2028, date(2028, 3, 1))
    assert not is_expired(1, 2029, date(2028, 12, 31))


def test_what_became_of_a_charge_is_read_off_what_stripe_says():
    def state(status, code=""):
        return ChargeSeen("C", "O", "pi_1", status, 0, "USD", code).state

    assert state("succeeded") == ChargeState.SUCCEEDED
    assert state("requires_payment_method", "authentication_required") == ChargeState.AUTHENTICATION
    assert state("requires_action") == ChargeState.AUTHENTICATION
    assert state("requires_payment_method", "insufficient_funds") == state("canceled") == ChargeState.DECLINED
    assert state("processing") == ChargeState.REQUESTED
