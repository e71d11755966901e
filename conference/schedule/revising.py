"""What differs between two states of a programme, and what that means for calendars that know the older one."""

from dataclasses import dataclass, replace

from conference.schedule.formats import Revision


@dataclass(frozen=True, slots=True)
class Entry:
    """A session or talk: its title, all that is said of it, what moves a calendar entry, and the session's title above it."""

    title: str
    words: object
    slot: tuple
    above: str = ""


def entries(programme):
    """{guid: Entry} of all sessions and presentations."""
    found = {}
    for session in programme.sessions:
        slot = (session.starts, session.ends, session.room, session.withdrawn)
        found[session.guid] = Entry(session.title, replace(session, presentations=()), slot)
        for position, talk in enumerate(session.presentations):
            place = (*slot, position, talk.minutes, talk.starts, talk.withdrawn)
            found[talk.guid] = Entry(talk.title, talk, place, session.title)
    return found


def kind_of_change(old, new):
    """ "added", "moved", "changed" or "" for two Entries of the same item."""
    if old is None:
        return "added"
    if old.slot != new.slot:
        return "moved"
    return "" if (old.words, old.above) == (new.words, new.above) else "changed"


def revisions(programme, before, edition, now):
    """({guid: Revision}, counts): an item keeps its revision until something of it changes (RFC 5546 2.1.4)."""
    known = entries(before) if before else {}
    found, changes = {}, {"added": 0, "changed": 0, "moved": 0, "removed": 0}
    for guid, entry in entries(programme).items():
        kind = kind_of_change(known.get(guid), entry)
        changes |= {kind: changes[kind] + 1} if kind else {}
        found[guid] = _next(edition.revision(guid) if guid in known else None, kind, now)
    changes["removed"] = len(known.keys() - found.keys())
    return found, changes


def _next(last, kind, now):
    if last is None:
        return Revision(0, now)
    return Revision(last.sequence + (kind == "moved"), now) if kind else last
