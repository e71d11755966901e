"""What a page of the search shows: rows of what was found, with the places where it was found."""

from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from flask_babel import get_locale
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


class _Known(NamedTuple):
    """What a hit is made of, whatever was asked: its row, its day in words, texts by the label that they are shown with, and long texts."""

    row: pages.Row
    day: str
    listed: tuple
    texts: tuple


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
    return _hit(_("Session"), _kept(_known_session, place, programme, number), marker)


def _talk(place, programme, number, marker):
    return _hit(_("Presentation"), _kept(_known_talk, place, programme, number), marker)


def _kept(make, place, programme, number):
    """The _Known that is made of the session or talk of a number, once a release and language."""
    key = (str(get_locale()), make.__name__, number)
    if key not in programme.kept:
        programme.kept[key] = make(place, programme, number)
    return programme.kept[key]


def _known_session(place, programme, number):
    session = programme.sessions[number]
    row = pages.row_of_session(programme, place, session)
    hidden = _hidden(row, (programme.people[part.person].name for part in session.people))
    texts = (plain(session.abstract), plain(session.description))
    return _Known(row, words.long_day(session.day), ((_("People"), hidden),), texts)


def _known_talk(place, programme, number):
    session, talk = programme.presentations[number]
    row = pages.row_of_talk(programme, place, session, talk)
    listed = (
        (_("Authors"), _hidden(row, (programme.people[author.person].name for author in talk.authors))),
        (_("Affiliations"), words.affiliation_lines(talk)),
        (_("Topics"), talk.keywords),
        (_("Award"), (talk.award,)),
    )
    return _Known(row, words.long_day(session.day), listed, (plain(talk.abstract),))


def _hit(kind, known, marker):
    row = known.row
    notes = [each for label, texts in known.listed for each in _listed(label, texts, marker)]
    notes += [("", part) for part in map(marker.part, known.texts) if part]
    marked = replace(row, people=marker.whole(row.people) or row.people)
    return Hit(kind, known.day, marked, marker.whole(row.title) or row.title, notes)


def _hidden(row, names):
    """The names that a row leaves out of a long list."""
    return tuple(name for name in names if name not in row.people)


def _listed(label, texts, marker):
    found = filter(None, map(marker.whole, texts))
    return [(label, each) for each in islice(found, MOST_LINES)]
