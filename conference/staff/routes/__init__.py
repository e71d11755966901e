"""The desk's pages, one file a subject."""

from conference.staff.routes import (
    add_ons,
    codes,
    entering,
    events,
    front,
    orders,
    paying,
    policies,
    prices,
    questions,
    refunding,
    registration,
    registrations,
    together,
    views,
)
from conference.staff.routes.blueprint import bp

__all__ = [
    "add_ons",
    "bp",
    "codes",
    "entering",
    "events",
    "front",
    "orders",
    "paying",
    "policies",
    "prices",
    "questions",
    "refunding",
    "registration",
    "registrations",
    "together",
    "views",
]
