"""What a page of the search shows: rows of what was found, with the places where it was found."""

from dataclasses import replace
from typing import NamedTuple

from flask_babel import gettext as _

from conference.schedule import pages, preparing, words
from conference.schedule.formats.text import plain
from conference.schedule.search import asking, guessing
from conference.schedule.search.marking import Marker
from conference.schedule.search.question import understood

MOST_NEAR = 5
MOST_LINES = 2


class Hit(NamedTuple):
    """One thing found: its kind in words, its day, its row, its title and people as Markup, and [(label, Markup)] of where else it was found."""

    kind: str
    day: str
    row: pages.Row
    title: object
    notes: list


class Person(NamedTuple):
    """Somebody found."""

    kind: str
    href: str
    name: object
    affiliation: object


def all_hits(place, programme, question):
    """[(kind, number)] of all that a Question finds in what the public may see, the best first."""
    if not question.wanted:
        return []
    wanted = place.release_id, programme.opening
    found = asking.hits(*wanted, question)
    if not found and not asking.is_ready(*wanted):
        preparing.prepare(*wanted)
        found = asking.hits(*wanted, question)
    return found


def near(place, programme, question):
    """A few hits that hold some of what is wanted, for a Question that finds nothing."""
    if len(question.wanted) < 2:
        return []
    return asking.near(place.release_id, programme.opening, question, MOST_NEAR)


def meant(place, programme, text):
    """A question like the one that a text asks and that finds nothing, which finds something; or None."""
    better = guessing.guessed(programme, text)
    return better if better and asking.hits(place.release_id, programme.opening, understood(better)) else None


def shown(place, programme, hits, question):
    """The Hit or Person of each of some hits."""
    marker = Marker(question)
    show = {"person": _person, "session": _session, "presentation": _talk}
    return [show[kind](place, programme, number, marker) for kind, number in hits]


def _person(place, programme, number, marker):
    name, href, affiliation = words.person_link(programme, place, programme.people_by_number[number].guid)
    return Person(_("Person"), href, marker.whole(name) or name, marker.whole(affiliation) or affiliation)


def _session(place, programme, number, marker):
    session = programme.sessions[number]
    notes = _notes([marker.part(plain(text)) for text in (session.abstract, session.description)])
    row = pages.row_of_session(programme, place, session)
    hidden = _hidden(row, (programme.people[part.person].name for part in session.people))
    return _hit(_("Session"), session, row, marker, [*_listed(_("People"), hidden, marker), *notes])


def _talk(place, programme, number, marker):
    session, talk = programme.presentations[number]
    row = pages.row_of_talk(programme, place, session, talk)
    hidden = _hidden(row, (programme.people[author.person].name for author in talk.authors))
    places = dict.fromkeys(place for author in talk.authors for place in author.affiliations)
    affiliations = list(map(words.affiliation_line, places))
    notes = [
        *_listed(_("Authors"), hidden, marker),
        *_listed(_("Affiliations"), affiliations, marker),
        *_listed(_("Topics"), talk.keywords, marker),
        *_listed(_("Award"), [talk.award], marker),
        *_notes([marker.part(plain(talk.abstract))]),
    ]
    return _hit(_("Presentation"), session, row, marker, notes)


def _hit(kind, session, row, marker, notes):
    return Hit(
        kind, words.long_day(session.day), replace(row, people=marker.whole(row.people) or row.people),
        marker.whole(row.title) or row.title, notes,
    )  # fmt: skip


def _hidden(row, names):
    """The names that a row leaves out of a long list."""
    return [name for name in names if name not in row.people]


def _listed(label, texts, marker):
    found = [each for each in map(marker.whole, texts) if each][:MOST_LINES]
    return [(label, each) for each in found]


def _notes(parts):
    return [("", part) for part in parts if part]
