"""Addresses have one form, ORCID iDs a check digit, names one or two parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference import people
from conference.kernel import Refusal
from conference.people import rules


def email_or_none(text):
    try:
        return people.normal_email(text)
    except Refusal:
        return None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        ("  ada@example.org \n", "ada@example.org"),
        ("ADA@BÜCHER.example", "ada@bücher.example"),
        ("ada@xn--bcher-kva.example", "ada@bücher.example"),
        ("josé@example.org", "josé@example.org"),
        ("jose\u0301@example.org", "josé@example.org"),
        ("ada+meeting@example.org", "ada+meeting@example.org"),
        ("ada", None),
        ("ada@localhost", None),
        ("ada@@example.org", None),
        ("ada@example..org", None),
        ("ada@[127.0.0.1]", None),
        ('"ada lovelace"@example.org', None),
        ("ada\ufffd@example.org", None),
        ("a" * 65 + "@example.org", None),
        ("", None),
    ],
)
def test_an_address_has_one_form(text, normal):
    assert email_or_none(text) == normal


@given(st.emails())
def test_the_form_of_an_address_is_its_own_form_in_any_case(email):
    normal = email_or_none(email)

    assert normal is None or normal == people.normal_email(normal) == people.normal_email(email.upper().lower())


@given(st.text(max_size=400) | st.builds("{}@{}.org".format, st.text(max_size=80), st.text(max_size=80)))
def test_any_text_is_an_address_in_its_own_form_or_refused(text):
    normal = email_or_none(text)

    assert normal is None or (normal == people.normal_email(normal) and len(normal) <= rules.LONGEST_EMAIL)


def check_digit(digits):
    """ISO 7064 MOD 11-2 in the words of ORCID's documentation."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


FIFTEEN = st.text(alphabet="0123456789", min_size=15, max_size=15)


@given(FIFTEEN, st.sampled_from(["{}", "https://orcid.org/{}", "orcid.org/{}/", " http://www.orcid.org/{} "]))
def test_an_orcid_with_its_check_digit_is_taken_in_every_form(digits, form):
    bare = digits + check_digit(digits)
    dashed = "-".join(bare[at : at + 4] for at in range(0, 16, 4))

    for written in (bare, dashed, dashed.lower(), dashed.replace("-", "–")):
        assert people.normal_orcid(form.format(written)) == dashed


@given(FIFTEEN, st.integers(0, 14), st.integers(1, 9))
def test_one_mistyped_digit_is_found(digits, at, off):
    wrong = digits[:at] + str((int(digits[at]) + off) % 10) + digits[at + 1 :]

    with pytest.raises(Refusal):
        people.normal_orcid(wrong + check_digit(digits))


@given(FIFTEEN, st.integers(0, 13))
def test_two_swapped_digits_are_found(digits, at):
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped == digits:
        return

    with pytest.raises(Refusal):
        people.normal_orcid(swapped + check_digit(digits))


@pytest.mark.parametrize("text", ["", "  ", "https://orcid.org/"])
def test_no_orcid_is_an_answer_too(text):
    assert people.normal_orcid(text) == ""


@given(st.text(max_size=100))
def test_any_text_is_an_orcid_or_refused(text):
    try:
        assert people.normal_orcid(text) == "" or len(people.normal_orcid(text)) == 19
    except Refusal as refusal:
        assert refusal.field == "orcid"


@pytest.mark.parametrize(
    ("given_name", "family_name", "shown", "filed"),
    [
        ("Ada", "Demo", "Ada Demo", "Demo, Ada"),
        ("Sukarno", "", "Sukarno", "Sukarno"),
        ("", "Björk", "Björk", "Björk"),
        ("", "", "", ""),
    ],
)
def test_a_name_may_have_one_part(given_name, family_name, shown, filed):
    assert (people.display_name(given_name, family_name), people.sort_name(given_name, family_name)) == (shown, filed)


def test_countries_stand_in_the_order_of_their_names_without_unions():
    found = people.countries("en")

    assert len(found) > 240
    assert ("AX", "Åland Islands") in found[:6]
    assert not {"EU", "UN", "ZZ", "QO"} & {code for code, _ in found}
    assert dict(people.countries("de"))["DE"] == "Deutschland"
