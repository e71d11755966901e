"""Turns a registration into the face of its badge, and a face into a snapshot that can be printed again as it was.

A badge reads the same whoever prints it: dates and countries are written in the meeting's language, not the reader's.
"""

from dataclasses import asdict, fields
from datetime import date
from zlib import crc32

from babel import Locale
from babel.dates import format_date, format_interval

from conference import pdf
from conference.badges import rules
from conference.badges.rules import MAX_RIBBONS, NEUTRAL, BadgeFace, Ribbon
from conference.kernel import new_badge_code

LANGUAGE = "en"

# Unicode gives Chinese, Japanese and Korean forms of a character one number: where somebody works says which is meant.
_LANGUAGES = {
    "CN": "zh-Hans", "SG": "zh-Hans", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant", "JP": "ja", "KR": "ko",
}  # fmt: skip
_RIBBON_COLOURS = (
    "#7a1f5c", "#0b5c6b", "#8a3b12", "#2d4f9e", "#3d6b1f", "#5b3a9e", "#9c1f2e", "#20605a",
)  # fmt: skip


def face_of(registration):
    """The BadgeFace of a registration that is loaded with its person, meeting, category, and whose guest it is."""
    person, meeting, category = registration.person, registration.meeting, registration.category
    return BadgeFace(
        code=registration.badge_code,
        meeting=meeting.title,
        when_where=when_where(meeting),
        category=category.name if category else "",
        colour=_colour(category.band) if category else NEUTRAL,
        given=person.given_name,
        family=person.family_name,
        preferred=called(person.badge_name, person.family_name),
        degrees=person.degrees,
        institution=person.institution,
        country=country_name(person.country),
        ribbons=tuple(Ribbon(label, ribbon_colour(label)) for label in registration.ribbons[:MAX_RIBBONS]),
        language=_LANGUAGES.get(person.country, ""),
        guest_of=f"Guest of {known_as(registration.hosted_by)}" if registration.host_id else "",
    )


def known_as(person):
    """The whole name that stands on somebody's own badge: by the name they go by, and no other, are they told to others."""
    first = called(person.badge_name, person.family_name) or person.given_name
    return " ".join(part for part in (first, person.family_name) if part)


def face_as_written(seat, meeting, *, company):
    """What stands on the badge of a group's seat as its payer wrote it down: its person may correct their own, and has a code of it.

    The code here is nobody's.
    """
    band = seat.category.band
    return BadgeFace(
        code=new_badge_code(),
        meeting=meeting.title,
        when_where=when_where(meeting),
        category=seat.category.name,
        colour=_colour(band),
        given=seat.given_name,
        family=seat.family_name,
        institution=seat.institution or company,
    )


def called(badge_name, family_name):
    """The name somebody goes by without the family name, which has a line of its own: "Bob" of "Bob Smith"."""
    words, family = badge_name.split(), family_name.split()
    folded, wanted = [word.casefold() for word in words], [word.casefold() for word in family]
    size = len(family)
    if not family or len(words) <= size:
        return badge_name
    if folded[-size:] == wanted:
        return " ".join(words[:-size])
    return " ".join(words[size:]) if folded[:size] == wanted else badge_name


def when_where(meeting):
    """ "May 11 – 15, 2027 · Baltimore, United States"."""
    place = ", ".join(part for part in (meeting.city, country_name(meeting.country)) if part)
    return " · ".join(part for part in (_days(meeting.starts, meeting.ends), place) if part)


def country_name(code):
    """The country in the meeting's language; empty for none."""
    return Locale(LANGUAGE).territories.get(code, code) if code else ""


def ribbon_colour(label):
    """A colour for a ribbon, the same at every meeting."""
    return _RIBBON_COLOURS[crc32(label.casefold().encode()) % len(_RIBBON_COLOURS)]


def missing_glyphs(face):
    """The characters of a face that no installed font has."""
    texts = [getattr(face, field.name) for field in fields(face) if field.name != "ribbons"]
    return pdf.missing_glyphs("".join([*texts, *(ribbon.label for ribbon in face.ribbons)]))


def as_snapshot(face):
    """The face as plain values, to be kept; nobody's guest is kept as faces were kept before there were guests."""
    values = {**asdict(face), "ribbons": [asdict(ribbon) for ribbon in face.ribbons]}
    return values if face.guest_of else {name: value for name, value in values.items() if name != "guest_of"}


def from_snapshot(values):
    """The face that was kept."""
    ribbons = tuple(Ribbon(**ribbon) for ribbon in values["ribbons"])
    return BadgeFace(**{**values, "ribbons": ribbons})


def _colour(band):
    """A band that is no colour does not stop a badge."""
    try:
        return rules.checked_colour(band)
    except ValueError:
        return NEUTRAL


def _days(first: date, last: date):
    if first == last:
        return format_date(first, "long", locale=LANGUAGE)
    return format_interval(first, last, "yMMMMd", locale=LANGUAGE)
