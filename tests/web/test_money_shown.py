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
