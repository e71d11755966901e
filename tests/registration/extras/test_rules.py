"""When an add-on may be taken: on its days of sale, by its categories, with what it builds on."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.registration import NotSold, extras
from tests.conftest import NOW

CODES = ["talk", "lab", "dinner"]
codes = st.lists(st.sampled_from(CODES), unique=True)
categories = st.lists(st.sampled_from(["full", "student"]), unique=True)
instants = st.none() | st.integers(-5, 5).map(lambda hours: NOW + timedelta(hours=hours))


@dataclass(frozen=True)
class Thing:
    code: str = "lab"
    title: str = "Lab"
    sold_from: object = None
    sold_until: object = None
    only_for: tuple = ()
    needs: tuple = ()


things = st.builds(
    Thing, st.sampled_from(CODES), st.just("A thing"), instants, instants, categories.map(tuple), codes.map(tuple)
)


def is_refused(chosen, **facts):
    try:
        extras.refuse_unfit(chosen, **{"category": "full", "now": NOW, **facts})
    except NotSold as refusal:
        assert refusal.field == "extras"
        return True
    return False


@pytest.mark.parametrize(
    ("thing", "refused"),
    [
        (Thing(), False),
        (Thing(sold_from=NOW), False),
        (Thing(sold_from=NOW + timedelta(microseconds=1)), True),
        (Thing(sold_until=NOW), True),
        (Thing(sold_until=NOW + timedelta(microseconds=1)), False),
        (Thing(only_for=("student",)), True),
        (Thing(only_for=("student", "full")), False),
        (Thing(needs=("talk",)), True),
    ],
)
def test_each_condition_alone(thing, refused):
    assert is_refused([thing]) == refused


def test_one_of_what_it_builds_on_is_enough_taken_now_or_had_before():
    lab = Thing(needs=("talk", "dinner"))

    assert not is_refused([lab, Thing("dinner")])
    assert not is_refused([lab], have=["talk"])
    assert is_refused([lab], have=["lab"])


@given(st.lists(things, max_size=4), st.sampled_from(["full", "student"]), codes)
def test_the_order_in_which_things_are_ticked_never_matters(chosen, category, have):
    forth, back = (is_refused(each, category=category, have=have) for each in (chosen, chosen[::-1]))

    assert forth == back


@given(st.lists(things, max_size=4), codes, codes)
def test_having_more_never_forbids_anything(chosen, have, more):
    assert is_refused(chosen, have=[*have, *more]) <= is_refused(chosen, have=have)
