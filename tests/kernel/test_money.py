"""Money is whole minor units of one currency, with Stripe's decimals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import CurrencyMismatch, Money, Refusal, decimal_text, exponent, parse_minor

CURRENCIES = ["EUR", "USD", "JPY", "KWD", "ISK", "UGX"]
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
