"""Checking, paying, and what became of an order."""

from conference.checkout.routes import (
    answers,
    changing,
    orders,
    papers,
    placing,
    proofs,
    waiting,
)
from conference.checkout.routes.blueprint import bp

__all__ = [
    "answers",
    "bp",
    "changing",
    "orders",
    "papers",
    "placing",
    "proofs",
    "waiting",
]
