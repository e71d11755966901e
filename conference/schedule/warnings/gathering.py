"""All that warnings are made of, from the draft: a fixed number of queries for columns, no rows of objects, so that thousands of items are read at once."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, or_, select, union_all

from conference.kernel import db, plain_rows
from conference.schedule import draft
from conference.schedule.formats import programme as values
from conference.schedule.models import (
    Abstract,
    Author,
    CheckPolicy,
    Contributor,
    Presentation,
    Room,
    Session,
    SessionPerson,
    Star,
    Walk,
)
from conference.schedule.warnings.rules import Disclosing, Known
from conference.schedule.warnings.walking import Walking

USUAL = CheckPolicy(walk_minutes=0, disclosing=str(Disclosing.SPEAKING))


def known(meeting, registered=None, places=None):
    """The Known of a meeting's draft; `registered` are ids of persons, None to leave out who is not.

    `places` are {guid of a session: how many may sign up for it}, which count rather than what its room holds.
    """
    places = places or {}
    asked = policy(meeting)
    people = _people(meeting)
    return Known(
        programme=_programme(meeting, people, places),
        walking=walking(meeting),
        stars=_stars(meeting, _counting(meeting, places)),
        persons={row.guid: row.person_id for row in people if row.person_id is not None},
        registered=registered,
        disclosing=Disclosing(asked.disclosing),
    )


def policy(meeting):
    """The meeting's CheckPolicy, or the usual one."""
    return db.session.scalar(select(CheckPolicy).where(CheckPolicy.meeting_id == meeting.id)) or USUAL


def walking(meeting):
    """The Walking of a meeting."""
    ways = {frozenset((way.one, way.other)): way.minutes for way in ways_of(meeting)}
    return Walking(policy(meeting).walk_minutes, ways)


@dataclass(frozen=True)
class Way:
    """Minutes between two rooms by name."""

    id: int
    one: str
    other: str
    minutes: int


def ways_of(meeting):
    """[Way] of a meeting, in the order of its rooms."""
    names = {room.id: (place, room.name) for place, room in enumerate(draft.rooms(meeting))}
    rows = db.session.execute(
        select(Walk.id, Walk.one_id, Walk.other_id, Walk.minutes).where(Walk.meeting_id == meeting.id)
    )
    pairs = [(row.id, sorted((names[row.one_id], names[row.other_id])), row.minutes) for row in rows]
    ordered = sorted(pairs, key=lambda pair: pair[1])
    return [Way(key, one[1], other[1], minutes) for key, (one, other), minutes in ordered]


def _asked(statement):
    """All rows of a statement for columns, past what a session does with rows of objects: there are ten thousands."""
    db.session.flush()
    return db.session.connection().execute(statement).all()


def _programme(meeting, people, places):
    guids = {key: guid for key, guid, *_rest in people}
    named = _named(meeting, guids)
    own, submitted = _authors(meeting, guids)
    talks = _talks(meeting, own, submitted)
    rows = _rows(meeting)
    parents = {row.id: row.guid for row in rows}
    return values.Programme(
        kinds=tuple(values.Kind(row.name, row.minutes) for row in draft.kinds(meeting)),
        people=tuple(
            values.PersonItem(guid, name, number, disclosure=disclosure)
            for _key, guid, name, number, disclosure, _person in people
        ),
        abstracts=_abstracts(meeting),
        sessions=tuple(_session(row, named, talks, parents, places) for row in rows),
    )


def _people(meeting):
    columns = (Contributor.id, Contributor.guid, Contributor.name, Contributor.number, Contributor.disclosure)
    statement = select(*columns, Contributor.person_id).where(Contributor.meeting_id == meeting.id)
    return _asked(statement.order_by(Contributor.id))


def _named(meeting, guids):
    """{key of a session: its people}."""
    found = defaultdict(list)
    statement = select(SessionPerson.session_id, SessionPerson.contributor_id, SessionPerson.role).join(Session)
    for session, person, role in _asked(statement.where(Session.meeting_id == meeting.id)):
        found[session].append(values.SessionPerson(guids[person], role))
    return found


