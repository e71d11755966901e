"""The draft as values: rows into a Programme, so that files, releases and rows can be compared."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from conference.kernel import db
from conference.schedule.formats import programme as values
from conference.schedule.models import Author, Contributor, Presentation, Room, Session, SessionPerson, Track


def load(meeting):
    """The meeting's whole draft as a Programme; sessions in order of time."""
    return values.Programme(
        title=meeting.title,
        acronym=meeting.code,
        timezone=meeting.timezone,
        rooms=tuple(values.Room(room.name) for room in rooms(meeting)),
        tracks=tuple(values.Track(track.name, track.colour) for track in tracks(meeting)),
        people=tuple(person_item(row) for row in contributors(meeting)),
        sessions=tuple(sorted((session_item(row) for row in sessions(meeting)), key=in_time)),
    )


def in_time(item):
    """The order in which sessions stand in a programme."""
    return item.starts, item.room, item.guid


def rooms(meeting):
    """Its rooms in their order."""
    return _of(meeting, Room, Room.position, Room.id)


def tracks(meeting):
    """Its tracks in their order."""
    return _of(meeting, Track, Track.position, Track.id)


def contributors(meeting):
    """Everybody in its programme."""
    return _of(meeting, Contributor, Contributor.id)


def sessions(meeting):
    """Its sessions with all that hangs on them, in a fixed number of queries, in the order that the rows now say."""
    statement = (
        select(Session)
        .where(Session.meeting_id == meeting.id)
        .options(*everything())
        .order_by(Session.starts_at, Session.id)
    )
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


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
    return (
        joinedload(Session.room),
        joinedload(Session.track),
        selectinload(Session.people).joinedload(SessionPerson.contributor),
        talks.joinedload(Presentation.track),
        talks.selectinload(Presentation.authors).joinedload(Author.contributor),
        talks.selectinload(Presentation.authors).selectinload(Author.affiliations),
    )


def person_item(row):
    """A contributor as a value."""
    return values.PersonItem(
        guid=row.guid, name=row.name, number=row.number, given=row.given, middle=row.middle, family=row.family
    )


def session_item(row):
    """A session row, with all below it, as a value."""
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
        links=_links(row),
        people=tuple(values.SessionPerson(part.contributor.guid, part.role) for part in row.people),
        presentations=tuple(presentation_item(talk) for talk in row.presentations),
    )


def presentation_item(row):
    """A presentation row as a value."""
    return values.PresentationItem(
        guid=row.guid,
        number=row.number,
        title=row.title,
        kind=row.kind,
        track=row.track.name if row.track else "",
        minutes=row.minutes,
        starts=row.starts_at,
        award=row.award,
        board=row.board,
        abstract=row.abstract,
        keywords=tuple(row.keywords),
        links=_links(row),
        withdrawn=row.withdrawn,
        authors=tuple(_authorship(author) for author in row.authors),
    )


def _authorship(row):
    places = tuple(
        values.AffiliationItem(place.institution, place.department, place.city, place.state, place.country)
        for place in row.affiliations
    )
    return values.Authorship(row.contributor.guid, places, row.presenting)


def _links(row):
    return tuple(values.Link(link["url"], link["title"], link["kind"]) for link in row.links)


def _of(meeting, table, *order):
    return list(db.session.scalars(select(table).where(table.meeting_id == meeting.id).order_by(*order)))
