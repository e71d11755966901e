"""Amounts as people read them, in their own way of writing numbers."""

import pytest
from flask_babel import force_locale

from conference.kernel import Money
from conference.web import money


@pytest.mark.parametrize(
    ("language", "minor", "shown"),
    [
        ("en", 44000, "440.00 USD"),
        ("en", -44000, "−440.00 USD"),
        ("en", -123456789, "−1,234,567.89 USD"),
        ("de", -44000, "−440,00 USD"),
        ("sv", -44000, "−440,00 USD"),
    ],
)
def test_what_is_below_zero_has_a_minus_and_no_hyphen(context, language, minor, shown):
    with context.test_request_context(), force_locale(language):
        told = money(Money(minor, "USD"))

    assert told.replace("\N{NO-BREAK SPACE}", " ") == shown
    assert "-" not in told


def test_what_is_not_below_zero_has_no_sign(context):
    with context.test_request_context():
        assert [money(Money(0, "JPY")), money(Money(5, "KWD"))] == ["0 JPY", "0.005 KWD"]


def test_where_only_whole_units_are_charged_no_decimals_are_shown(context):
    with context.test_request_context():
        shown = [
            money(Money(minor, currency))
            for minor, currency in ((1250000, "ISK"), (300, "UGX"), (50, "ISK"), (17500, "HUF"))
        ]

    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in shown] == [
        "12,500 ISK",
        "3 UGX",
        "0.50 ISK",
        "175.00 HUF",
    ]
