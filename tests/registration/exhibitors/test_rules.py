"""How many badges a booth brings: every way of counting and rounding, at least and at most, and no number beyond a group's."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money, Refusal
from conference.registration.exhibitors import MOST, Basis, Names, Rounding, Rule, allotment, parse_area
from conference.registration.exhibitors.rules import read_rows

numbers, areas = st.integers(0, 40), st.integers(0, 5_000_000)
rules = st.builds(
    Rule,
    basis=st.sampled_from(Basis),
    badges=numbers,
    per_area=st.integers(1, 500),
    rounding=st.sampled_from(Rounding),
    minimum=st.integers(0, 10),
    maximum=st.one_of(st.none(), st.integers(10, 100)),
)


@pytest.mark.parametrize(
    ("badges", "per", "rounding", "area", "wanted"),
    [
        (3, 100, Rounding.WHOLE, 10000, 3),
        (3, 100, Rounding.WHOLE, 19900, 3),
        (3, 100, Rounding.BEGUN, 10001, 6),
        (3, 100, Rounding.SHARE, 15000, 5),  # 4.5, half up
        (3, 100, Rounding.SHARE, 14900, 4),
        (2, 9, Rounding.WHOLE, 2750, 6),
        (2, 9, Rounding.BEGUN, 2750, 8),
        (2, 9, Rounding.BEGUN, 0, 0),
    ],
)
def test_area_counts_by_whole_units_by_begun_ones_or_in_proportion(badges, per, rounding, area, wanted):
    rule = Rule(Basis.AREA, badges, per_area=per, rounding=rounding)

    assert allotment(rule, booths=1, area=area) == wanted


def test_each_booth_brings_its_badges():
    assert allotment(Rule(Basis.BOOTH, 4), booths=3, area=None) == 12
    assert allotment(Rule(Basis.BOOTH, 1, minimum=3), booths=2, area=None) == 3
    assert allotment(Rule(Basis.BOOTH, 5, maximum=8), booths=2, area=None) == 8


def test_an_area_that_is_not_known_brings_the_least():
    assert allotment(Rule(Basis.AREA, 3, per_area=100, minimum=2), booths=1, area=None) == 2


@given(rules, st.integers(1, 30), areas)
def test_a_bigger_booth_never_has_fewer_and_nothing_is_beyond_its_bounds(rule, booths, area):
    found = allotment(rule, booths=booths, area=area)

    assert rule.minimum <= found <= min(MOST, rule.maximum or MOST)
    assert found <= allotment(rule, booths=booths + 1, area=area + 50)


@given(st.integers(0, 20), st.integers(1, 500), st.integers(0, 40_000_00))
def test_in_proportion_is_the_nearest_number(badges, per, area):
    rule = Rule(Basis.AREA, badges, per_area=per, rounding=Rounding.SHARE)

    exact = Fraction(badges * area, per * 100)
    found = allotment(rule, booths=1, area=area)
    assert found == MOST or abs(exact - found) <= Fraction(1, 2)


@given(areas)
def test_an_area_is_read_as_it_is_written(hundredths):
    text = f"{hundredths // 100}.{hundredths % 100:02d}"

    assert parse_area(text) == parse_area(text.replace(".", ",")) == hundredths


@pytest.mark.parametrize("text", ["nine", "-3", "1e3", "9.", ".5", "1.234", "9 m", "99999999", "1000001", "９"])
def test_what_is_no_area_is_refused(text):
    with pytest.raises(Refusal):
        parse_area(text)


def test_names_cost_nothing_until_their_day():
    until, fee = datetime(2027, 4, 1, tzinfo=UTC), Money(2500, "USD")

    assert Names(until, fee).fee_at(until) == fee
    assert Names(until, fee).fee_at(datetime(2027, 3, 31, tzinfo=UTC)) is None
    assert Names(until).fee_at(until) is None and Names(until).is_over(until)
    assert not Names(None, fee).is_over(until)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "Missing or unknown: company, email"),
        ("company,email\n", "no exhibitor"),
        ("company\nAcme\n", "Missing or unknown: email"),
        ("company,email,logo\nAcme,a@example.org,x\n", "unknown: logo"),
        ('company,email\n"Acme,a@example.org\n', "is not CSV"),
    ],
)
def test_a_file_that_is_not_ours_is_refused(text, wanted):
    with pytest.raises(Refusal, match=wanted):
        read_rows(text)
