"""Where in a text something was found: the text escaped, with the words that were asked for marked."""

import re

from markupsafe import Markup, escape

from conference.schedule.search.words import spelt

LONGEST = 240
BEFORE = 50  # letters that lead up to the first word that was found
MOST = 200  # found words of a text that are looked at: each is held against each


class Marker:
    """Marks the words of a Question in texts."""

    def __init__(self, question):
        self._terms = question.wanted
        self._asked = {word for term in self._terms for word in term.words}
        self._begun = tuple(term.words[-1] for term in self._terms if term.begun)
        self._in_ascii = _pattern(self._asked, self._begun)

    def whole(self, text):
        """The text as Markup with all found words marked; None where it has none."""
        found = self._found(text)
        return _marked(text, 0, len(text), found) if found else None

    def part(self, text):
        """The part of a long text that holds most of what was asked for; None where there is nothing."""
        found = self._found(text)
        if not found:
            return None
        first = _best_start(found[:MOST])
        start = _start_of_word(text, max(0, first - BEFORE)) if first > BEFORE else 0
        end = _end_of_word(text, start + LONGEST)
        cut = _marked(text, start, end, found)
        return Markup("{}{}{}").format("…" if start else "", cut, "…" if end < len(text) else "")

    def _found(self, text):
        """[(start, end, terms)] of the words of a text that were asked for."""
        if text.isascii():  # most are, and a long one is looked through in no time
            words = ((each.start(), each.end(), [each[0].lower()]) for each in self._in_ascii.finditer(text))
        else:
            words = (each for each in spelt(text) if any(self._is_asked(word) for word in each[2]))
        return [(start, end, self._terms_of(found)) for start, end, found in words]

    def _is_asked(self, word):
        return word in self._asked or word.startswith(self._begun)

    def _terms_of(self, words):
        return [term for term in self._terms if any(_is_of(word, term) for word in words)]


def _pattern(asked, begun):
    """Finds whole words of ASCII: those asked for, and those that begin as the `begun` ones."""
    words = [*(f"{re.escape(word)}[a-z0-9]*" for word in begun), *map(re.escape, asked)]
    return re.compile(f"(?<![a-z0-9])(?:{'|'.join(words)})(?![a-z0-9])", re.IGNORECASE | re.ASCII)


def _is_of(word, term):
    return word in term.words or (term.begun and word.startswith(term.words[-1]))


def _best_start(found):
    """Where the word begins from which on the most different terms stand in one part; the first of several."""
    return max(found, key=lambda each: (_worth(found, each[0]), -each[0]))[0]


def _worth(found, start):
    within = [terms for begins, end, terms in found if begins >= start and end <= start + LONGEST - BEFORE]
    return len({term for terms in within for term in terms})


def _start_of_word(text, place):
    space = text.rfind(" ", 0, place + 1)
    return space + 1 if place - space < BEFORE else place


def _end_of_word(text, place):
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place + 1)
    return space if place - space < BEFORE else place


def _marked(text, start, end, found):
    pieces, at = [], start
    for begins, ends, _terms in found:
        if begins >= at and ends <= end:
            pieces += [escape(text[at:begins]), Markup("<mark>{}</mark>").format(text[begins:ends])]
            at = ends
    return Markup("").join([*pieces, escape(text[at:end])])
