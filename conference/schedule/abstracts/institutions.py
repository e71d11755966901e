"""Ids of institutions (https://ror.org) as they are typed."""

from conference.schedule.formats.values import ror_in

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def is_true(ror):
    """Whether the two digits at the end are those of the seven letters before (ISO/IEC 7064 MOD 97-10, as ror.org makes them)."""
    number = 0
    for letter in ror[:7]:
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    return int(ror[7:]) == 98 - number * 100 % 97


def typed(text):
    """The id in a text or an address, or "" for an empty one; None for what is no id."""
    if not text:
        return ""
    ror = ror_in(text)
    return ror if ror and is_true(ror) else None
