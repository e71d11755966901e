"""Public numbers of sessions, presentations and people: kept for ever once given, never given twice."""

from dataclasses import replace
from itertools import count

from sqlalchemy import func, select

from conference.kernel import db
from conference.schedule.claiming import hold


def with_numbers(programme, *, items, people, abstracts=()):
    """The programme with a number for everything: that of the known row, else the file's own when free, else the next.

    `items` are the known sessions and presentations, `people` and `abstracts` the known ones; each has a guid and a number.
    """
    wished = [item for session in programme.sessions for item in (session, *session.presentations)]
    item_numbers = _Numbers(items, wished)
    person_numbers = _Numbers(people, programme.people)
    abstract_numbers = _Numbers(abstracts, programme.abstracts)
    return replace(
        programme,
        sessions=tuple(_session(session, item_numbers) for session in programme.sessions),
        abstracts=tuple(replace(each, number=abstract_numbers.of(each)) for each in programme.abstracts),
        people=tuple(replace(person, number=person_numbers.of(person)) for person in programme.people),
    )


def next_number(meeting, *tables):
    """The number after the greatest one that any of these tables has in a meeting; nobody else gets it meanwhile."""
    hold(meeting)
    greatest = (select(func.max(table.number)).where(table.meeting_id == meeting.id) for table in tables)
    return max(db.session.scalar(each) or 0 for each in greatest) + 1


class _Numbers:
    def __init__(self, known, wished):
        self.by_guid = {item.guid: item.number for item in known}
        self.taken = set(self.by_guid.values())
        reserved = {item.number for item in wished}
        self.free = (number for number in count(1) if number not in reserved and number not in self.taken)

    def of(self, item):
        """The number of an item, always the same for the same guid."""
        if item.guid not in self.by_guid:
            wish = item.number
            number = wish if wish is not None and wish not in self.taken else next(self.free)
            self.by_guid[item.guid] = number
            self.taken.add(number)
        return self.by_guid[item.guid]


def _session(session, numbers):
    talks = tuple(replace(talk, number=numbers.of(talk)) for talk in session.presentations)
    return replace(session, number=numbers.of(session), presentations=talks)
