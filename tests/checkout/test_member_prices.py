"""Member prices after the sale: credited once to who joined in time; kept, asked for or warned about when a membership lapsed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, membership, payments, registration
from conference.checkout import member_prices
from conference.kernel import db, transaction
from conference.registration import pricing
from tests.cast import a_draft, a_meeting, a_membership_type
from tests.checkout.acting import letters, paid, place, settle

DAY = timedelta(days=1)


@pytest.fixture
def meeting(context, now):
    with transaction():
        a_membership_type(price=9000)
        return a_meeting(now)


def decide(meeting, now, **facts):
    with transaction():
        registration.pricing.set_policy(meeting, seen=0, by=None, now=now, **facts)


def bought(meeting, person, now, **wishes):
    order = place(meeting, person, now, **wishes)
    return settle(order, paid(order), now)


def join(person, now, days=365):
    with transaction():
        type_ = membership.type_by_code("active")
        starts = membership.local_day(now)
        return membership.grant_term(
            person=person, type=type_, starts=starts, ends=starts + (days - 1) * DAY, now=now, paid=type_.price
        )


def sweep(now):
    """What a run of the job does at `now`: credits, checks."""
    credited, checked = [], []
    for key in member_prices.joined_in_time(now):
        with transaction():
            credited.append(member_prices.credit(key, now=now))
    for key in member_prices.to_check(now):
        with transaction():
            checked.append(member_prices.check(key, now=now))
    return [each for each in credited if each], [str(each) for each in checked if each]


def ticket(meeting, person):
    return checkout.lines_of(registration.by_id(registration.registration_in(meeting, person).id))[0]


def going_back():
    return [each.amount_minor for each in db.session.scalars(select(payments.Refund))]


def test_whoever_joins_in_time_is_credited_once_by_itself_and_told(meeting, ada, now):
    decide(meeting, now, credit_days=30)
    bought(meeting, ada, now)
    join(ada, now + 5 * DAY)

    done = [sweep(now + 5 * DAY + timedelta(minutes=n)) for n in range(3)]

    line = ticket(meeting, ada)
    assert done == [([True], []), ([], []), ([], [])]
    assert (line.amount_minor, line.rule["member"], going_back()) == (22000, True, [22000])
    assert "joined or renewed within 30 days" in line.why[0]
    assert letters() == ["changed", "confirmed"]


@pytest.mark.parametrize(("credit_days", "after"), [(0, 5), (30, 31)])
def test_whoever_joins_too_late_or_where_it_does_not_count_is_not_credited(meeting, ada, now, credit_days, after):
    decide(meeting, now, credit_days=credit_days)
    bought(meeting, ada, now)
    join(ada, now + after * DAY)

    assert sweep(now + (after + 1) * DAY) == ([], [])
    assert going_back() == []


def test_dues_that_stood_in_the_same_order_and_did_not_count_are_no_joining_afterwards(meeting, ada, now):
    decide(meeting, now, credit_days=30, order_counts=False)
    bought(meeting, ada, now, dues="active")

    assert sweep(now + DAY) == ([], [])


def test_prices_changed_meanwhile_change_nothing_of_the_credit(meeting, ada, now):
    decide(meeting, now, credit_days=30)
    bought(meeting, ada, now)
    with transaction():
        full = registration.category_by_code(meeting, "full")
        registration.set_price(full, meeting.windows[0], amount_minor=100, member=True)
    join(ada, now + DAY)

    sweep(now + 2 * DAY)

    assert going_back() == [22000]


def test_with_a_code_the_credit_is_what_a_member_would_have_paid_less_with_it(meeting, ada, now):
    decide(meeting, now, credit_days=30)
    with transaction():
        registration.add_code(meeting, code="HALF", effect="percent", percent=50, reason="Speaker")
    with transaction():
        draft = a_draft(meeting, ada, now)
        registration.redeem(draft, "HALF")
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=now)
    settle(order, paid(order), now)
    join(ada, now + DAY)

    sweep(now + 2 * DAY)

    assert (ticket(meeting, ada).amount_minor, going_back()) == (11000, [11000])


@pytest.fixture
def lapsed(meeting, ada, now):
    """Ada bought at the member price; her membership ends in ten days, and members are checked in forty."""

    def begin(lapse, **facts):
        check_on = membership.local_day(now) + 40 * DAY
        decide(meeting, now, recheck_on=check_on, lapse=lapse, **facts)
        with transaction():
            type_ = membership.type_by_code("active")
            type_.grace_days = 0
            today = membership.local_day(now)
            membership.grant_term(person=ada, type=type_, starts=today - 300 * DAY, ends=today + 10 * DAY, now=now)
        bought(meeting, ada, now)
        assert ticket(meeting, ada).amount_minor == 22000
        assert sweep(now + 39 * DAY) == ([], [])
        return now + 40 * DAY

    return begin


def test_honour_keeps_the_price(lapsed, meeting, ada):
    day = lapsed(pricing.Lapse.HONOUR)

    assert sweep(day) == ([], ["kept"])
    assert sweep(day + DAY) == ([], [])
    assert ticket(meeting, ada).amount_minor == 22000


def test_the_balance_is_asked_for_once_and_the_registration_stands(lapsed, meeting, ada):
    day = lapsed(pricing.Lapse.BALANCE)

    assert [sweep(day), sweep(day + DAY)] == [([], ["asked"]), ([], [])]

    order = next(each for each in payments.orders_of(ada) if each.state == "open")
    assert (order.total_minor, registration.registration_in(meeting, ada).state) == (22000, "confirmed")
    assert "balance" in letters()
    settle(order, paid(order, payment_intent="pi_balance"), day + DAY)
    assert ticket(meeting, ada).amount_minor == 44000


def test_with_grace_a_warning_comes_first_and_renewing_in_time_keeps_the_price(lapsed, meeting, ada):
    day = lapsed(pricing.Lapse.GRACE, grace_days=14)

    assert sweep(day) == ([], ["warned"])
    assert sweep(day + DAY) == ([], [])
    join(ada, day + 2 * DAY)
    assert sweep(day + 14 * DAY) == ([], ["kept"])
    assert (ticket(meeting, ada).amount_minor, "renew_or_pay" in letters()) == (22000, True)


def test_with_grace_the_balance_is_asked_for_when_the_days_are_over(lapsed, ada):
    day = lapsed(pricing.Lapse.GRACE, grace_days=14)
    sweep(day)

    assert sweep(day + 13 * DAY) == ([], [])
    assert sweep(day + 14 * DAY) == ([], ["asked"])
    assert [each.state for each in db.session.scalars(select(pricing.PriceCase))] == [pricing.CaseState.ASKED]


def test_a_policy_decided_afterwards_checks_nobody_who_has_paid(meeting, ada, now):
    with transaction():
        type_ = membership.type_by_code("active")
        today = membership.local_day(now)
        membership.grant_term(person=ada, type=type_, starts=today - 300 * DAY, ends=today, now=now)
    bought(meeting, ada, now)
    decide(meeting, now, recheck_on=membership.local_day(now) + DAY, lapse=pricing.Lapse.BALANCE)

    assert sweep(now + 100 * DAY) == ([], [])
