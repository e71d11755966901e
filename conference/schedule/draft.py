"""The draft as values: rows into a Programme, so that files, releases and rows can be compared."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from conference.kernel import db
from conference.schedule.formats import programme as values
from conference.schedule.formats.embargo import Embargo
from conference.schedule.formats.embargo import EmbargoRule as EmbargoRuleItem
from conference.schedule.models import (
    Abstract,
    Author,
    Contributor,
    EmbargoRule,
    Kind,
    Presentation,
    Room,
    Session,
    SessionPerson,
    Track,
)


def load(meeting):
    """The meeting's draft as a Programme: sessions that have a time, in its order."""
    items = _items([row for row in sessions(meeting) if row.starts_at is not None])
    return _programme(meeting, sorted(items, key=in_time))


def whole(meeting):
    """The meeting's draft as a Programme, also with the sessions that wait for a time and the talks that were taken back."""
    taken_back = tuple(presentation_item(row) for row in unplaced(meeting))
    return replace(_programme(meeting, _items(sessions(meeting))), unplaced=taken_back)


def in_time(item):
    """The order in which sessions stand in a programme."""
    return item.starts, item.room, item.guid


def rooms(meeting):
    """Its rooms in their order."""
    return _of(meeting, Room, Room.position, Room.id)


def tracks(meeting):
    """Its tracks in their order."""
    return _of(meeting, Track, Track.position, Track.id)


def kinds(meeting):
    """Its kinds of presentations in their order."""
    return _of(meeting, Kind, Kind.position, Kind.id)


def embargo_rules(meeting):
    """Its rules of embargo."""
    return _of(meeting, EmbargoRule, EmbargoRule.id)


def contributors(meeting):
    """Everybody in its programme."""
    return _of(meeting, Contributor, Contributor.id)


def abstracts(meeting):
    """Its abstracts with their authors, by number."""
    statement = select(Abstract).where(Abstract.meeting_id == meeting.id).options(*with_authors(Abstract))
    return list(db.session.scalars(statement.order_by(Abstract.number), execution_options={"populate_existing": True}))


def sessions(meeting):
    """Its sessions with all that hangs on them, in a fixed number of queries, in the order that the rows now say."""
    statement = (
        select(Session)
        .where(Session.meeting_id == meeting.id)
        .options(*everything())
        .order_by(Session.starts_at, Session.id)
    )
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


def unplaced(meeting):
    """Its talks that were taken back, in no session."""
    statement = select(Presentation).where(Presentation.meeting_id == meeting.id, Presentation.session_id.is_(None))
    below = (joinedload(Presentation.session), joinedload(Presentation.track), joinedload(Presentation.submission))
    return list(db.session.scalars(statement.options(*below, *with_authors(Presentation))))


def for_a_list():
    """Loader options for what a list of sessions shows."""
    return (
        joinedload(Session.room),
        joinedload(Session.track),
        selectinload(Session.people).joinedload(SessionPerson.contributor),
        selectinload(Session.presentations),
    )


def everything():
    """Loader options for a session and all below it."""
    talks = selectinload(Session.presentations)
    submitted = talks.selectinload(Presentation.submission)
    return (
        joinedload(Session.room),
        joinedload(Session.track),
        selectinload(Session.people).joinedload(SessionPerson.contributor),
        talks.joinedload(Presentation.track),
        talks.selectinload(Presentation.authors).joinedload(Author.contributor),
        talks.selectinload(Presentation.authors).selectinload(Author.affiliations),
        submitted.selectinload(Abstract.authors).joinedload(Author.contributor),
        submitted.selectinload(Abstract.authors).selectinload(Author.affiliations),
    )


def with_authors(table):
    """Loader options for the authors of an Abstract or a Presentation."""
    return (
        selectinload(table.authors).joinedload(Author.contributor),
        selectinload(table.authors).selectinload(Author.affiliations),
    )


