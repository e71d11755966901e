"""Writes a programme as nested JSON: the form in which a release is kept, and that reads back to the same programme."""

import json

from conference.schedule.formats.embargo import GROUPS

FORMAT = "plenary.programme"
VERSION = 2


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
        "kinds": [_filled(name=kind.name, minutes=kind.minutes) for kind in programme.kinds],
        "embargoes": [_rule(rule) for rule in programme.embargoes],
        "people": [_person(person) for person in programme.people],
        "abstracts": [_abstract(abstract) for abstract in programme.abstracts],
        "sessions": [_session(session) for session in programme.sessions],
    }


def _rule(rule):
    return _filled(
        group=rule.group,
        anchor=rule.anchor,
        kind=rule.kind,
        at=_instant(rule.at),
        clock=rule.clock.isoformat("seconds" if rule.clock.second else "minutes") if rule.clock else "",
    )


def _person(person):
    # Nothing to disclose is an answer, and something else than none.
    told = {} if person.disclosure is None else {"disclosure": person.disclosure}
    return told | _filled(
        guid=person.guid,
        number=person.number,
        name=person.name,
        given=person.given,
        middle=person.middle,
        family=person.family,
    )


def _abstract(abstract):
    return _filled(
        guid=abstract.guid,
        number=abstract.number,
        title=abstract.title,
        status=abstract.status,
        late_breaking=abstract.late_breaking,
        award=abstract.award,
        sections=[_filled(heading=part.heading, text=part.text) for part in abstract.sections],
        topics=list(abstract.topics),
        links=_links(abstract),
        authors=[_author(author) for author in abstract.authors],
        embargo=_embargo(abstract.embargo),
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
        parent=session.parent,
        capacity=session.capacity,
        links=_links(session),
        people=[{"person": part.person, "role": part.role} for part in session.people],
        presentations=[_presentation(talk) for talk in session.presentations],
    )


def _presentation(talk):
    """A presentation; what it has from the abstract that it presents stands with that one."""
    own = {} if talk.submission else _of_its_own(talk)
    return own | _filled(
        guid=talk.guid,
        number=talk.number,
        kind=talk.kind,
        track=talk.track,
        minutes=talk.minutes,
        starts=_instant(talk.starts),
        board=talk.board,
        hall=talk.hall,
        submission=talk.submission,
        withdrawn=talk.withdrawn,
        embargo=_embargo(talk.embargo),
        closed=[group for group in GROUPS if group in talk.closed],
    )


def _of_its_own(talk):
    return _filled(
        title=talk.title,
        award=talk.award,
        late_breaking=talk.late_breaking,
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
            ror=place.ror,
        )
        for place in author.affiliations
    ]
    return _filled(
        person=author.person, presenting=author.presenting, corresponding=author.corresponding, affiliations=places
    )


def _embargo(embargo):
    return _filled(**{group: _instant(embargo.of(group)) for group in GROUPS})


def _instant(moment):
    return moment.isoformat() if moment else ""


def _links(item):
    return [_filled(url=link.url, title=link.title, kind=link.kind) for link in item.links]


def _filled(**values):
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, False, 0)}
