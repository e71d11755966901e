"""The desk's pages, one file a subject."""

from conference.staff.routes import entering, events, front, orders, paying, refunding, registration, registrations
from conference.staff.routes.blueprint import bp

__all__ = ["bp", "entering", "events", "front", "orders", "paying", "refunding", "registration", "registrations"]
