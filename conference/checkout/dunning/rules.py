"""When somebody who promised a transfer is reminded, and until when their places are held: decided on values."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
LOOK_AGAIN = 7  # days for which places are held anew where no last day is set


class Step(StrEnum):
    """The letters, in the order in which they are sent."""

    FRIENDLY = "friendly"  # before the day: a word that it comes near
    FIRST = "first"
    SECOND = "second"
    LAST = "last"  # names the last day


class Release(StrEnum):
    """Who gives the places back once the last day is over."""

    ITSELF = "itself"
    STAFF = "staff"


class Wait(StrEnum):
    """Why a letter that is due is not sent, or places are not given back, just now."""

    PAUSED = "paused"
    MONEY = "money"  # a line of a statement that waits seems to pay it
    MARK = "mark"  # marked as paid: a second person is asked
    DISPUTE = "dispute"
    BANK = "bank"  # what came to the bank lately is not known
    ADDRESS = "address"  # nobody to write to


ORDER = list(Step)


@dataclass(frozen=True)
class Schedule:
    """What a policy says: `days` {step: days} of the steps that it takes, `days_to_pay` after the last notice, days of grace for banks.

    The friendly reminder is sent so many days before the day due; the first of the others so many after it; each other so many
    after the one before it was sent. `bank_days`: nothing is sent unless the bank is known up to so many days ago; None: it is not asked.
    """

    days: dict[Step, int]
    days_to_pay: int
    grace_days: int = 0
    bank_days: int | None = None
    release: Release = Release.ITSELF

    @property
    def steps(self):
        """The steps that are taken, in order."""
        return [step for step in ORDER if step in self.days]


@dataclass(frozen=True)
class Course:
    """How far it has come with one order: days at the venue."""

    made_on: date
    due_on: date
    sent: dict[Step, date] = field(default_factory=dict)
    last_day: date | None = None
    paused_until: date | None = None  # this day included

    @property
    def ends_on(self):
        """The last day on which it can be paid, once the last notice has named it: never within a pause. None before."""
        if self.last_day is None or self.paused_until is None:
            return self.last_day
        return max(self.last_day, self.paused_until)

    def is_paused(self, today):
        """Whether staff let it rest."""
        return self.paused_until is not None and today <= self.paused_until


def next_step(schedule, course, *, today):
    """(step, the first day on which it may be sent) of what is to be sent next, or None.

    A step that was missed is still sent, on its own, and the next has its days from then. The friendly reminder alone falls away: once
    the day due is over, or where it would go out on the day of the promise. What was left out before a later step was sent stays out.
    """
    latest = max((ORDER.index(step) for step in course.sent), default=-1)
    for step in schedule.steps:
        if ORDER.index(step) > latest:
            day = _day_of(step, schedule, course)
            if step != Step.FRIENDLY or _is_still_friendly(day, course, today):
                return step, day
    return None


def last_day_after(schedule, sent_on):
    """The last day that a notice sent on a day names."""
    return sent_on + schedule.days_to_pay * DAY


def planned(schedule, course, *, today):
    """([(step, day)] of all that is still to be sent if nobody pays, the last day or None): each on its first day, or today."""
    coming = []
    while (found := next_step(schedule, course, today=today)) is not None:
        step, day = found
        day = max(day, today)
        coming.append((step, day))
        course, today = after(schedule, course, step, day), day
    return coming, course.ends_on


def after(schedule, course, step, day):
    """The course once a step was sent on a day."""
    last_day = last_day_after(schedule, day) if step == Step.LAST else course.last_day
    return replace(course, sent={**course.sent, step: day}, last_day=last_day)


def is_bank_known(schedule, course, *, today, known_until):
    """Whether so much is known of the bank that it can be said who has not paid: up to a few days ago, and to the day due if that is over."""
    if schedule.bank_days is None:
        return True
    needed = today - schedule.bank_days * DAY
    if today > course.due_on:
        needed = max(needed, course.due_on)
    return known_until is not None and known_until >= needed


def is_bank_known_to_the_end(schedule, course, *, known_until):
    """Whether all is known that could have come until the last day and its days of grace."""
    if schedule.bank_days is None:
        return True
    return known_until is not None and known_until >= course.ends_on + schedule.grace_days * DAY


def held_until(schedule, course, *, today, waits, known_until):
    """The day through which the places are held as things stand today; in the past when they may be given back.

    `waits`: whether something keeps it from going on. The days of grace come after the last day, as banks take their time.
    """
    if course.last_day is None:
        _coming, ends_on = planned(schedule, course, today=today)
        return max(ends_on + schedule.grace_days * DAY, today) if ends_on else today + LOOK_AGAIN * DAY
    over = course.ends_on + schedule.grace_days * DAY
    if schedule.release == Release.STAFF:
        return max(over, today + LOOK_AGAIN * DAY)
    if waits or not is_bank_known_to_the_end(schedule, course, known_until=known_until):
        return max(over, today)
    return over


def _day_of(step, schedule, course):
    """The day on which a step is due by its days, later than whatever was sent, and not within a pause."""
    if step == Step.FRIENDLY:
        day = course.due_on - schedule.days[step] * DAY
    else:
        reminders = [sent_on for each, sent_on in course.sent.items() if each != Step.FRIENDLY]
        day = max(reminders, default=course.due_on) + schedule.days[step] * DAY
    if course.sent:
        day = max(day, max(course.sent.values()) + DAY)
    return day if course.paused_until is None else max(day, course.paused_until + DAY)


def _is_still_friendly(day, course, today):
    return course.made_on < day <= course.due_on and today <= course.due_on
