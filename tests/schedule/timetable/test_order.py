"""Talks are put where they were typed to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.schedule.formats.order import in_order


@pytest.mark.parametrize(
    ("places", "after"),
    [
        ({4: 2}, [1, 4, 2, 3]),
        ({1: 3}, [2, 3, 1, 4]),
        ({4: 1}, [4, 1, 2, 3]),
        ({1: 4}, [2, 3, 4, 1]),
        ({1: 9}, [2, 3, 4, 1]),
        ({1: 2, 2: 1}, [2, 1, 3, 4]),
        ({3: 1, 1: 2}, [3, 1, 2, 4]),
        ({1: 20, 2: 10}, [3, 4, 2, 1]),
        ({2: 1, 1: 1}, [1, 2, 3, 4]),
        ({}, [1, 2, 3, 4]),
    ],
)
def test_a_talk_stands_where_it_was_typed_to_be_from_above_and_from_below(places, after):
    assert in_order([1, 2, 3, 4], places) == after


@given(st.lists(st.integers(1, 9), unique=True), st.dictionaries(st.integers(1, 9), st.integers(1, 12)))
def test_an_order_loses_nothing_changes_nothing_when_done_again_and_keeps_places_that_can_be_kept(items, places):
    ordered = in_order(items, places)

    assert sorted(ordered) == sorted(items)
    assert in_order(ordered, places) == ordered
    assert [each for each in ordered if each not in places] == [each for each in items if each not in places]
    own = [place for each, place in places.items() if each in items]
    if len(set(own)) == len(own) and max(own, default=0) <= len(items):
        assert all(ordered[places[each] - 1] == each for each in items if each in places)
