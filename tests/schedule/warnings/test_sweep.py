"""What the sweep finds of two spans is told at once."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from conference.schedule.warnings.sweep import are_apart, near


class Span(NamedTuple):
    starts: datetime
    ends: datetime


moments = st.integers(0, 12).map(lambda hours: datetime(2027, 5, 11, tzinfo=UTC) + timedelta(hours=hours))
spans = st.builds(lambda starts, hours: Span(starts, starts + timedelta(hours=hours)), moments, st.integers(1, 4))


@given(spans, spans, st.integers(0, 3).map(lambda hours: timedelta(hours=hours)))
def test_two_are_apart_when_neither_is_near_the_other(one, other, reach):
    assert are_apart(one, other, reach) is (list(near([one, other], reach)) == [])
