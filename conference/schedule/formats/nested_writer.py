"""Writes a programme as nested JSON: the form in which a release is kept, and that reads back to the same programme."""

import json

FORMAT = "plenary.programme"
VERSION = 1


def write(programme):
    """The programme as UTF-8 bytes of nested JSON (see nested.schema.json)."""
    return json.dumps(document(programme), ensure_ascii=False, separators=(",", ":")).encode()


def document(programme):
    """The programme as plain dicts and lists; empty values are left out."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "conference": _filled(title=programme.title, acronym=programme.acronym, timezone=programme.timezone),
        "rooms": [{"name": room.name} for room in programme.rooms],
        "tracks": [_filled(name=track.name, colour=track.colour) for track in programme.tracks],
        "people": [_person(person) for person in programme.people],
        "sessions": [_session(session) for session in programme.sessions],
    }


def _person(person):
    return _filled(
        guid=person.guid,
        number=person.number,
        name=person.name,
        given=person.given,
        middle=person.middle,
        family=person.family,
    )


def _session(session):
    return _filled(
        guid=session.guid,
        number=session.number,
        title=session.title,
        subtitle=session.subtitle,
        kind=session.kind,
        room=session.room,
        track=session.track,
        day=session.day.isoformat(),
        starts=session.starts.isoformat(),
        ends=session.ends.isoformat(),
        language=session.language,
        abstract=session.abstract,
        description=session.description,
        origin_url=session.origin_url,
        withdrawn=session.withdrawn,
        links=_links(session),
        people=[{"person": part.person, "role": part.role} for part in session.people],
        presentations=[_presentation(talk) for talk in session.presentations],
    )


def _presentation(talk):
    return _filled(
        guid=talk.guid,
        number=talk.number,
        title=talk.title,
        kind=talk.kind,
        track=talk.track,
        minutes=talk.minutes,
        starts=talk.starts.isoformat() if talk.starts else "",
        award=talk.award,
        board=talk.board,
        withdrawn=talk.withdrawn,
        abstract=talk.abstract,
        keywords=list(talk.keywords),
        links=_links(talk),
        authors=[_author(author) for author in talk.authors],
    )


def _author(author):
    places = [
        _filled(
            institution=place.institution,
            department=place.department,
            city=place.city,
            state=place.state,
            country=place.country,
        )
        for place in author.affiliations
    ]
    return _filled(person=author.person, presenting=author.presenting, affiliations=places)


def _links(item):
    return [_filled(url=link.url, title=link.title, kind=link.kind) for link in item.links]


def _filled(**values):
    return {name: value for name, value in values.items() if value not in ("", None, [], False, 0)}
