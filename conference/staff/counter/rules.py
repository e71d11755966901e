"""What a counter decides on values: the ways of paying, how long a slip can be undone, a name typed in one piece."""

from datetime import timedelta
from enum import StrEnum

UNDO_FOR = timedelta(minutes=10)


class Payment(StrEnum):
    """How somebody pays at a counter; by link is later."""

    CASH = "cash"
    TERMINAL = "terminal"
    TRANSFER = "transfer"
    LINK = "link"


def split_name(text):
    """(given name, family name) of a name in one piece: the last word is the family's, or what stands before a comma."""
    before, comma, after = text.partition(",")
    if comma:
        return after.strip(), before.strip()
    given_name, _space, family_name = text.strip().rpartition(" ")
    return (given_name, family_name) if given_name else ("", family_name)
