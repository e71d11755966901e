"""What was typed as a question, understood: words, begun words, phrases, and words that must not occur."""

import re
from typing import NamedTuple

from conference.schedule.search.words import words_of

MOST_TERMS = 16
_PART = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))


class Term(NamedTuple):
    """Words that stand one after the other; of a `begun` one the last word may go on."""

    words: tuple[str, ...]
    begun: bool


class Question(NamedTuple):
    """The Terms that must all be there, those that must not, and whether more was asked than is looked for."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    is_cut: bool = False


def understood(text):
    """The Question that a text asks. Any text is one; where nothing is wanted nothing is asked."""
    wanted, unwanted = {}, {}
    for minus, quoted, bare in _PART.findall(text.translate(_QUOTES)):
        words = tuple(words_of(quoted or bare))
        if words and minus:
            unwanted[Term(words, begun=False)] = None
        elif words:
            wanted[Term(words, begun=bool(bare) and _may_go_on(words[-1]))] = None
    is_cut = len(wanted) > MOST_TERMS or len(unwanted) > MOST_TERMS
    return Question(tuple(wanted)[:MOST_TERMS], tuple(unwanted)[:MOST_TERMS], is_cut)


def _may_go_on(word):
    """A single letter is one: "vitamin C", "hepatitis B". Almost everything begins with it."""
    return len(word) > 1