def person_item(row):
    """A contributor as a value."""
    return values.PersonItem(
        guid=row.guid,
        name=row.name,
        number=row.number,
        given=row.given,
        middle=row.middle,
        family=row.family,
        disclosure=row.disclosure,
    )


def rule_item(row):
    """A rule of embargo as a value."""
    return EmbargoRuleItem(row.part, row.anchor, row.kind, row.at, row.clock)


def abstract_item(row):
    """An abstract row, with its authors, as a value."""
    return values.AbstractItem(
        guid=row.guid,
        number=row.number,
        title=row.title,
        status=row.status,
        late_breaking=row.late_breaking,
        award=row.award,
        sections=tuple(values.Section(part["heading"], part["text"]) for part in row.sections),
        topics=tuple(row.topics),
        links=_links(row),
        authors=authorships(row),
        embargo=Embargo(row.listing_at, row.text_at, row.files_at, row.award_at),
    )


def session_item(row, guids):
    """A session row, with all below it, as a value; `guids` of sessions by id, for the one that it is a part of."""
    return values.SessionItem(
        guid=row.guid,
        number=row.number,
        title=row.title,
        subtitle=row.subtitle,
        kind=row.kind,
        room=row.room.name if row.room else "",
        track=row.track.name if row.track else "",
        day=row.day,
        starts=row.starts_at,
        ends=row.ends_at,
        language=row.language,
        abstract=row.abstract,
        description=row.description,
        origin_url=row.origin_url,
        withdrawn=row.withdrawn,
        parent=guids.get(row.parent_id, ""),
        capacity=row.capacity,
        links=_links(row),
        people=tuple(values.SessionPerson(part.contributor.guid, part.role) for part in row.people),
        presentations=tuple(presentation_item(talk) for talk in row.presentations),
    )


def presentation_item(row):
    """A presentation row as a value, with what it has from the abstract that it presents."""
    talk = values.PresentationItem(
        guid=row.guid,
        number=row.number,
        title=row.title,
        kind=row.kind,
        track=row.track.name if row.track else "",
        minutes=row.minutes,
        starts=row.starts_at,
        award=row.award,
        board=row.board,
        hall=row.hall,
        late_breaking=row.late_breaking,
        abstract=row.abstract,
        keywords=tuple(row.keywords),
        links=_links(row),
        withdrawn=row.withdrawn,
        authors=authorships(row),
    )
    return values.presenting(talk, abstract_item(row.submission)) if row.submission else talk


def authorships(row):
    """The authors of a row of an abstract, or of a presentation of none, in order."""
    return tuple(_authorship(author) for author in row.authors)


def _authorship(row):
    places = tuple(
        values.AffiliationItem(place.institution, place.department, place.city, place.state, place.country, place.ror)
        for place in row.affiliations
    )
    return values.Authorship(row.contributor.guid, places, row.presenting, row.corresponding)


def _links(row):
    return tuple(values.Link(link["url"], link["title"], link["kind"]) for link in row.links)


def _of(meeting, table, *order):
    statement = select(table).where(table.meeting_id == meeting.id).order_by(*order)
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


def _items(rows):
    guids = {row.id: row.guid for row in rows}
    return [session_item(row, guids) for row in rows]


def _programme(meeting, items):
    return values.Programme(
        title=meeting.title,
        acronym=meeting.code,
        timezone=meeting.timezone,
        rooms=tuple(values.Room(room.name) for room in rooms(meeting)),
        tracks=tuple(values.Track(track.name, track.colour) for track in tracks(meeting)),
        kinds=tuple(values.Kind(row.name, row.minutes) for row in kinds(meeting)),
        embargoes=tuple(rule_item(row) for row in embargo_rules(meeting)),
        people=tuple(person_item(row) for row in contributors(meeting)),
        abstracts=tuple(abstract_item(row) for row in abstracts(meeting)),
        sessions=tuple(items),
    )
