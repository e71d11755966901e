"""Dunning: whoever promised a transfer and does not pay is reminded on dated steps, and told a last day; then the places go to others.

A policy says which letters and when, a course (`rules`) how far it has come with one order. The letters that were sent are rows under
unique keys, so that each is sent once and two never on one day. Whether an order's time is over is asked of `keeping`.
"""

from conference.checkout.dunning import letters, policies, queries, rules
from conference.checkout.dunning.acting import begin, extend, look_again, pause, resume, send_next
from conference.checkout.dunning.keeping import (
    Standing,
    cases_of,
    dates_of,
    holds,
    letters_of,
    schedule_of,
    standing_of,
    standings,
    zone_of,
)
from conference.checkout.dunning.models import DunningCase, DunningLetter, DunningPolicy, DunningStep
from conference.checkout.dunning.rules import Course, Release, Schedule, Step, Wait

__all__ = [
    "Course",
    "DunningCase",
    "DunningLetter",
    "DunningPolicy",
    "DunningStep",
    "Release",
    "Schedule",
    "Standing",
    "Step",
    "Wait",
    "begin",
    "cases_of",
    "dates_of",
    "extend",
    "holds",
    "letters",
    "letters_of",
    "look_again",
    "pause",
    "policies",
    "queries",
    "resume",
    "rules",
    "schedule_of",
    "send_next",
    "standing_of",
    "standings",
    "zone_of",
]
