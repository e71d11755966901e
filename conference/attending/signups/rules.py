"""Whether one may sign up for a session, and what its page says: decided on values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WHOLE = "whole"


class SeatState(StrEnum):
    """What somebody has."""

    TAKEN = "taken"
    WAITING = "waiting"


class Door(StrEnum):
    """Whether one can sign up at all."""

    NOT_YET = "not-yet"
    OPEN = "open"
    CLOSED = "closed"
    OFF = "off"  # the session is cancelled, or in no release


class Why(StrEnum):
    """Why somebody may not sign up."""

    NOT_YET = "not-yet"
    CLOSED = "closed"
    OFF = "off"
    NOT_REGISTERED = "not-registered"
    CATEGORY = "category"
    DAY = "day"
    CLASH = "clash"
    FULL = "full"


@dataclass(frozen=True)
class Held:
    """When a session is held, as the public programme says; None stands for one that is not held."""

    guid: str
    starts: datetime
    ends: datetime
    day: str = ""
    title: str = ""


@dataclass(frozen=True)
class Ticket:
    """What is known of a registration: whether it is confirmed, its category's code, its day or "whole"."""

    is_confirmed: bool
    category: str = ""
    span: str = WHOLE


def door(opens_at, closes_at, held, now):
    """The Door of a sign-up at an instant: it closes with the session's beginning at the latest."""
    if held is None:
        return Door.OFF
    if now >= min(closes_at or held.starts, held.starts):
        return Door.CLOSED
    return Door.NOT_YET if opens_at and now < opens_at else Door.OPEN


def why_not(terms, held, ticket, others, now):
    """Why a ticket may not sign up, and the Held in the way of a Clash: (Why or None, Held or None).

    `terms` have opens_at, closes_at, only_for, places, taken, waiting, has_list; `others` are the sessions in which the ticket
    has a place. Who only gets in line may have a place elsewhere meanwhile.
    """
    gate = door(terms.opens_at, terms.closes_at, held, now)
    if gate is not Door.OPEN:
        return Why(str(gate)), None
    reason = _of_ticket(terms, held, ticket)
    if reason:
        return reason, None
    if not is_free(terms):
        return (None if terms.has_list else Why.FULL), None
    clash = next((each for each in others if overlap(each, held)), None)
    return (Why.CLASH, clash) if clash else (None, None)


def is_free(terms):
    """Whether the next who comes gets a place: one is left, and nobody waits for it."""
    return terms.taken < terms.places and terms.waiting == 0


def overlap(one, other):
    """Whether two Held are at the same time; one that begins when the other ends is not."""
    return one.guid != other.guid and one.starts < other.ends and other.starts < one.ends


def _of_ticket(terms, held, ticket):
    if ticket is None or not ticket.is_confirmed:
        return Why.NOT_REGISTERED
    if terms.only_for and ticket.category not in terms.only_for:
        return Why.CATEGORY
    if ticket.span not in (WHOLE, held.day):
        return Why.DAY
    return None
