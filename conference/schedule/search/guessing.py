"""What somebody may have meant who has found nothing: words of titles and names that are spelt almost so."""

from bisect import bisect_left
from difflib import get_close_matches

from conference.schedule.embargo import HIDDEN_TITLE
from conference.schedule.search.words import spelt

LEAST_LETTERS, MOST_LETTERS = 3, 40
LIKENESS = 0.75  # of difflib's ratio: one letter in four or five may differ


def guessed(programme, text):
    """The text with words that no title or name begins with replaced by ones that some have; None where there is none to replace."""
    known = _known(programme)
    pieces, at, is_other = [], 0, False
    for start, end, words in spelt(text):
        better = _like(words[0], *known) if len(words) == 1 else None
        if better:
            pieces += [text[at:start], better]
            at, is_other = end, True
    return "".join([*pieces, text[at:]]) if is_other else None


def _like(word, spellings, in_order):
    """How a word that is spelt like this one is written; None for one that is known, is very short, or is like no other."""
    place = bisect_left(in_order, word)
    is_known = place < len(in_order) and in_order[place].startswith(word)
    if is_known or not LEAST_LETTERS <= len(word) <= MOST_LETTERS:
        return None
    near = [each for each in in_order if each[0] == word[0] and abs(len(each) - len(word)) <= 2]
    found = get_close_matches(word, near, 1, LIKENESS)
    return spellings[found[0]] if found else None


def _known(programme):
    """({folded word: as it is written}, the folded words in order) of a Published programme, made once."""
    if "spellings" not in programme.kept:
        spellings = {}
        for text in _texts(programme.programme):
            for start, end, words in spelt(text):
                if len(words) == 1 and len(words[0]) >= LEAST_LETTERS:
                    spellings.setdefault(words[0], text[start:end])
        programme.kept["spellings"] = spellings, sorted(spellings)
    return programme.kept["spellings"]


def _texts(programme):
    for session in programme.sessions:
        yield session.title
        yield from (talk.title for talk in session.presentations if talk.title != HIDDEN_TITLE)
    yield from (person.name for person in programme.people)
