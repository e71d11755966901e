"""The warnings of a draft as they are looked at: what stands, what was set aside and why."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from conference.kernel import db
from conference.people import Person
from conference.schedule.models import SetAside
from conference.schedule.rules import lengths_of, talk_times
from conference.schedule.warnings import gathering
from conference.schedule.warnings.rules import Severity, Warning, warnings


@dataclass(frozen=True)
class Aside:
    """Why a warning may stand, who said so and when."""

    state: str
    reason: str
    by: str
    at: object


class Looked:
    """The warnings of a meeting's draft: those that `stand`, and [(Warning, Aside)] that were set `aside`."""

    def __init__(self, known, asides):
        self.known = known
        self.stand: list[Warning] = []
        self.aside: list[tuple[Warning, Aside]] = []
        for warning in warnings(known):
            told = asides and asides.get(warning.key)
            if told and told.state == warning.state:
                self.aside.append((warning, told))
            else:
                self.stand.append(warning)

    @property
    def graver(self):
        """How many are more than notes."""
        return sum(warning.severity is not Severity.NOTE for warning in self.stand)

    def counts(self):
        """{kind: how many stand}, the gravest first."""
        found: dict = {}
        for warning in self.stand:
            found[warning.kind] = found.get(warning.kind, 0) + 1
        return found

    def with_key(self, key):
        """The standing warning with a key, or None."""
        return next((warning for warning in self.stand if warning.key == key), None)

    @cached_property
    def people(self):
        """People by guid."""
        return {person.guid: person for person in self.known.programme.people}

    @cached_property
    def items(self):
        """(session or None, presentation or abstract or None) by guid."""
        found = {abstract.guid: (None, abstract) for abstract in self.known.programme.abstracts}
        for session in self.known.programme.sessions:
            found[session.guid] = (session, None)
            found |= {talk.guid: (session, talk) for talk in session.presentations}
        return found

    @cached_property
    def times(self):
        """(start, end) by guid of sessions and talks that have a time; a talk without one of its own has its session's."""
        lengths, found = lengths_of(self.known.programme.kinds), {}
        for session in self.known.programme.sessions:
            found[session.guid] = whole = (session.starts, session.ends)
            for talk, time in zip(session.presentations, talk_times(session, lengths), strict=True):
                found[talk.guid] = time or whole
        return found


def look(meeting, registered=None, places=None):
    """The Looked of a meeting's draft; `registered` and `places` as in `gathering.known`."""
    return Looked(gathering.known(meeting, registered, places), _asides(meeting))


def _asides(meeting):
    statement = select(SetAside, Person).outerjoin(Person, SetAside.by_id == Person.id)
    rows = db.session.execute(statement.where(SetAside.meeting_id == meeting.id))
    return {row.key: Aside(row.state, row.reason, person.full_name if person else "", row.at) for row, person in rows}
