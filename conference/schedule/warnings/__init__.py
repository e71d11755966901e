"""Warnings: what is wrong or doubtful in a draft, found anew each time by a sweep over it, and what staff let stand.

Who is registered is not known here, nor how many may sign up for a session: whoever stands above passes both in.
"""

from conference.schedule.draft import rooms as rooms_of
from conference.schedule.warnings.actions import (
    LONGEST_WALK,
    decide_checks,
    forget_walk,
    set_aside,
    set_walk,
    take_up_again,
)
from conference.schedule.warnings.gathering import policy, ways_of
from conference.schedule.warnings.looking import Looked, look
from conference.schedule.warnings.rules import Disclosing, Kind, Severity

__all__ = [
    "LONGEST_WALK",
    "Disclosing",
    "Kind",
    "Looked",
    "Severity",
    "decide_checks",
    "forget_walk",
    "look",
    "policy",
    "rooms_of",
    "set_aside",
    "set_walk",
    "take_up_again",
    "ways_of",
]
