"""Kinds of papers that an order has beside its invoices."""

from enum import StrEnum


class PaperKind(StrEnum):
    """Of a whole order; of a group's order, for the institution; of what was paid for one attendee of a group; of all orders of a group."""

    RECEIPT = "receipt"
    STATEMENT = "statement"
    PART = "part"
    ACCOUNT = "account"
