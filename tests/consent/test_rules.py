"""What holds for a reader, for every mixture of answers, signal and age."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.consent.rules import KEPT, Act, Choice, Standing, agreed, is_overruled, standing_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OPTIONAL = frozenset({"media", "other"})


def a_choice(*allowed, version=1, despite_signal=False, age=timedelta()):
    return Choice("id", version, frozenset(allowed), despite_signal, NOW - age)


def standing(browser=None, person=None, *, signal=False, version=1):
    return standing_of(browser=browser, person=person, signal=signal, version=version, optional=OPTIONAL, now=NOW)


choices = st.none() | st.builds(
    Choice,
    consent_id=st.just("id"),
    version=st.integers(1, 2),
    allowed=st.frozensets(st.sampled_from(["media", "other", "gone"])),
    despite_signal=st.booleans(),
    at=st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
)


@given(browser=choices, person=choices, signal=st.booleans())
def test_nothing_is_allowed_that_this_browser_did_not_agree_to_lately(browser, person, signal):
    now = standing(browser, person, signal=signal)

    if now.allowed:
        assert browser.version == 1 and NOW - browser.at < KEPT
        assert now.allowed <= browser.allowed & OPTIONAL


@given(browser=choices, person=choices)
def test_the_signal_denies_all_but_what_was_agreed_to_despite_it(browser, person):
    now = standing(browser, person, signal=True)

    assert not now.allowed or browser.despite_signal
    assert not (now.must_ask and now.by_signal)


@given(browser=choices, person=choices)
def test_of_two_answers_the_stricter_holds(browser, person):
    alone, together = standing(browser), standing(browser, person)

    assert together.allowed <= alone.allowed


def test_a_stranger_is_asked_and_nothing_is_allowed():
    assert standing() == Standing(must_ask=True)


def test_who_answered_is_not_asked_again_before_six_months():
    choice = a_choice("media", age=KEPT - timedelta(seconds=1))

    assert standing(choice) == Standing(allowed=frozenset({"media"}), choice=choice)


def test_after_six_months_one_is_asked_again_and_nothing_is_allowed_meanwhile():
    assert standing(a_choice("media", age=KEPT)) == Standing(must_ask=True)


def test_a_new_version_asks_again_also_those_who_refused():
    assert standing(a_choice("media"), version=2) == Standing(must_ask=True)
    assert standing(a_choice(), version=2) == Standing(must_ask=True)


def test_a_no_of_the_person_holds_in_every_browser_and_a_yes_only_where_it_was_said():
    assert standing(None, a_choice()) == Standing()
    assert standing(None, a_choice("media")) == Standing(must_ask=True)
    assert standing(a_choice("media"), a_choice()).allowed == frozenset()


def test_a_yes_before_the_signal_is_overruled_and_a_yes_despite_it_is_not():
    before, despite, refusal = a_choice("media"), a_choice("media", despite_signal=True), a_choice()

    assert [is_overruled(each, signal=True, version=1, now=NOW) for each in (before, despite, refusal, None)] == [
        True,
        False,
        False,
        False,
    ]
    assert not is_overruled(before, signal=False, version=1, now=NOW)


def test_ticks_count_only_for_a_custom_answer_and_only_for_purposes_that_exist():
    ticked = ["media", "necessary", "<b>"]

    assert agreed(Act.CUSTOM, ticked, optional=OPTIONAL) == {"media"}
    assert agreed(Act.ACCEPT, [], optional=OPTIONAL) == OPTIONAL
    assert agreed(Act.REFUSE, ticked, optional=OPTIONAL) == frozenset()
    assert agreed(Act.WITHDRAW, ticked, optional=OPTIONAL) == frozenset()
