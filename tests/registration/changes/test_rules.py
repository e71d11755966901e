"""What a change costs: dated steps, fees never above what was paid, and sums that tie out for every table and every amount."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money
from conference.registration import Wish
from conference.registration.changes.rules import Kind, Step, difference, fee, kept, split, step_for

START = datetime(2027, 1, 1, tzinfo=UTC)
NOTHING = Money(0, "USD")
amounts = st.integers(0, 10**7)
steps = st.builds(
    Step,
    kind=st.sampled_from([Kind.CANCEL, Kind.SWITCH]),
    until=st.integers(1, 200).map(lambda days: START + timedelta(days=days)),
    percent=st.integers(0, 100),
    amount=amounts.map(lambda minor: Money(minor, "USD")),
    minimum=amounts.map(lambda minor: Money(minor, "USD")),
    category=st.sampled_from(["", "trainee"]),
)


def test_the_dated_steps_of_a_society_that_keeps_more_as_the_meeting_comes_near():
    table = [
        Step(Kind.CANCEL, START + timedelta(days=10), amount=Money(10000, "USD")),
        Step(Kind.CANCEL, START + timedelta(days=20), percent=50, minimum=Money(15000, "USD")),
        Step(Kind.CANCEL, START + timedelta(days=10), amount=Money(2000, "USD"), category="trainee"),
    ]

    def keeps(paid, days, category="full"):
        step = step_for(table, Kind.CANCEL, category=category, now=START + timedelta(days=days))
        return kept(step, Money(paid, "USD")).minor if step else None

    assert [keeps(60000, 0), keeps(5000, 0), keeps(60000, 10), keeps(20000, 19), keeps(60000, 20)] == [
        10000,
        5000,
        30000,
        15000,
        None,
    ]
    assert [keeps(30000, 0, "trainee"), keeps(30000, 10, "trainee")] == [2000, None]


@given(st.lists(steps), amounts, st.integers(0, 200), st.sampled_from(["", "trainee", "full"]))
def test_what_is_kept_is_never_more_than_was_paid_and_never_less_than_nothing(table, paid, days, category):
    step = step_for(table, Kind.CANCEL, category=category, now=START + timedelta(days=days))

    if step is not None:
        assert 0 <= kept(step, Money(paid, "USD")).minor <= paid
        assert fee(step, Money(paid, "USD")) >= (step.minimum or NOTHING)


@given(st.lists(steps), st.integers(0, 200), st.sampled_from(["trainee", "full"]))
def test_the_step_that_holds_is_the_next_to_end_of_its_own_table(table, days, category):
    now = START + timedelta(days=days)

    found = step_for(table, Kind.CANCEL, category=category, now=now)

    own = [step for step in table if step.kind == Kind.CANCEL and step.category == category]
    mine = own or [step for step in table if step.kind == Kind.CANCEL and not step.category]
    assert (found is None) == all(step.until <= now for step in mine)
    if found:
        assert found in mine and found.until == min(step.until for step in mine if step.until > now)


@given(st.lists(amounts), st.lists(amounts))
def test_what_was_paid_pays_first_and_the_rest_is_due_or_goes_back(ended, sold):
    credit, due, refund = split(sum(ended), sum(sold))

    assert (credit + due, credit + refund) == (sum(sold), sum(ended))
    assert min(due, refund) == 0 and min(credit, due, refund) >= 0


@given(*[st.sets(st.sampled_from("abcd")) for _ in range(2)], st.booleans())
def test_a_difference_leads_from_what_stands_to_what_is_wished(before, after, is_switch):
    was = Wish("full", extras=tuple(sorted(before)))
    wish = Wish("full", mode="virtual" if is_switch else was.mode, extras=tuple(sorted(after)))

    found = difference(was, wish)

    assert (before - set(found.dropped)) | set(found.added) == after
    assert bool(found.kinds) == (was != wish)
    assert (Kind.SWITCH in found.kinds) == is_switch
