"""Whether somebody may come in: a decision on values, with its reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conference.registration import WHOLE, Mode, State


class VerdictKind(StrEnum):
    """What the person at the door sees first."""

    READY = "ready"
    IN = "in"
    BLOCKED = "blocked"


class Reason(StrEnum):
    """Why somebody cannot come in."""

    UNFINISHED = "unfinished"
    UNPAID = "unpaid"
    CANCELLED = "cancelled"
    VIRTUAL = "virtual"
    OTHER_DAY = "other_day"
    OTHER_MEETING = "other_meeting"


@dataclass(frozen=True)
class Verdict:
    """What holds for one registration at one door; `day` is the day of a day ticket."""

    kind: VerdictKind
    reason: Reason | None = None
    day: date | None = None


_BY_STATE = {State.DRAFT: Reason.UNFINISHED, State.HELD: Reason.UNPAID, State.CANCELLED: Reason.CANCELLED}


def verdict(*, state, mode, span, today, meeting_days, is_in, is_this_meeting=True):
    """The Verdict for a registration (its `state`, `mode` and `span`) on the venue's day `today`.

    A day ticket is refused on the other days of the meeting; before it begins badges may be fetched by everybody.
    """
    if not is_this_meeting:
        return Verdict(VerdictKind.BLOCKED, Reason.OTHER_MEETING)
    if is_in:
        return Verdict(VerdictKind.IN)
    if state in _BY_STATE:
        return Verdict(VerdictKind.BLOCKED, _BY_STATE[state])
    if mode != Mode.IN_PERSON:
        return Verdict(VerdictKind.BLOCKED, Reason.VIRTUAL)
    day = None if span == WHOLE else date.fromisoformat(span)
    first, last = meeting_days
    if day and day != today and first <= today <= last:
        return Verdict(VerdictKind.BLOCKED, Reason.OTHER_DAY, day)
    return Verdict(VerdictKind.READY)
