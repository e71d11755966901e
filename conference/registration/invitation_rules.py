"""Invitations as values: their states, until when they hold, which reminder is due."""

from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from conference.kernel import Refusal

MOST_ROWS = 1000  # people who are invited together


class InvitationState(StrEnum):
    """What stands in the row: an invitation stands until one of the others ends it. What became of it is told by its code's use."""

    STANDING = "standing"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Shown(StrEnum):
    """Where an invitation is, as people see it: the row's state with what its person has done."""

    KEPT = "kept"  # not answered yet, and a place is set aside
    INVITED = "invited"  # not answered yet
    ORDERED = "ordered"  # an order with it waits for its payment
    REGISTERED = "registered"
    APART = "apart"  # registered and paid without it
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


UNANSWERED = (Shown.KEPT, Shown.INVITED)


class Source(StrEnum):
    """Where the people of a list come from."""

    HAND = "hand"
    FILE = "file"
    PROGRAMME = "programme"


def until(wanted, *, closes_at, now):
    """The instant at which an invitation ends: that of its kind, at the latest when registration closes. Refusal when it is over."""
    ends_at = min((each for each in (wanted, closes_at) if each is not None), default=None)
    if ends_at is None or ends_at <= now:
        raise Refusal(_("The time for it is over: set a later day, or look when registration closes."), field="kind")
    return ends_at


def kept_until(wanted, valid_until, now):
    """Until when a place is set aside; None when that day is over already."""
    ends_at = min(wanted, valid_until) if wanted else valid_until
    return ends_at if ends_at > now else None


def due(reminders, *, invited_at, sent, now) -> list[datetime]:
    """The reminders that are due to somebody who was invited at an instant, oldest first, without those `sent`.

    One letter is written for all of them: a worker that was away does not send three at once.
    """
    return sorted(at for at in reminders if invited_at < at <= now and at not in sent)


def masked(email):
    """An address as whoever holds the link may see it: enough to know one's own by."""
    user, _at, domain = email.rpartition("@")
    return f"{user[:1]}…@{domain}"
