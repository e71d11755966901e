"""How long an offer stands, and where somebody lands who is moved: for any hours, dates and lists."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.registration.waiting.rules import Pace, offer_ends, shifted

BEGINS = datetime(2027, 5, 11, tzinfo=UTC)
hours = st.integers(1, 400)
paces = st.builds(Pace, hours, hours, hours, hours)
before = st.integers(0, 365 * 24).map(lambda number: timedelta(hours=number))


@given(paces, before, before)
def test_the_nearer_the_meeting_the_shorter_the_offer(pace, early, late):
    first, second = BEGINS - max(early, late), BEGINS - min(early, late)

    assert pace.hours_at(first, BEGINS) >= pace.hours_at(second, BEGINS)


@given(paces, before, before)
def test_no_offer_outlives_the_closing_or_its_hours(pace, ahead, until_closing):
    now = BEGINS - ahead
    closes = now + until_closing
    ends = offer_ends(pace, now, begins_at=BEGINS, closes_at=closes)

    assert (ends is None) == (closes <= now)
    assert ends is None or now < ends <= min(closes, now + timedelta(hours=pace.hours))


def test_the_usual_hours_are_48_24_12_and_4():
    days = {60: 48, 31: 48, 30: 24, 8: 24, 7: 12, 3: 12, 2: 4, 1: 4}

    assert {each: Pace().hours_at(BEGINS - timedelta(days=each), BEGINS) for each in days} == days


@given(st.sets(st.integers(1, 500), min_size=1, max_size=30), st.data())
def test_whoever_is_moved_stands_there_and_the_others_keep_their_order(positions, data):
    line = sorted(positions)
    mover, number = data.draw(st.sampled_from(line)), data.draw(st.integers(-3, 40))
    others = [each for each in line if each != mover]
    found = shifted(line, mover, number)
    moved = dict(zip(line, line, strict=True))
    if found:
        new, (lowest, highest), by = found
        moved = {each: at + by if lowest <= at <= highest else at for each, at in moved.items()}
        moved[mover] = new
    after = sorted(moved, key=moved.get)

    assert len(set(moved.values())) == len(line)
    assert [each for each in after if each != mover] == others
    assert after.index(mover) == max(1, min(number, len(line))) - 1
