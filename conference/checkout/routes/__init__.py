"""Checking, paying, and what became of an order."""

from conference.checkout.routes import orders, papers, placing
from conference.checkout.routes.blueprint import bp

__all__ = ["bp", "orders", "papers", "placing"]
