"""What differs between two states of a programme, and what that means for calendars that know the older one."""

from dataclasses import dataclass, replace

from conference.schedule.formats import Revision
from conference.schedule.pruning import standing
from conference.schedule.rules import calendar_times, lengths_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A session or talk: its title, all that is said of it, what moves a calendar entry, and the session's title above it."""

    title: str
    words: object
    slot: tuple
    above: str = ""


def entries(programme):
    """{guid: Entry} of all sessions and presentations."""
    found, lengths = {}, lengths_of(programme.kinds)
    for session in standing(programme).sessions:
        slot = (session.starts, session.ends, session.room, session.withdrawn)
        found[session.guid] = Entry(session.title, replace(session, presentations=()), slot)
        times = calendar_times(session, lengths) or [None] * len(session.presentations)
        for talk, time in zip(session.presentations, times, strict=True):
            found[talk.guid] = Entry(talk.title, talk, (*slot, time, talk.withdrawn), session.title)
    return found


def kind_of_change(old, new):
    """ "added", "moved", "changed" or "" for two Entries of the same item."""
    if old is None:
        return "added"
    if old.slot != new.slot:
        return "moved"
    return "" if (old.words, old.above) == (new.words, new.above) else "changed"


def revisions(programme, before, ever, now):
    """({guid: Revision}, counts): an item keeps its revision until something of it changes (RFC 5546 2.1.4).

    `ever` are the last revisions of all that was ever public, {guid: Revision}: what comes back goes on from there.
    """
    known = entries(before) if before else {}
    found, changes = {}, {"added": 0, "changed": 0, "moved": 0, "removed": 0}
    for guid, entry in entries(programme).items():
        kind = kind_of_change(known.get(guid), entry)
        changes |= {kind: changes[kind] + 1} if kind else {}
        found[guid] = _next(ever.get(guid), kind, now)
    changes["removed"] = len(known.keys() - found.keys())
    return found, changes


def _next(last, kind, now):
    if last is None:
        return Revision(0, now)
    return Revision(last.sequence + (kind in ("added", "moved")), now) if kind else last
