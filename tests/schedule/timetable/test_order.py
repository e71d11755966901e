"""Talks are put where they were typed to be."""

import pytest

from conference.schedule.actions import in_order


@pytest.mark.parametrize(
    ("places", "after"),
    [
        ({4: 2}, [1, 4, 2, 3]),
        ({1: 3}, [2, 3, 1, 4]),
        ({4: 1}, [4, 1, 2, 3]),
        ({1: 4}, [2, 3, 4, 1]),
        ({1: 9}, [2, 3, 4, 1]),
        ({1: 2, 2: 1}, [2, 1, 3, 4]),
        ({1: 1, 2: 2, 3: 3, 4: 2}, [1, 4, 2, 3]),
        ({}, [1, 2, 3, 4]),
    ],
)
def test_a_talk_stands_where_it_was_typed_to_be_from_above_and_from_below(places, after):
    assert in_order([1, 2, 3, 4], places) == after
