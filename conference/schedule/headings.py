"""What a programme can be looked up by: institutions, topics, tracks, rooms and kinds, each with what stands under it.

Made of a programme as somebody sees it, so that an index names nothing that is held back.
"""

import hashlib
import re
from dataclasses import dataclass, field

from conference.kernel import fold

INDEXES = ("institutions", "topics", "tracks", "rooms", "kinds")
LONGEST_SLUG = 60


@dataclass(slots=True)
class Heading:
    """One entry of an index: sessions and (session, presentation) in order of time, guids of people, `ror` of an institution.

    A presentation that stands in one of the sessions is not counted again.
    """

    slug: str
    name: str
    ror: str = ""
    sessions: list = field(default_factory=list)
    talks: list = field(default_factory=list)
    people: dict = field(default_factory=dict)


def headings(programme):
    """{index: {slug: Heading}}; institutions and topics by name, the others in the programme's order."""
    return {
        "institutions": _by_name(_institutions(programme)),
        "topics": _by_name(_topics(programme)),
        "tracks": _of_items(programme, [track.name for track in programme.tracks], _tracks_of),
        "rooms": _of_items(programme, [room.name for room in programme.rooms], _rooms_of),
        "kinds": _of_items(programme, [kind.name for kind in programme.kinds], _kinds_of, same=fold),
    }


def slug_of(name):
    """The part of an address that stands for a name, the same in every release; two names never share one."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_SLUG].strip("-")
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{words or 'x'}-{mark}"


def institution_slugs(programme):
    """{(name, ror): slug}: by its ROR where it has one or where all of that name who give one give the same, else by the folded name."""
    written = {(place.institution, place.ror): fold(place.institution) for *_rest, place in _places(programme)}
    known = {}
    for (_name, ror), folded in written.items():
        if ror and folded:
            known.setdefault(folded, set()).add(ror)
    return {
        (name, ror): ror or (next(iter(known[folded])) if len(known.get(folded, ())) == 1 else slug_of(folded))
        for (name, ror), folded in written.items()
    }


def letter_of(name):
    """The letter under which a name is filed; "#" for what begins with none."""
    first = fold(name)[:1].upper()
    return first if first.isalpha() else "#"


def _institutions(programme):
    slugs, found = institution_slugs(programme), {}
    for session, talk, author, place in _places(programme):
        slug = slugs[place.institution, place.ror]
        ror = "" if "-" in slug else slug
        heading = found.setdefault(slug, Heading(slug, place.institution, ror))
        heading.name = heading.name or place.institution
        _add(heading.talks, (session, talk))
        heading.people[author.person] = None
    for heading in found.values():
        heading.name = heading.name or f"https://ror.org/{heading.ror}"
    return found


def _topics(programme):
    found = {}
    for session, talk in _talks(programme):
        for topic in talk.keywords:
            slug = slug_of(fold(topic))
            _add(found.setdefault(slug, Heading(slug, topic)).talks, (session, talk))
    return found


def _of_items(programme, names, names_of, *, same=str):
    """Sessions by the names they go by, and those presentations whose session does not stand there itself."""
    found = {slug_of(same(name)): Heading(slug_of(same(name)), name) for name in names}

    def heading(name):
        return found.setdefault(slug_of(same(name)), Heading(slug_of(same(name)), name))

    for session in programme.sessions:
        own = {same(name) for name in names_of(session) if name}
        for name in dict.fromkeys(filter(None, names_of(session))):
            _add(heading(name).sessions, session)
        for talk in session.presentations:
            for name in names_of(talk):
                if name and same(name) not in own:
                    _add(heading(name).talks, (session, talk))
    return {slug: each for slug, each in found.items() if each.sessions or each.talks}


def _tracks_of(item):
    return (item.track,)


def _rooms_of(item):
    return (item.hall if hasattr(item, "hall") else item.room,)


def _kinds_of(item):
    return (item.kind,)


def _talks(programme):
    return ((session, talk) for session in programme.sessions for talk in session.presentations)


def _places(programme):
    """(session, presentation, authorship, affiliation) wherever an institution is named."""
    return (
        (session, talk, author, place)
        for session, talk in _talks(programme)
        for author in talk.authors
        for place in author.affiliations
        if place.institution or place.ror
    )


def _by_name(found):
    return dict(sorted(found.items(), key=lambda pair: (fold(pair[1].name), pair[0])))


def _add(items, item):
    """Items come in order, so that one that is named twice stands last already."""
    if not items or (items[-1] is not item and items[-1] != item):
        items.append(item)
