"""How long an offer stands, which states follow which, and where in a list somebody lands: pure decisions on values."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class WaitState(StrEnum):
    """The life of one person's wait for one thing. The first three are live; the others say how it ended."""

    WAITING = "waiting"
    OFFERED = "offered"  # a place is kept aside until the offer ends
    ACCEPTED = "accepted"  # an order holds that place until it is paid or lapses
    DONE = "done"  # the place is theirs
    DECLINED = "declined"
    LAPSED = "lapsed"
    LEFT = "left"
    REMOVED = "removed"
    CLOSED = "closed"  # registration closed, or what was waited for came another way


LIVE = (WaitState.WAITING, WaitState.OFFERED, WaitState.ACCEPTED)
# (within so many days of the meeting's beginning, the name of the hours that hold then), the nearest first.
STEPS = ((2, "hours_end"), (7, "hours_week"), (30, "hours_month"))


@dataclass(frozen=True)
class Pace:
    """For how many hours an offer stands: long before the meeting, and within a month, a week and two days of it."""

    hours: int = 48
    hours_month: int = 24
    hours_week: int = 12
    hours_end: int = 4

    def hours_at(self, now, begins_at):
        """The hours of an offer made at `now` for a meeting that begins at `begins_at`: never more than longer before."""
        near = [getattr(self, name) for days, name in STEPS if begins_at - now <= timedelta(days=days)]
        return min([self.hours, *near])


def offer_ends(pace, now, *, begins_at, closes_at):
    """When an offer made at `now` ends, at the latest when registration closes; None when it has closed."""
    if closes_at is None or closes_at <= now:
        return None
    return min(now + timedelta(hours=pace.hours_at(now, begins_at)), closes_at)


def shifted(positions, old, number):
    """Where somebody at position `old` goes to become the `number`th (from 1) of the sorted `positions`.

    (new position, (lowest, highest) of those that make room, by how much they move); None when they stand there already.
    """
    new = positions[max(1, min(number, len(positions))) - 1]
    if new == old:
        return None
    return (new, (new, old - 1), 1) if new < old else (new, (old + 1, new), -1)
