"""Money is whole minor units of one currency, with Stripe's decimals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import CurrencyMismatch, Money, Refusal, decimal_text, exponent, parse_minor, smallest_step

CURRENCIES = ["EUR", "USD", "JPY", "KWD", "ISK", "UGX", "HUF"]
amounts = st.integers(min_value=0, max_value=10**12 - 1)
currencies = st.sampled_from(CURRENCIES)


@pytest.mark.parametrize(
    ("currency", "places"), [("EUR", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("ISK", 2), ("UGX", 2)]
)
def test_decimals_are_stripes_where_others_differ(currency, places):
    assert exponent(currency) == places


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (44000, "USD", "440.00"), (5, "EUR", "0.05"), (-1250, "EUR", "-12.50"), (44000, "JPY", "44000"),
        (-1, "JPY", "-1"), (1250, "KWD", "1.250"), (44000, "ISK", "440.00"), (0, "UGX", "0.00"), (0, "JPY", "0"),
    ],
)  # fmt: skip
def test_amounts_are_written_in_full(minor, currency, text):
    assert Money(minor, currency).decimal_text == text


@given(minor=amounts, currency=currencies)
def test_what_is_written_is_read_back(minor, currency):
    minor -= minor % smallest_step(currency)

    assert parse_minor(decimal_text(minor, currency), currency) == minor


@given(minor=amounts, currency=currencies)
def test_the_text_is_the_amount_to_the_last_digit(minor, currency):
    whole, _dot, part = decimal_text(minor, currency).partition(".")

    assert int(whole + part) == minor
    assert len(part) == exponent(currency)


@given(left=amounts, right=amounts, currency=currencies, count=st.integers(0, 1000))
def test_sums_and_products_are_those_of_whole_numbers(left, right, currency, count):
    one, other = Money(left, currency), Money(right, currency)

    assert one + other == other + one == Money(left + right, currency)
    assert (one + other) - other == one
    assert one * count == Money.total([one] * count, currency)
    assert -one + one == Money(0, currency)
    assert (one < other) == (left < right)


@given(currency=currencies, other=currencies)
def test_two_currencies_never_mix(currency, other):
    if currency == other:
        return
    for act in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a <= b):
        with pytest.raises(CurrencyMismatch):
            act(Money(1, currency), Money(1, other))


@pytest.mark.parametrize("minor", [1.0, "1", None, True])
def test_only_whole_numbers_are_amounts(minor):
    with pytest.raises(TypeError):
        Money(minor, "EUR")


def test_money_is_not_multiplied_by_fractions():
    with pytest.raises(TypeError):
        Money(100, "EUR") * 0.5


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("440", "USD", 44000),
        ("440.5", "USD", 44050),
        ("1,234.50", "USD", 123450),
        (" 7 ", "JPY", 7),
        ("1.25", "KWD", 1250),
    ],
)
def test_people_may_leave_out_what_is_zero(text, currency, minor):
    assert parse_minor(text, currency) == minor


@pytest.mark.parametrize(
    "text", ["", ".", ".5", "-1", "1.234", "1e3", "٣", "½", "NaN", "1 000", "9" * 13, "1.2.3", "0x10", "+1"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Refusal):
        parse_minor(text, "USD")


@pytest.mark.parametrize(
    ("currency", "step"), [("JPY", 1), ("EUR", 1), ("HUF", 1), ("TWD", 1), ("KWD", 10), ("ISK", 100), ("UGX", 100)]
)
def test_what_can_be_charged_is_a_multiple_of_what_stripe_says(currency, step):
    assert smallest_step(currency) == step


@given(minor=amounts, share=st.integers(0, 10_000), whole=st.sampled_from([1, 3, 100, 10_000]), currency=currencies)
def test_a_portion_can_be_charged_and_is_the_nearest_such_amount(minor, share, whole, currency):
    step = smallest_step(currency)

    found = Money(minor, currency).portion(share, whole).minor

    assert found % step == 0
    assert -step * whole < 2 * (found * whole - minor * share) <= step * whole


@given(minor=amounts, currency=currencies)
def test_what_can_be_charged_already_stays_as_it_is(minor, currency):
    whole = Money(minor * smallest_step(currency), currency)

    assert whole.chargeable == whole.chargeable.chargeable == whole


@given(minor=amounts, currency=currencies)
def test_only_what_can_be_charged_is_read(minor, currency):
    step = smallest_step(currency)
    if minor % step == 0:
        assert parse_minor(decimal_text(minor, currency), currency) == minor
        return
    with pytest.raises(Refusal, match="multiples of"):
        parse_minor(decimal_text(minor, currency), currency)


@given(minor=amounts.map(abs), currency=currencies)
def test_what_is_not_charged_may_be_any_amount(minor, currency):
    assert parse_minor(decimal_text(minor, currency), currency, charged=False) == minor


@pytest.mark.parametrize(("text", "currency", "step"), [("99.50", "ISK", "1"), ("12.345", "KWD", "0.010")])
def test_who_types_what_cannot_be_charged_is_told_what_can(text, currency, step):
    with pytest.raises(Refusal, match=f"“{text}” cannot be charged: amounts in {currency} are multiples of {step}"):
        parse_minor(text, currency)


def test_the_yen_has_no_decimals():
    with pytest.raises(Refusal):
        parse_minor("100.5", "JPY")


@given(st.text(max_size=40), currencies)
def test_any_text_is_an_amount_or_a_refusal(text, currency):
    try:
        minor = parse_minor(text, currency)
    except Refusal:
        return
    assert 0 <= minor < 10**16
