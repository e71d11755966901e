"""Waiting for a place: who waits for which pool, in which order, and whom a free place is offered to, until when.

A pool counts who waits (`Pool.waiting`); while anybody does, nobody else can claim its places. An offer takes a place out of
the pool for one registration; it is taken with the person's order, or ends, and then goes to the next.
"""

from conference.registration.waiting.actions import join, leave, offer_next, offer_now, remove
from conference.registration.waiting.models import Wait, WaitPace
from conference.registration.waiting.ordering import move_to, pause, set_pace
from conference.registration.waiting.queries import (
    live_of,
    number_ahead,
    offer_end,
    offers_out,
    pace_of,
    wait_by_ref,
    wait_of,
    whole,
)
from conference.registration.waiting.rules import LIVE, Pace, WaitState

__all__ = [
    "LIVE",
    "Pace",
    "Wait",
    "WaitPace",
    "WaitState",
    "join",
    "leave",
    "live_of",
    "move_to",
    "number_ahead",
    "offer_end",
    "offer_next",
    "offer_now",
    "offers_out",
    "pace_of",
    "pause",
    "remove",
    "set_pace",
    "wait_by_ref",
    "wait_of",
    "whole",
]
