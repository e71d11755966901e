"""The programme at the desk: files in, sessions changed, releases out and back."""

from conference.schedule.staff import programme, rooms, sessions, tables
from conference.schedule.staff.blueprint import bp

__all__ = ["bp", "programme", "rooms", "sessions", "tables"]
