"""The annual meeting itself: code, name, dates, venue, zone, price windows, deadlines."""

from conference.meetings.actions import create
from conference.meetings.models import Deadline, Meeting, Window
from conference.meetings.queries import all_meetings, by_code, coming, deadlines_of
from conference.meetings.rules import Phase, phase_of, window_at

__all__ = [
    "Deadline",
    "Meeting",
    "Phase",
    "Window",
    "all_meetings",
    "by_code",
    "coming",
    "create",
    "deadlines_of",
    "phase_of",
    "window_at",
]
