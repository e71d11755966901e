"""What stands on a badge, decided from plain values: which name is large, which ink can be read on which colour."""

import re
import unicodedata
from dataclasses import dataclass, fields

from conference.kernel import clean_line, is_badge_code
from conference.kernel import colour as colours

MAX_TEXT = 1000  # far beyond what any form takes, and still fits
MAX_RIBBONS = 10
MAX_MARKS = 4  # Hebrew with points and accents needs four on a letter; more are a prank that would cover the next line
NEUTRAL = "#1f2a37"

_EAST_ASIAN = ("CJK ", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A small labelled strip, such as Speaker or Board."""

    label: str
    colour: str = NEUTRAL

    def __post_init__(self):
        object.__setattr__(self, "label", printable(self.label))
        object.__setattr__(self, "colour", checked_colour(self.colour))


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeFace:
    """All that one badge shows; a snapshot, so that a badge can be printed again as it was.

    `preferred` is the name its holder goes by and takes the place of `given`; `guest_of` says with whom they come; `language` is a BCP 47 tag that chooses
    between the Chinese, Japanese and Korean forms of a character. ValueError when a value can not stand on a badge.
    """

    code: str
    meeting: str
    category: str
    given: str = ""
    family: str = ""
    preferred: str = ""
    degrees: str = ""
    institution: str = ""
    country: str = ""
    when_where: str = ""
    colour: str = NEUTRAL
    ribbons: tuple[Ribbon, ...] = ()
    language: str = ""
    guest_of: str = ""

    def __post_init__(self):
        for field in fields(self):
            if field.name not in {"ribbons", "colour", "code", "language"}:
                object.__setattr__(self, field.name, printable(getattr(self, field.name)))
        object.__setattr__(self, "colour", checked_colour(self.colour))
        object.__setattr__(self, "ribbons", tuple(self.ribbons))
        if not is_badge_code(self.code):
            raise ValueError(f"{self.code!r} is no badge code")
        if len(self.ribbons) > MAX_RIBBONS:
            raise ValueError(f"a badge carries at most {MAX_RIBBONS} ribbons")
        if not re.fullmatch(r"|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", self.language):
            raise ValueError(f"{self.language!r} is no language tag")

    @property
    def headline(self) -> str:
        """The name read from two metres: preferred or given, or what there is (a company's badge has no person)."""
        if self._is_one_word:
            return self.family + self._called
        return self._called or self.family or self.institution or self.category

    @property
    def surname(self) -> str:
        """The second line; empty when the headline has it already."""
        return "" if self._is_one_word or not self._called else self.family

    @property
    def affiliation(self) -> str:
        """The institution, unless it is the headline."""
        return self.institution if self._called or self.family else ""

    @property
    def spoken(self) -> str:
        """The badge in words, for those who do not see its picture."""
        from_where = (self.guest_of, self.affiliation, self.country)
        lines = (self.headline, self.surname, self.degrees, *from_where, self.category)
        return ", ".join(line for line in (*lines, *(ribbon.label for ribbon in self.ribbons)) if line)

    @property
    def _called(self) -> str:
        return self.preferred or self.given

    @property
    def _is_one_word(self) -> bool:
        """Chinese, Japanese and Korean names are written without a space, family first."""
        return is_east_asian(self._called) and is_east_asian(self.family)


def spaced(code: str) -> str:
    """The code in groups of four, as a person reads it aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def printable(text: str) -> str:
    """The text on one line, cleaned, with at most MAX_MARKS marks stacked on a letter; ValueError beyond MAX_TEXT."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"{len(text)} characters do not fit on a badge, {MAX_TEXT} do")
    return cap_marks(clean_line(text))


def cap_marks(text: str) -> str:
    """The text without the marks beyond MAX_MARKS on one letter, twice as many where a script builds stacks of them."""
    if text.isascii():
        return text
    kept, stacked = [], 0
    for character in text:
        category = unicodedata.category(character)
        stacked = stacked + 1 if category in {"Mn", "Me"} else 0
        if stacked <= (MAX_MARKS if unicodedata.combining(character) else 2 * MAX_MARKS):
            kept.append(character)
    return "".join(kept)


def is_east_asian(text: str) -> bool:
    """Whether the whole text is in Chinese, Japanese or Korean writing."""
    return bool(text) and all(unicodedata.name(letter, "").startswith(_EAST_ASIAN) for letter in text)


def checked_colour(colour: str) -> str:
    """The colour as #rrggbb; ValueError for anything else, so that nothing else reaches a style sheet."""
    if not colours.is_hex(colour):
        raise ValueError(f"{colour!r} is no colour of the form #rrggbb")
    return colour.lower()


def ink_on(colour: str) -> str:
    """White where it can be read (WCAG 2.2, 4.5 to 1), black otherwise: one of the two always can."""
    return colours.WHITE if colours.contrast(colours.WHITE, colour) >= colours.ENOUGH else colours.BLACK
