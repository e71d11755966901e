"""The timetable's addresses: a day, a session's place, new ones, talks, and what is taken back."""

from conference.schedule.timetable.pages import board, new, sessions, talks
from conference.schedule.timetable.pages.blueprint import bp

__all__ = ["board", "bp", "new", "sessions", "talks"]
