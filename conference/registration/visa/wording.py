"""The text of a letter with its places to be filled: which there are, which are wrong, and the filled paragraphs."""

import re

# What staff may put into a text, and what a sample of it shows.
PLACES = (
    "name",
    "nationality",
    "birth_date",
    "passport",
    "passport_expires",
    "institution",
    "registered_as",
    "meeting",
    "meeting_dates",
    "meeting_place",
    "first_day",
    "last_day",
    "consulate",
    "society",
)
NEEDED = ("name", "passport", "meeting", "meeting_dates")  # without them it is no letter that a consulate can use
RTL = ("ar", "fa", "he", "ur")
LONGEST = 6000
_PLACE = re.compile(r"\{([^{}]*)\}")
_BREAK = re.compile(r"\n\s*\n")


def unknown_places(text):
    """What stands in braces and is none of PLACES, each once; a brace alone is told as it stands."""
    found = [name for name in _PLACE.findall(text) if name not in PLACES]
    stray = re.findall(r"[{}]", _PLACE.sub("", text))
    return list(dict.fromkeys([f"{{{name}}}" for name in found] + stray))


def missing_places(text):
    """Those of NEEDED that the text does not use."""
    used = set(_PLACE.findall(text))
    return [name for name in NEEDED if name not in used]


def fill(text, values):
    """`text` with each place filled from `values`, once: what stands in a value is never taken for a place."""
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


def paragraphs(text):
    """The parts of a text between empty lines."""
    return [part.strip() for part in _BREAK.split(text) if part.strip()]


def direction(language):
    """How a language is read: "rtl" or "ltr"."""
    return "rtl" if language.split("-")[0] in RTL else "ltr"
