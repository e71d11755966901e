"""What would make a price less is said with what it costs, what it saves and what is left, and never when it would not help."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conference import registration
from conference.kernel import Money, clock, transaction
from conference.membership.rules import Standing, StandingKind
from conference.registration.pricing.advice import MOST, Chance, rise, ways
from tests.cast import a_draft, a_meeting, a_membership_type
from tests.signing_in import account_of, browser_of

TODAY, ENDS = date(2026, 11, 23), date(2027, 5, 15)


def a_chance(code, minor, until=date(2027, 11, 22), currency="USD"):
    standing = Standing(StandingKind.NEW, TODAY, code, since=TODAY, until=until)
    return Chance(code, code.title(), "join", Money(minor, currency), standing)


chances = st.lists(
    st.builds(
        a_chance,
        st.sampled_from(["active", "associate", "affiliate", "emeritus", "three"]),
        st.integers(0, 100_000),
        st.none() | st.dates(date(2026, 12, 1), date(2028, 12, 31)),
        st.sampled_from(["USD", "USD", "EUR"]),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(chances, st.integers(0, 50_000), st.none() | st.just(ENDS), st.booleans())
def test_every_way_gives_the_member_price_and_the_best_comes_first(found, saving, through, order_counts):
    told = ways(found, saving=Money(saving, "USD"), through=through, order_counts=order_counts)

    assert [way.net.minor for way in told] == sorted((way.net.minor for way in told), reverse=True)
    assert len(told) <= MOST
    assert all(way.saves.minor == saving > 0 and way.net == way.saves - way.costs for way in told)
    for way in told:
        until = way.chance.standing.until
        assert through is None or until is None or until >= through
        assert way.is_before is not order_counts


def test_somebody_who_was_a_member_is_shown_their_own_membership():
    found = [a_chance("associate", 6000), a_chance("active", 22500)]

    told = ways(found, saving=Money(22000, "USD"), through=None, order_counts=True, own_type="active")

    assert [(way.chance.type_code, way.costs.minor, way.saves.minor, way.net.minor) for way in told] == [
        ("active", 22500, 22000, -500)
    ]


@settings(deadline=None)
@given(st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_a_price_is_said_to_rise_only_when_it_does(amount, then):
    window, coming = type("W", (), {"ends_at": datetime(2027, 2, 16, tzinfo=UTC)}), type("W", (), {"name": "Late"})

    found = rise(Money(amount, "USD"), window=window, coming=coming, then=None if then is None else Money(then, "USD"))

    assert (found is not None) == (then is not None and then > amount)
    assert found is None or found.more.minor == then - amount


@pytest.fixture
def ready(context):
    """Ada before the last step, no member; a membership for 90 is on offer, the member price takes 220 off."""
    with transaction():
        meeting = a_meeting(clock.now())
        a_membership_type(price=9000)
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        a_draft(meeting, account.person, clock.now())
    return meeting, account.person, browser_of(context, account)


def review(browser):
    return browser.get("/meetings/T1/register/review").get_data(as_text=True)


def test_the_last_page_says_what_joining_costs_saves_and_leaves(ready):
    _meeting, _ada, browser = ready

    page = review(browser)

    assert "Join now as Active: costs 90.00 USD, saves 220.00 USD" in page
    assert "130.00 USD less in all" in page


def test_with_a_code_the_saving_is_what_is_left_of_it(ready):
    meeting, ada, browser = ready
    with transaction():
        registration.add_code(meeting, code="HALF", effect="percent", percent=50, reason="Speaker")
        registration.redeem(registration.registration_in(meeting, ada), "HALF")

    assert "costs 90.00 USD, saves 110.00 USD" in review(browser)


def test_a_policy_that_asks_for_more_is_obeyed_and_joining_afterwards_is_said(ready):
    meeting, _ada, browser = ready
    with transaction():
        registration.pricing.set_policy(meeting, seen=0, by=None, now=clock.now(), order_counts=False, credit_days=30)

    page = review(browser)

    assert "do it before you register" in page
    assert "within 30 days after paying, and 220.00 USD come back by themselves" in page


def test_a_member_is_told_nothing_of_the_kind(ready):
    meeting, ada, browser = ready
    with transaction():
        draft = registration.registration_in(meeting, ada)
        category = registration.category_by_code(meeting, "full")
        wish = registration.wish_of(draft)
        registration.choose(draft, category=category, wish=wish, dues_code="active", now=clock.now())

    assert "price-advice" not in review(browser)


def test_the_choice_page_says_the_same_while_one_chooses(ready):
    _meeting, _ada, browser = ready

    page = browser.get("/meetings/T1/register/choice/price?category=full&mode=in_person&span=whole").get_data(
        as_text=True
    )

    assert "Join now as Active: costs 90.00 USD, saves 220.00 USD" in page
