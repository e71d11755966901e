"""Checking, paying, and what became of an order; groups, their rosters and seats."""

from conference.checkout.routes import (
    answers,
    changing,
    group_orders,
    groups,
    guests,
    orders,
    papers,
    placing,
    proofs,
    roster,
    seat,
    substituting,
    verifying,
    visa,
    visa_refused,
    waiting,
)
from conference.checkout.routes.blueprint import bp

__all__ = [
    "answers",
    "bp",
    "changing",
    "group_orders",
    "groups",
    "guests",
    "orders",
    "papers",
    "placing",
    "proofs",
    "roster",
    "seat",
    "substituting",
    "verifying",
    "visa",
    "visa_refused",
    "waiting",
]
