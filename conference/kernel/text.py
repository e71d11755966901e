"""What people type, made safe to keep on both databases."""

import re
import unicodedata

# Bidirectional overrides can make a name read as something else on a badge or in a letter (Trojan Source).
_BIDI_OVERRIDES = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
# HTML calls noncharacters a fault, XML 1.0 knows no U+FFFE and U+FFFF: a programme that held one could not be exported.
_NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))]
_DROPPED = dict.fromkeys(_BIDI_OVERRIDES + _NONCHARACTERS)
_SPACES = re.compile(r"[^\S\n]+")


def clean_text(text):
    """`text` in NFC without NUL, surrogates, noncharacters, controls and bidi overrides; lines are kept, ends trimmed.

    PostgreSQL refuses NUL and both databases refuse lone surrogates, so they never get that far.
    """
    # Most lines, of which a programme has hundreds of thousands: nothing of them is dropped, and their spaces are plain.
    if text.isprintable():
        return " ".join(unicodedata.normalize("NFC", text).split())
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)
    kept = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def clean_line(text):
    """As `clean_text`, on one line."""
    return " ".join(clean_text(text).split())


def whole_number(text, digits):
    """The whole number that `text` writes in at most so many ASCII digits, else None.

    int() alone takes signs, blanks, digits of every script, and numbers that no database holds.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def fold(text):
    """`text` for comparing and searching: no case, no accents, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())
