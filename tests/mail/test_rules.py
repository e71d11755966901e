"""When a letter is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.mail.rules import MOST_ATTEMPTS, next_try

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(attempts=st.integers(1, MOST_ATTEMPTS - 2), chance=st.floats(0, 1))
def test_each_wait_is_longer_than_the_one_before(attempts, chance):
    assert next_try(attempts + 1, now=NOW, chance=0) > next_try(attempts, now=NOW, chance=chance)


def test_letters_that_failed_together_are_not_tried_together():
    assert next_try(3, now=NOW, chance=0) == NOW + timedelta(minutes=15)
    assert next_try(3, now=NOW, chance=1) == NOW + timedelta(minutes=18, seconds=45)


def test_after_the_last_attempt_there_is_no_next():
    assert next_try(MOST_ATTEMPTS, now=NOW, chance=0) is None
