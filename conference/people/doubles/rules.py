"""Whether two people may be one: names folded to words and compared in any order; institution and country add to it or take from it.

What is compared at all shares a mark (`marks_of`), which an index finds; whatever `compare` calls alike shares one.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from conference.kernel import fold

MOST_WORDS, LONGEST_WORD, LONGEST_MARK = 6, 40, 120
ASKED = 3  # from this weight on somebody is asked whether it is the same person

# Letters that are no accented others in Unicode, and the ways in which umlauts are written out: Møller, Moeller, Möller.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
_WRITTEN_OUT = re.compile(r"([aou])e")
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "phd"})
# They tell nobody from anybody: a name is never recognised by one of these alone.
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "el", "la", "le", "ten", "ter", "van", "von"}
)
_OF_EVERY_PLACE = frozenset(
    [
        "university",
        "universitat",
        "universite",
        "universidad",
        "institute",
        "institut",
        "hospital",
        "department",
        "dept",
        "college",
        "school",
        "medical",
        "center",
        "centre",
        "national",
        "clinic",
        "faculty",
        "research",
        "of",
        "the",
        "and",
        "for",
        "de",
        "la",
        "di",
        "du",
        "der",
    ]
)


class Kind(StrEnum):
    """In what two people are alike."""

    ADDRESS = "address"  # the same mailbox, but for what stands behind a plus
    ORCID = "orcid"
    NAME = "name"  # the same words, in any order
    NEARLY = "nearly"  # a slip, a short form, a name more or less
    INITIALS = "initials"


_WEIGHT = {Kind.ADDRESS: 6, Kind.ORCID: 6, Kind.NAME: 5, Kind.NEARLY: 3, Kind.INITIALS: 2}


@dataclass(frozen=True)
class Known:
    """What is known of somebody: of a person, or of a form that is being filled in. Nothing known is an empty text."""

    given_name: str = ""
    family_name: str = ""
    institution: str = ""
    country: str = ""
    email: str = ""
    orcid: str = ""


@dataclass(frozen=True)
class Match:
    """Two people are alike in `kind`; the greater the weight, the more likely they are one."""

    kind: Kind
    weight: int

    @property
    def is_asked(self):
        """Whether it is worth a question before somebody new is entered."""
        return self.weight >= ASKED


def compare(one, other):
    """The Match of two Known, or None when they are not alike."""
    kind = _kind(one, other)
    if kind is None:
        return None
    places = _same_place(one.institution, other.institution), _same_country(one.country, other.country)
    return Match(kind, _WEIGHT[kind] + sum(places))


def marks_of(known):
    """The marks by which somebody is found: each word of the name with the initial of another, the name in one, address, iD."""
    words = words_of(f"{known.given_name} {known.family_name}")
    marks = {f"{word}|{other[0]}" for word in _telling(words) for other in _others(words, word)}
    marks |= {f"={text}" for text in _in_one(known)}
    marks |= {f"@{_mailbox(known.email)}"} if known.email else set()
    marks |= {f"#{known.orcid}"} if known.orcid else set()
    return sorted({mark[:LONGEST_MARK] for mark in marks})


def words_of(text):
    """The words of a name as they are compared: folded, without titles and apostrophes, umlauts that are written out undone."""
    plain = _APOSTROPHES.sub("", fold(text)).translate(_LETTERS)
    apart = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in plain)
    words = [_WRITTEN_OUT.sub(r"\1", word)[:LONGEST_WORD] for word in apart.split()]
    return ([word for word in words if word not in _TITLES] or words)[:MOST_WORDS]


def _kind(one, other):
    if one.orcid and one.orcid == other.orcid:
        return Kind.ORCID
    if one.email and other.email and _mailbox(one.email) == _mailbox(other.email):
        return Kind.ADDRESS
    if _in_one(one) & _in_one(other):
        return Kind.NAME
    return _of_words(*(words_of(f"{each.given_name} {each.family_name}") for each in (one, other)))


def _of_words(one, other):
    """Every word of the shorter name has its like in the longer one, two at least, and one of them is the very same."""
    if len(one) > 1 and sorted(one) == sorted(other):
        return Kind.NAME if _telling(one) else None
    same, one, other = _without_same(one, other)
    if not _telling(same):
        return None
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) + len(same) < 2:
        return None
    return _best(shorter, longer)


def _best(shorter, longer):
    """As `_of_words`, for what is left when the same words are taken away."""
    found = None
    for order in permutations(longer, len(shorter)):
        likes = [_like(*pair) for pair in zip(shorter, order, strict=True)]
        if None not in likes:
            if Kind.INITIALS not in likes:
                return Kind.NEARLY
            found = Kind.INITIALS
    return found


def _like(one, other):
    shorter, longer = sorted((one, other), key=len)
    if shorter[0] != longer[0]:
        return None
    if _is_initial(shorter):
        return Kind.INITIALS
    is_short_form = len(shorter) >= 3 and longer.startswith(shorter)
    return Kind.NEARLY if is_short_form or (len(shorter) >= 4 and _one_slip(shorter, longer)) else None


def _one_slip(shorter, longer):
    """Whether one letter too many, too few, another, or two that changed places, make one word of the other."""
    if len(longer) - len(shorter) > 1:
        return False
    at = next((place for place, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2] == longer[at : at + 2][::-1]
    return shorter[at + 1 :] == longer[at + 1 :] or (swapped and shorter[at + 2 :] == longer[at + 2 :])


def _without_same(one, other):
    """(words of both, what is left of the one, what is left of the other)."""
    same, left, rest = [], [], list(other)
    for word in one:
        if word in rest:
            rest.remove(word)
            same.append(word)
        else:
            left.append(word)
    return same, left, rest


def _telling(words):
    """Those by which somebody can be found: neither initials nor particles."""
    return [word for word in words if not _is_initial(word) and word not in _PARTICLES]


def _is_initial(word):
    """A single letter of an alphabet: in other scripts one sign is a name."""
    return len(word) == 1 and ord(word) < 0x0590  # Latin, Greek, Cyrillic and Armenian lie below Hebrew


def _others(words, word):
    """The words beside one of them."""
    rest = list(words)
    rest.remove(word)
    return rest


def _in_one(known):
    """The whole name without its gaps, either part first: Xiao Ming and Xiaoming, van den Berg and Vandenberg."""
    given, family = ("".join(words_of(part)) for part in (known.given_name, known.family_name))
    return {given + family, family + given} - {""}


def _mailbox(email):
    local, _at, domain = email.casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def _same_place(one, other):
    """2 for the same institution, -1 for another one, 0 where it is not known of both."""
    one, other = (set(words_of(text)) for text in (one, other))
    if not one or not other:
        return 0
    telling, others = one - _OF_EVERY_PLACE, other - _OF_EVERY_PLACE
    return 2 if one == other or telling & others else -1


def _same_country(one, other):
    if not one or not other:
        return 0
    return 1 if one == other else -1
