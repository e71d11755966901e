"""Who may ask for a letter, what a passport can say, what a text is filled with, and what goes back: for any values."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money
from conference.registration.visa import passports, rules, wording
from conference.registration.visa.passports import Fault, Passport
from conference.registration.visa.rules import Hindrance, Policy, RefundRule, Review, Standing

STARTS, ENDS, TODAY = date(2027, 5, 11), date(2027, 5, 15), date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAID = Standing(is_paid=True, is_in_person=True, is_member=False)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)


def a_passport(**changes):
    """A passport with which nothing is wrong."""
    facts = {"name": "LOVELACE, ADA", "number": "X1234567", "nationality": "IN", "birth_date": date(1990, 1, 31), "consulate": "",
             "expires_on": date(2030, 1, 1), "arrives": date(2027, 5, 10), "leaves": date(2027, 5, 16)}  # fmt: skip
    return Passport(**{**facts, **changes})


def faults(passport):
    return list(passports.faults(passport, starts=STARTS, ends=ENDS, today=TODAY))


def test_nothing_is_wrong_with_a_good_one():
    assert faults(a_passport()) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"number": "A1"}, ("number", Fault.NO_NUMBER)),
        ({"number": "X12 3456"}, ("number", Fault.NO_NUMBER)),
        ({"number": "Ⅻ123456"}, ("number", Fault.NO_NUMBER)),
        ({"birth_date": TODAY}, ("birth_date", Fault.NOT_BORN)),
        ({"birth_date": date(1900, 1, 1)}, ("birth_date", Fault.TOO_OLD)),
        ({"expires_on": TODAY}, ("expires_on", Fault.EXPIRED)),
        ({"expires_on": date(2027, 5, 15)}, ("expires_on", Fault.EXPIRES_FIRST)),
        ({"leaves": date(2027, 5, 9)}, ("leaves", Fault.LEAVES_FIRST)),
        ({"arrives": date(2027, 5, 16)}, ("arrives", Fault.MISSES)),
        ({"arrives": date(2027, 3, 1)}, ("arrives", Fault.TOO_LONG)),
    ],
)
def test_what_cannot_be_right_is_named_at_its_field(changes, fault):
    assert faults(a_passport(**changes)) == [fault]


@given(arrives=DAYS, leaves=DAYS, expires_on=DAYS)
def test_a_stay_without_a_fault_touches_the_meeting_and_ends_with_a_valid_passport(arrives, leaves, expires_on):
    passport = a_passport(arrives=arrives, leaves=leaves, expires_on=expires_on)

    if not faults(passport):
        assert arrives <= ENDS
        assert leaves >= STARTS
        assert arrives <= leaves <= expires_on


@given(st.text(max_size=30), st.text(min_size=4, max_size=20), DAYS)
def test_a_passport_is_unpacked_as_it_was_packed(name, number, day):
    passport = a_passport(name=name, number=number, birth_date=day)

    assert passports.unpacked(passport.packed()) == passport


@given(st.text("ABCDEFGHJ0123456789", min_size=5, max_size=20))
def test_only_the_end_of_a_number_is_shown(number):
    shown = passports.masked(number)

    assert (len(shown), shown[-3:], set(shown[:-3])) == (len(number), number[-3:], {"•"})


def test_a_number_is_read_as_it_is_printed():
    assert passports.normal_number(" ab-12 34.567 ") == "AB1234567"


@given(CODES, st.lists(CODES, max_size=5))
def test_every_nationality_is_either_reviewed_or_gets_its_letter_and_the_two_lists_are_each_others_contrary(
    code, listed
):
    policies = {review: Policy(is_offered=True, review=review, countries=tuple(listed)) for review in Review}

    by_itself = {review: rules.is_automatic(policy, code) for review, policy in policies.items()}

    assert by_itself == {Review.ALWAYS: False, Review.LISTED: code not in listed, Review.UNLISTED: code in listed}


@pytest.mark.parametrize(
    ("policy", "standing", "reason"),
    [
        ({}, {}, None),
        ({"is_offered": False}, {}, Hindrance.NOT_OFFERED),
        ({}, {"is_paid": False}, Hindrance.NOT_PAID),
        ({}, {"is_in_person": False}, Hindrance.VIRTUAL),
        ({"members_only": True}, {}, Hindrance.NO_MEMBER),
        ({"members_only": True}, {"is_member": True}, None),
        ({"opens_at": NOW}, {}, None),
        ({"opens_at": NOW + timedelta(seconds=1)}, {}, Hindrance.NOT_YET),
        ({"closes_at": NOW}, {}, Hindrance.OVER),
        ({"closes_at": NOW + timedelta(seconds=1)}, {}, None),
    ],
)
def test_who_cannot_ask_is_told_why(policy, standing, reason):
    stands = Standing(**{"is_paid": True, "is_in_person": True, "is_member": False, **standing})

    assert rules.hindrance(Policy(**{"is_offered": True, **policy}), stands, NOW) == reason


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_nobody_asks_who_has_not_paid(is_offered, members_only, in_person, member):
    standing = Standing(is_paid=False, is_in_person=in_person, is_member=member)

    assert rules.hindrance(Policy(is_offered=is_offered, members_only=members_only), standing, NOW) is not None


@given(st.sampled_from(list(RefundRule)), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_kept_and_what_goes_back_are_what_was_paid(rule, fee, paid):
    kept = rules.kept(Policy(refund_rule=rule, fee_minor=fee), Money(paid, "USD"))

    assert 0 <= kept.minor <= paid
    assert kept.minor == {RefundRule.FULL: 0, RefundRule.LESS_FEE: min(fee, paid), RefundRule.NOTHING: paid}[rule]


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_a_refund_can_be_asked_for_until_its_day_is_over(until, today):
    policy = Policy(refund_rule=RefundRule.FULL, refund_until=until)

    assert rules.may_claim(policy, today=today) == (today <= until)
    assert not rules.may_claim(Policy(refund_rule=RefundRule.NOTHING, refund_until=until), today=today)


def test_data_goes_when_its_last_day_is_over_where_the_meeting_was():
    zone = ZoneInfo("America/New_York")

    assert rules.purged_from(ENDS, 30, zone) == datetime(2027, 6, 15, 0, 0, tzinfo=zone)


@given(st.dictionaries(st.sampled_from(wording.PLACES), st.text(max_size=40)))
def test_a_place_is_filled_once_whatever_its_value_pretends_to_be(values):
    text = " ".join(f"{{{name}}}" for name in values)

    assert wording.fill(text, values) == " ".join(values.values())


@given(st.text(max_size=200))
def test_any_text_is_filled_or_told_to_be_wrong(text):
    if not wording.unknown_places(text):
        filled = wording.fill(text, dict.fromkeys(wording.PLACES, ""))
        assert "{" not in filled
        assert "}" not in filled


def test_what_is_unknown_or_missing_in_a_text_is_named():
    assert wording.unknown_places("{name} {nam} {} {") == ["{nam}", "{}", "{"]
    assert wording.unknown_places("{name.__class__} {name!r}") == ["{name.__class__}", "{name!r}"]
    assert wording.missing_places("{name} {meeting_dates} {meeting}") == ["passport"]
