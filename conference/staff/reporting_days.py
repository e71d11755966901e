"""Registrations over time: on which days they came, and how many there were as long before this meeting as before the last."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from conference.kernel import db
from conference.registration import Registration, State
from conference.staff import gathering

MOST_COLUMNS = 45
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Stretch:
    """One or several days, the first and the last of them, and how many came then: registered, and waiting for their payment."""

    first: date
    last: date
    confirmed: int
    held: int


@dataclass(frozen=True)
class Curve:
    """How many were registered by each day of a meeting: `days` {day: how many came}, in order of time."""

    meeting: Any
    days: dict

    def until(self, day):
        """How many came up to and with a day."""
        return sum(count for each, count in self.days.items() if each <= day)

    def points(self, last):
        """[(days after the first day of the meeting, how many by then)] up to the day `last`: level until the day before each rise."""
        found, total = [], 0
        for day in [each for each in self.days if each <= last]:
            place = self.place(day)
            if not found or found[-1][0] < place - 1:
                found.append((place - 1, total))
            total += self.days[day]
            found.append((place, total))
        if found and found[-1][0] < self.place(last):
            found.append((self.place(last), total))
        return found

    def place(self, day):
        """Days after the first day of the meeting: below zero before it."""
        return (day - self.meeting.starts).days


def days_of(meeting):
    """{day at the venue: (registered, waiting)} in order: held ones on the day on which their order was placed."""
    confirmed, held = (_counted(meeting, state) for state in (State.CONFIRMED, State.HELD))
    return {day: (confirmed[day], held[day]) for day in sorted(confirmed | held)}


def curve_of(meeting):
    """The Curve of a meeting."""
    counted = _counted(meeting, State.CONFIRMED)
    return Curve(meeting, {day: counted[day] for day in sorted(counted)})


def stretches(days, *, today):
    """[Stretch] without a gap from the first of `days` {day: (registered, waiting)} to today: days, weeks or months, as few as are needed."""
    if not days:
        return []
    first, last = min(days), max(max(days), today)
    for begins in (lambda day: day, _monday, _month):
        starts = list(_begun(first, last, begins))
        if len(starts) <= MOST_COLUMNS:
            break
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return [_stretch(days, *each) for each in zip(starts, ends, strict=True)]


def weeks_before(here, there, today):
    """[(weeks before the beginning, day here, how many here or None for what is to come, day there, how many there or None)], the earliest first."""
    curves = [each for each in (here, there) if each is not None and each.days]
    longest = max((-(-(each.meeting.starts - min(each.days)).days // 7) for each in curves), default=-1)
    for weeks in range(longest, -1, -1):
        day, other = here.meeting.starts - weeks * WEEK, there and there.meeting.starts - weeks * WEEK
        yield weeks, day, here.until(day) if day <= today else None, other, there and there.until(other)


def _counted(meeting, state):
    instant = Registration.confirmed_at if state is State.CONFIRMED else gathering.ordered_at()
    instants = select(instant).where(Registration.meeting_id == meeting.id, Registration.state == state)
    found = (each for each in db.session.scalars(instants) if each is not None)
    return Counter(each.astimezone(meeting.zone).date() for each in found)


def _begun(first, last, begins):
    day = begins(first)
    while day <= last:
        yield day
        day = next(each for each in (day + timedelta(days=number) for number in range(1, 32)) if begins(each) != day)


def _stretch(days, first, last):
    inside = [counts for day, counts in days.items() if first <= day <= last]
    return Stretch(first, last, sum(each[0] for each in inside), sum(each[1] for each in inside))


def _monday(day):
    return day - timedelta(days=day.weekday())


def _month(day):
    return day.replace(day=1)
