"""Which characters the installed fonts can draw, found before anything is printed."""

import re
from functools import lru_cache

from conference.pdf import pango

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")


def missing_glyphs(text: str) -> frozenset[str]:
    """The characters of the text that no installed font has; empty when all will print."""
    return frozenset(character for character in set(text) if character > "\x7f" and not is_covered(character))


def replace_missing(text: str) -> tuple[str, frozenset[str]]:
    """The text with a visible replacement for each character no font has, and those characters.

    U+FFFD says honestly "a character stood here"; a box, a gap or another letter would look like a name.
    """
    missing = missing_glyphs(text)
    if not missing:
        return text, missing
    visible = REPLACEMENT if is_covered(REPLACEMENT) else "?"
    return text.translate({ord(character): visible for character in missing}), missing


def resolve_references(html: str) -> str:
    """Turn numeric references beyond ASCII into characters, so that they are looked at as well."""
    return _REFERENCE.sub(_character, html) if "&#" in html else html


@lru_cache(maxsize=16_384)
def is_covered(character: str) -> bool:
    """Whether some installed font draws this one character."""
    if 0xD800 <= ord(character) <= 0xDFFF:  # half of a pair is no character, and cannot be encoded
        return False
    return pango.unknown_glyphs(character) == 0


def _character(match: re.Match) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    return chr(number) if 0x7F < number < 0xD800 or 0xDFFF < number <= 0x10FFFF else match[0]
