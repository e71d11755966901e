"""Until when a transfer may take, decided on values."""

from datetime import timedelta
from enum import StrEnum

from conference.kernel import end_of


class Whom(StrEnum):
    """Who may pay by transfer."""

    NOBODY = "nobody"
    GROUPS = "groups"
    ALL = "all"


def pay_until(terms, *, today, starts, zone):
    """The end of the last day on which a transfer is to be sent, as an instant in `zone`; None when that is today or over."""
    last = min(today + timedelta(days=terms.days), starts - timedelta(days=terms.days_before))
    if last <= today:
        return None
    return end_of(last, zone)
