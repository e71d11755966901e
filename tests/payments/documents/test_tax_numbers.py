"""Numbers are checked by their form: what cannot be one is refused at its field, what no rule knows is taken."""

import pytest

from conference.kernel import Refusal
from conference.payments.documents import normal_bic, normal_iban, normal_tax_id


@pytest.mark.parametrize(
    ("typed", "country", "normal"),
    [
        ("", "DE", ""),
        ("de 136 695 976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("DE136695976", "FR", "DE136695976"),
        ("EL 094259216", "GR", "EL094259216"),
        ("094259216", "GR", "EL094259216"),
        ("XI980780684", "GB", "XI980780684"),
        ("GB 980 7806 84", "GB", "GB980780684"),
        ("980780684", "GB", "GB980780684"),
        ("ESC860101AB1", "MX", "ESC 860101 AB1"),
        ("DE136695976", "CH", "DE136695976"),
        ("04-2103594", "US", "04-2103594"),
        ("53 004 085 616", "AU", "53 004 085 616"),
        ("TV-77/1", "TV", "TV-77/1"),
    ],
)
def test_a_number_in_its_normal_form(context, typed, country, normal):
    assert normal_tax_id(typed, country) == normal


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("DE136695977", "DE"),
        ("136695977", "DE"),
        ("FR12", "FR"),
        ("<b>1</b>", "TV"),
        ("none", "TV"),
        ("1" * 41, "TV"),
        ("53 004 085 617", "AU"),
    ],
)
def test_what_cannot_be_one_is_refused_at_its_field(context, typed, country):
    with pytest.raises(Refusal) as refused:
        normal_tax_id(typed, country)

    assert refused.value.field == "tax_id"


def test_bank_accounts_have_right_check_digits(context):
    assert normal_iban("de89370400440532013000") == "DE89 3704 0044 0532 0130 00"
    assert normal_bic("cobadeffxxx") == "COBADEFFXXX"
    with pytest.raises(Refusal, match="IBAN"):
        normal_iban("DE89370400440532013001")
    with pytest.raises(Refusal, match="BIC"):
        normal_bic("COBA")
