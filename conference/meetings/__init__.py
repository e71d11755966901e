"""The annual meeting itself: code, name, dates, venue, zone, price windows, deadlines."""

from conference.meetings.actions import check_days, create, end_of_day
from conference.meetings.calendar import Happening, calendar_file
from conference.meetings.editing import change, set_dates
from conference.meetings.forms import thinkable
from conference.meetings.models import Deadline, Meeting, Window
from conference.meetings.pages import can_register, dues, event_facts, in_days, is_over, last_day, number_words, place
from conference.meetings.queries import all_meetings, by_code, by_id, coming, coming_rows, deadlines_of
from conference.meetings.rules import Phase, days_until, is_code, phase_of, window_at

__all__ = [
    "Deadline",
    "Happening",
    "Meeting",
    "Phase",
    "Window",
    "all_meetings",
    "by_code",
    "by_id",
    "calendar_file",
    "can_register",
    "change",
    "check_days",
    "coming",
    "coming_rows",
    "create",
    "days_until",
    "deadlines_of",
    "dues",
    "end_of_day",
    "event_facts",
    "in_days",
    "is_code",
    "is_over",
    "last_day",
    "number_words",
    "phase_of",
    "place",
    "set_dates",
    "thinkable",
    "window_at",
]
