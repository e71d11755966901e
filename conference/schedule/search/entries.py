"""What of a programme is found by which words; made of what its readers may see, so that nothing can be found before its time."""

from itertools import chain, islice
from typing import NamedTuple

from conference import people
from conference.schedule.formats.embargo import LISTING
from conference.schedule.formats.text import plain
from conference.schedule.search.words import words_of

# PostgreSQL's tsvector counts places to 16,383 and holds a megabyte; the longest abstract of an imported file is longer.
MOST_WORDS = 4000
MOST_PEOPLE, MOST_PLACES = 1000, 1000
BETWEEN = "_"  # no word has one, so no phrase goes from one field into the next


class Entry(NamedTuple):
    """A session, presentation or person with the words of its fields."""

    kind: str
    number: int
    title: list[str]
    people: list[str]
    places: list[str]
    text: list[str]

    @property
    def words(self):
        """All words in order, with a mark between fields."""
        fields = (self.title, self.people, self.places, self.text)
        return list(islice(chain.from_iterable([*field, BETWEEN] for field in fields), MOST_WORDS))


def entries(programme):
    """The Entry of everybody and everything in a Programme as it is seen: people first, then in order of time."""
    found = {person.guid: person for person in programme.people}
    places = _places_of_people(programme)
    for person in programme.people:
        yield _entry("person", person.number, person.name, places=places.get(person.guid, ()))
    for session in programme.sessions:
        names = [found[part.person].name for part in session.people]
        about = [session.room, session.track, session.kind]
        text = [session.abstract, session.description]
        yield _entry("session", session.number, f"{session.title} {session.subtitle}", names, about, text)
        for talk in session.presentations:
            yield _talk(session, talk, found)


def places_of(talk):
    """The lines of affiliations of a presentation, each once, as they are searched."""
    return list(dict.fromkeys(_line(place) for author in talk.authors for place in author.affiliations))


def _talk(session, talk, found):
    names = [found[author.person].name for author in talk.authors]
    about = [talk.kind, talk.track, talk.award, talk.board, session.room, talk.hall, *talk.keywords, *places_of(talk)]
    # Words of ours that stand for a title are none of its own.
    title = "" if LISTING in talk.closed else talk.title
    return _entry("presentation", talk.number, title, names, about, [talk.abstract])


def _entry(kind, number, title, names=(), places=(), texts=()):
    return Entry(
        kind,
        number,
        words_of(title),
        words_of(" ".join(names))[:MOST_PEOPLE],
        words_of(" ".join(dict.fromkeys(places)))[:MOST_PLACES],
        words_of(" ".join(plain(text) for text in texts)),
    )


def _places_of_people(programme):
    found = {}
    for session in programme.sessions:
        for talk in session.presentations:
            for author in talk.authors:
                found.setdefault(author.person, []).extend(map(_line, author.affiliations))
    return found


def _line(place):
    country = people.country_name(place.country, "en")
    return " ".join([place.department, place.institution, place.city, place.state, country])
