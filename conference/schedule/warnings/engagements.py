"""Who is needed where and when, and what each person has to do with a programme."""

import re
from collections import defaultdict
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from conference.schedule.formats.programme import SessionItem
from conference.schedule.rules import NO_LENGTHS, is_poster_session, talk_times

BREAKS = {"break", "breaks", "coffee", "lunch", "pause", "refreshment", "refreshments"}


class Part(StrEnum):
    """What somebody does: chairs and speakers must be there, an author who does not present need not."""

    CHAIR = "chair"
    SPEAKER = "speaker"
    AUTHOR = "author"


ROLES = {"chair": Part.CHAIR, "co-chair": Part.CHAIR, "moderator": Part.CHAIR, "organiser": Part.CHAIR}


class Engagement(NamedTuple):
    """Somebody's part in a session or one of its talks, with its time; `item` is the guid of either."""

    starts: datetime
    ends: datetime
    session: SessionItem
    item: str
    part: Part


def is_break(session):
    """Whether a session is none at all, such as coffee: by a word of its kind, when nobody speaks or chairs in it."""
    is_called_one = bool(BREAKS & set(re.findall(r"\w+", session.kind.casefold())))
    return is_called_one and not (session.presentations or session.people)


def related(one, other):
    """Whether two sessions are the same, or one a part of the other."""
    return one.guid == other.guid or one.guid == other.parent or other.guid == one.parent


def booked(programme, lengths=NO_LENGTHS):
    """{person's guid: [Engagement]}; posters hang all day and bind nobody to an hour, who is named for a session is there for all of it."""
    found = defaultdict(list)
    for session in (each for each in programme.sessions if not each.withdrawn):
        for part in session.people:
            what = ROLES.get(part.role, Part.SPEAKER)
            found[part.person].append(Engagement(session.starts, session.ends, session, session.guid, what))
        if not is_poster_session(session.kind):
            _talks(found, session, lengths)
    return found


def tasks(programme, *, with_authors=False):
    """{person's guid: {guid of what they chair, speak in or present: when its session begins}}, posters among it.

    `with_authors` also what somebody has written without presenting it.
    """
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for session in (each for each in programme.sessions if not each.withdrawn):
        for part in session.people:
            found[part.person][session.guid] = session.starts
        for talk in (each for each in session.presentations if not each.withdrawn):
            for author in talk.authors:
                if author.presenting or with_authors:
                    found[author.person][talk.guid] = session.starts
    return found


def _talks(found, session, lengths):
    for talk, time in zip(session.presentations, talk_times(session, lengths), strict=True):
        if talk.withdrawn:
            continue
        starts, ends = time or (session.starts, session.ends)
        for author in talk.authors:
            part = Part.SPEAKER if author.presenting else Part.AUTHOR
            found[author.person].append(Engagement(starts, ends, session, talk.guid, part))
