"""Lengths of time as files write them."""

from datetime import timedelta

import pytest

from conference.schedule.formats.values import duration_in


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:45", 45), ("1:05", 65), ("1:02:30", 26.5 * 60), ("PT15M", 15), ("PT1H30M", 90), ("P1DT1H", 1500), ("P1W", 10080),
        ("90", 90), (45, 45), ("PT90.5S", 1.5), ("P", 0),
    ],
)  # fmt: skip
def test_lengths_of_time_in_several_notations(text, minutes):
    assert duration_in(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "soon", "P1Y", "P1M", "-01:00", None, [], "PT" + "9" * 40 + "H"])
def test_what_is_no_length_is_none(text):
    assert duration_in(text) is None
