"""Finds sessions, talks and people of one release: an inverted index in memory, accents folded, words begun.

At 1,500 presentations this takes some megabytes and well under a millisecond a question, is the same on every database,
and can never show what was not released (see docs/decisions/programme-search.md).
"""

import re
from bisect import bisect_left
from collections import defaultdict

from conference.kernel import fold
from conference.schedule.formats.text import plain

_WORD = re.compile(r"\w+")
MOST_WORDS = 8
MOST_RESULTS = 200
# Where a word stands decides how much it counts.
TITLE, PERSON, PLACE, TEXT = 12, 8, 3, 1


class Index:
    """Words to the entries that hold them; an entry is ("session" | "presentation" | "person", number)."""

    def __init__(self, published):
        self._places = defaultdict(dict)
        self._order = {}
        self._add_all(published)
        self._words = sorted(self._places)

    def find(self, question):
        """Entries that hold a word beginning with each word of the question, the best first."""
        words = list(dict.fromkeys(words_of(question)))[:MOST_WORDS]
        if not words:
            return []
        scores = self._begins_with(words[0])
        for word in words[1:]:
            more = self._begins_with(word)
            scores = {entry: score + more[entry] for entry, score in scores.items() if entry in more}
        return sorted(scores, key=lambda entry: (-scores[entry], self._order[entry]))[:MOST_RESULTS]

    def _begins_with(self, word):
        found = {}
        for place in range(bisect_left(self._words, word), len(self._words)):
            known = self._words[place]
            if not known.startswith(word):
                break
            whole = 2 if known == word else 1
            for entry, weight in self._places[known].items():
                found[entry] = max(found.get(entry, 0), weight * whole)
        return found

    def _add_all(self, published):
        for session in published.programme.sessions:
            names = " ".join(published.people[part.person].name for part in session.people)
            place = f"{session.room} {session.track} {session.kind}"
            self._add(("session", session.number), session, names, place)
            for talk in session.presentations:
                self._add(("presentation", talk.number), talk, _authors(published, talk), _about(talk, session))
        for person in published.programme.people:
            entry = ("person", person.number)
            self._order[entry] = len(self._order)
            self._put(entry, person.name, PERSON)

    def _add(self, entry, item, names, place):
        self._order[entry] = len(self._order)
        self._put(entry, plain(item.abstract), TEXT)
        self._put(entry, place, PLACE)
        self._put(entry, names, PERSON)
        self._put(entry, item.title, TITLE)

    def _put(self, entry, text, weight):
        for word in words_of(text):
            places = self._places[word]
            if places.get(entry, 0) < weight:
                places[entry] = weight


def words_of(text):
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def _authors(published, talk):
    return " ".join(published.people[author.person].name for author in talk.authors)


def _about(talk, session):
    places = {place.institution for author in talk.authors for place in author.affiliations}
    return " ".join([talk.kind, talk.track, talk.award, talk.board, session.room, *talk.keywords, *places])
