"""Whatever is changed afterwards, a sold line stays as it was: for any category, standing and policy."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money
from conference.registration.discounts import Effect
from conference.registration.eligibility import rules
from conference.registration.eligibility.rules import Facts, Outcome, ProofState, Requirement, Tier, UntilCleared

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STAGES = st.sampled_from(["", "student", "graduate", "postdoc"])
TIERS = st.sampled_from(["", *map(str, Tier)])
REQUIREMENTS = st.builds(
    Requirement, st.booleans(), st.frozensets(STAGES.filter(bool)), st.frozensets(TIERS.filter(bool)), st.just("")
)
FACTS = st.builds(Facts, st.just(date(2026, 11, 23)), st.booleans(), STAGES, st.just("ET"), TIERS, st.just("List"))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(REQUIREMENTS, FACTS)
def test_a_category_is_open_just_when_each_thing_that_it_asks_holds(asked, facts):
    holds = (
        (facts.member or not asked.members_only)
        and (not asked.stages or facts.stage in asked.stages)
        and (not asked.tiers or facts.tier in asked.tiers)
    )

    assert (rules.against(asked, facts) == ()) == holds


@given(st.sampled_from(UntilCleared), st.sampled_from([None, *ProofState]), INSTANTS, INSTANTS, INSTANTS)
def test_nobody_is_asked_for_money_while_a_document_waits_or_before_the_deadline(policy, proof, until, asked_at, now):
    found = rules.outcome(policy=policy, proof=proof, until=until, asked_at=asked_at, now=now)

    if found is Outcome.ASK:
        assert policy is UntilCleared.LOWER
        assert proof is ProofState.DECLINED or now >= until
        assert proof not in (ProofState.WAITING, ProofState.CLEARED)
    if found is Outcome.CREDIT:
        assert (policy, proof) == (UntilCleared.HIGHER, ProofState.CLEARED)


@given(st.integers(0, 99_999_999), st.sampled_from([None, *Effect]), st.integers(1, 100), st.integers(0, 99_999_999))
def test_the_other_price_and_what_its_code_takes_off_are_the_list_price(minor, effect, percent, most):
    rule = {"effect": str(effect) if effect else None, "percent": percent, "most_minor": most}

    amount, off = rules.with_code(Money(minor, "USD"), rule)

    assert amount + off == Money(minor, "USD")
    assert 0 <= amount.minor <= minor


@given(INSTANTS, st.integers(0, 365), st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_a_deadline_is_never_before_the_order_and_never_after_the_last_day(placed_at, days, last_day):
    found = rules.deadline(placed_at=placed_at, days=days, last_day=last_day, zone="America/New_York")

    assert found >= placed_at
    assert found <= placed_at + timedelta(days=days + 1, hours=1)