def _authors(meeting, guids):
    """({key of a presentation: its authors}, {key of an abstract: its authors})."""
    own, submitted = defaultdict(list), defaultdict(list)
    columns = (Author.presentation_id, Author.abstract_id, Author.contributor_id, Author.presenting)
    statement = select(*columns).join(Contributor, Author.contributor_id == Contributor.id)
    statement = statement.where(Contributor.meeting_id == meeting.id).order_by(Author.position)
    known: dict = {}
    for talk, abstract, person, presenting in plain_rows(statement):
        author = known.get((person, presenting))
        if author is None:
            author = known[person, presenting] = values.Authorship(guids[person], (), bool(presenting))
        (own[talk] if abstract is None else submitted[abstract]).append(author)
    return own, submitted


def _talks(meeting, own, submitted):
    """{key of a session: its presentations in order}."""
    found = defaultdict(list)
    columns = (
        Presentation.session_id, Presentation.id, Presentation.abstract_id, Presentation.guid, Presentation.title,
        Presentation.number, Presentation.kind, Presentation.minutes, Presentation.starts_at, Presentation.withdrawn,
        Abstract.guid, Abstract.title,
    )  # fmt: skip
    statement = select(*columns).outerjoin(Abstract, Presentation.abstract_id == Abstract.id)
    statement = statement.where(Presentation.meeting_id == meeting.id).order_by(Presentation.position)
    for (
        session,
        key,
        abstract,
        guid,
        title,
        number,
        kind,
        minutes,
        starts,
        withdrawn,
        paper,
        name,
    ) in _asked(statement):
        talk = values.PresentationItem(
            guid=guid,
            title=name if paper else title,
            number=number,
            kind=kind,
            minutes=minutes,
            starts=starts,
            submission=paper or "",
            withdrawn=withdrawn,
            authors=tuple(submitted.get(abstract, ()) if paper else own.get(key, ())),
        )
        found[session].append(talk)
    return found


def _rows(meeting):
    columns = (
        Session.id, Session.guid, Session.title, Session.number, Session.starts_at, Session.ends_at, Session.day,
        Session.kind, Session.withdrawn, Session.capacity, Session.parent_id, Room.name.label("room"),
    )  # fmt: skip
    statement = select(*columns).outerjoin(Room, Session.room_id == Room.id)
    mine = statement.where(Session.meeting_id == meeting.id, Session.starts_at.is_not(None))
    return _asked(mine.order_by(Session.starts_at, Session.id))


def _session(row, named, talks, parents, places):
    return values.SessionItem(
        guid=row.guid,
        title=row.title,
        number=row.number,
        starts=row.starts_at,
        ends=row.ends_at,
        day=row.day,
        kind=row.kind,
        room=row.room or "",
        withdrawn=row.withdrawn,
        parent=parents.get(row.parent_id, ""),
        capacity=places.get(row.guid, row.capacity),
        people=tuple(named.get(row.id, ())),
        presentations=tuple(talks.get(row.id, ())),
    )


def _abstracts(meeting):
    columns = (Abstract.guid, Abstract.title, Abstract.number, Abstract.status)
    rows = _asked(select(*columns).where(Abstract.meeting_id == meeting.id).order_by(Abstract.number))
    return tuple(values.AbstractItem(*row) for row in rows)


def _counting(meeting, places):
    """What finds the sessions that count places; None when there are none, as in most meetings."""
    counted = (Session.meeting_id == meeting.id, or_(Session.capacity > 0, Session.guid.in_(places)))
    return counted if db.session.scalar(select(Session.id).where(*counted).limit(1)) is not None else None


def _stars(meeting, counted):
    """{guid of a session that counts places: how many want to see it or one of its talks}, each once."""
    if counted is None:
        return {}
    items = union_all(
        select(Session.guid.label("item"), Session.guid.label("session")).where(*counted),
        select(Presentation.guid, Session.guid)
        .join(Session, Presentation.session_id == Session.id)
        .where(*counted, ~Presentation.withdrawn),
    ).subquery()
    statement = select(items.c.session, func.count(Star.itinerary_id.distinct()))
    statement = statement.join(Star, Star.item == items.c.item).where(Star.meeting_id == meeting.id)
    return dict(db.session.execute(statement.group_by(items.c.session)).all())
