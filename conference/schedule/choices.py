"""What somebody has chosen from a release: by day, with clashes, and what has moved since."""

from dataclasses import dataclass

from conference.schedule import pages, words
from conference.schedule.rules import clashes


@dataclass(frozen=True, slots=True)
class Choice:
    """A starred session or talk."""

    row: pages.Row
    clashes: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that somebody has starred in one meeting; `gone` counts what the programme no longer holds."""

    days: list
    moved: int
    gone: int
    clashing: int

    @property
    def count(self):
        """How many items there are to see."""
        return sum(len(choices) for _day, choices in self.days)


def chosen(published, place, stars):
    """The Chosen of {guid: when it was starred}."""
    items = [item for item in _items(published) if item[0] in stars]
    overlapping = _overlapping(items)
    days = {}
    for guid, session, talk, _starts, _ends in sorted(items, key=lambda item: item[3]):
        row = (
            pages.row_of_talk(published, place, session, talk)
            if talk
            else pages.row_of_session(published, place, session)
        )
        choice = Choice(row, guid in overlapping, _has_moved(published, guid, stars[guid]))
        days.setdefault(session.day, []).append(choice)
    listed = [(words.long_day(day), choices) for day, choices in sorted(days.items())]
    moved = sum(choice.moved for _day, choices in listed for choice in choices)
    return Chosen(listed, moved, gone=len(stars) - len(items), clashing=len(overlapping))


def _items(published):
    """(guid, session, talk or None, start, end) of everything that can be starred."""
    for session in published.programme.sessions:
        yield session.guid, session, None, session.starts, session.ends
        for talk in session.presentations:
            yield talk.guid, session, talk, *(published.times[talk.guid] or (session.starts, session.ends))


def _overlapping(items):
    """Guids that clash; a talk does not clash with its own session."""
    sessions = {session.guid for guid, session, talk, *_ in items if talk is None}
    inside = {guid for guid, session, talk, *_ in items if talk is not None and session.guid in sessions}
    held = [
        (guid, starts, ends)
        for guid, session, _talk, starts, ends in items
        if guid not in inside and not session.withdrawn
    ]
    return clashes(held)


def _has_moved(published, guid, starred_at):
    revision = published.edition.revision(guid)
    return revision.sequence > 0 and revision.changed_at > starred_at
