"""Words as both databases keep and ask for them: no case, no accents, cut where words end; the same here as there, whatever either would do by itself."""

import re
from functools import lru_cache

from conference.kernel import fold

MOST_LETTERS = 60
# Chinese and Japanese are written without spaces: each sign is a word, and several a phrase.
_SIGNS = "\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# Vowels of Indian and South-East Asian scripts are marks to Unicode, and parts of words nevertheless.
_VOWELS = "\u0900-\u0963\u0966-\u0dff\u0e01-\u0e3a\u0e40-\u0eff\u0f40-\u0fbc\u1000-\u1049\u1780-\u17d3"
_WORD = re.compile(f"[{_SIGNS}]|(?:[^\\W_{_SIGNS}]|[{_VOWELS}])+")
# Letters that Unicode does not take apart, as they are typed by those who do not have them.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_SPELT = re.compile(f"[{_SIGNS}]|(?:[^\\W_{_SIGNS}]|[{_VOWELS}\u0300-\u036f])+")


def words_of(text):
    """The folded words of a text, in order."""
    if text.isascii():
        return _cut(text.lower())
    return _cut(" ".join(word.lower() if word.isascii() else _bare(word) for word in text.split()))


def spelt(text):
    """(start, end, folded words) of each word of a text as it is written."""
    found = ((each.start(), each.end(), each[0]) for each in _SPELT.finditer(text))
    return [(start, end, [word.lower()] if word.isascii() else words_of(word)) for start, end, word in found]


def _cut(text):
    return [word[:MOST_LETTERS] for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def _bare(word):
    return fold(word).translate(_PLAIN)
