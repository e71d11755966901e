"""What stands in the way of a schedule of one's own: what overlaps, ways that are too long, and the time that is free; from plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from typing import NamedTuple

from conference.schedule.formats.programme import SessionItem
from conference.schedule.rules import is_poster_session
from conference.schedule.warnings.engagements import is_break, related
from conference.schedule.warnings.sweep import near
from conference.schedule.warnings.walking import lacking

LEAST_FREE = timedelta(minutes=30)
MOST_NAMED = 5  # of what overlaps with one item: a page names no more, whatever somebody has starred


class Held(NamedTuple):
    """A starred session or talk that takes somebody's time; `item` is the guid of either, `session` what it belongs to."""

    starts: datetime
    ends: datetime
    session: SessionItem
    item: str


class Way(NamedTuple):
    """From one item to the next: the time that there is, and the longer time that it takes."""

    before: Held
    gap: timedelta
    takes: timedelta


@dataclass(frozen=True)
class Troubles:
    """{guid: the first [Held] that overlap with it, in order of time}, {guid: how many there are of them in all}, and {guid: Way by
    which one comes too late to it}.
    """

    overlaps: dict
    counts: dict
    ways: dict


def held(published, starred):
    """[Held] of what is starred, by guid, and binds somebody to an hour.

    Posters hang for hours and breaks are free time: neither binds. What is withdrawn is not held. A talk in a starred session goes with its session.
    """
    found = []
    for session in published.programme.sessions:
        if session.withdrawn or is_poster_session(session.kind) or is_break(session):
            continue
        if session.guid in starred:
            found.append(Held(session.starts, session.ends, session, session.guid))
            continue
        for talk in session.presentations:
            if talk.guid in starred and not talk.withdrawn:
                starts, ends = published.times[talk.guid] or (session.starts, session.ends)
                found.append(Held(starts, ends, session, talk.guid))
    return found


def troubles(spans, walking, most=MOST_NAMED):
    """The Troubles of [Held] with the Walking between rooms; a session, its talks and its parts are no trouble to each other."""
    overlaps, ways = {}, {}
    for one, other in near(spans, walking.longest):
        if related(one.session, other.session):
            continue
        if other.starts < one.ends:
            overlaps.setdefault(one.item, []).append(other)
            overlaps.setdefault(other.item, []).append(one)
        elif found := lacking(one, other, walking):
            ways[other.item] = max(ways.get(other.item), Way(one, *found), key=_late)
    first = {item: nsmallest(most, others, key=_in_time) for item, others in overlaps.items()}
    return Troubles(first, {item: len(others) for item, others in overlaps.items()}, ways)


def free(spans, least=LEAST_FREE):
    """{until: from}: the times of at least so long in which nothing is held, between two things of one day."""
    found, until, day = {}, None, None
    for span in sorted(spans, key=_in_time):
        if span.session.day != day:
            until, day = span.ends, span.session.day
            continue
        if span.starts - until >= least:
            found[span.starts] = until
        until = max(until, span.ends)
    return found


def _late(way):
    return way.takes - way.gap if way else timedelta(0)


def _in_time(span):
    return span.starts, span.ends, span.item
