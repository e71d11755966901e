"""Places a face on A6: where each text stands, how large, and in which colours; millimetres from the top left.

The top 10 mm stay free for the slot of a lanyard. Names and affiliation share one column; the affiliation is set first, so
that a short one leaves more room for the name. QR, its code and the ribbons stand under the column, the band at the foot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conference import pdf
from conference.badges import rules
from conference.badges.fitting import Fitted, Part, Row, Rung, fit_stack, stack_height
from conference.badges.rules import BadgeFace

WIDTH, HEIGHT = 105.0, 148.0
MARGIN = 8.0
COLUMN = WIDTH - 2 * MARGIN
LEAST_NAME = 40.0  # mm kept for the name however long the institution is
AFFILIATION_GAP = 3.0
UNKNOWN_LANGUAGE = "en"  # measured and printed alike: it decides which fonts fill in for one another
INK, SOFT_INK = "#14181d", "#414b57"
RIBBON_GAP, RIBBON_HIGHEST, RIBBON_PADDING = 1.4, 7.0, 2.2
QR_MODULE = 1.12


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


MEETING = Box(MARGIN, 11, COLUMN, 12)
WHO = Box(MARGIN, 26, COLUMN, 66)
EDGE = Box(-1, -1, WIDTH + 2, 4)  # beyond the paper, or a printer's rounding leaves a white hair
BAND = Box(-1, 130, WIDTH + 2, HEIGHT - 130 + 1)
BAND_TEXT = Box(MARGIN, 131, COLUMN, 16)
QR = Box(WIDTH - MARGIN - 21 * QR_MODULE, 97, 21 * QR_MODULE, 21 * QR_MODULE)
CODE = Box(QR.left - 4, QR.bottom + 4 * QR_MODULE, QR.width + 8, 4)
RIBBONS = Box(MARGIN, 96, QR.left - 4 * QR_MODULE - MARGIN - 2, 30)

HEADLINE = (Rung(1, 54, 34), Rung(2, 46, 25), Rung(3, 32, 13))
SURNAME = (Rung(1, 30, 18), Rung(2, 24, 13), Rung(3, 16, 9))
DEGREES = (Rung(1, 14, 10), Rung(2, 11, 7))
INSTITUTION = (Rung(1, 15, 13), Rung(2, 14, 11), Rung(3, 12, 8))
COUNTRY = (Rung(1, 13, 9), Rung(2, 9, 7))
TITLE = (Rung(1, 11.5, 8.5), Rung(2, 9.5, 6))
WHEN = (Rung(1, 8.5, 6.5), Rung(2, 7, 5))
CATEGORY = (Rung(1, 30, 15), Rung(2, 16, 9))
RIBBON = (Rung(1, 11, 7), Rung(2, 7, 4))


@dataclass(frozen=True, slots=True)
class Placed:
    """A stack of fitted texts in its box, beginning at `top`; `ground` is painted behind the whole box when there is one."""

    name: str
    box: Box
    top: float
    texts: tuple[Fitted, ...]
    ink: str = INK
    ground: str = ""

    def rows(self) -> Iterator[tuple[Fitted, Row, float]]:
        """Each line after the text it belongs to, and where its box begins."""
        top = self.top
        for number, text in enumerate(self.texts):
            top += text.part.gap if number else 0
            for row in text.rows:
                yield text, row, top
                top += row.height


@dataclass(frozen=True, slots=True)
class Layout:
    """Stacks ready to be written; `missing` holds the characters that no installed font has."""

    language: str
    rtl: bool
    stacks: tuple[Placed, ...]
    missing: frozenset[str]


def lay_out(face: BadgeFace) -> Layout:
    """The whole badge."""
    shared, own = lay_out_stationery(face), lay_out_person(face)
    return Layout(own.language, own.rtl, (*shared.stacks, *own.stacks), shared.missing | own.missing)


def stationery_key(face: BadgeFace) -> tuple:
    """Equal for faces that share their stationery."""
    return face.meeting, face.when_where, face.category, face.colour, face.language, pdf.is_rtl(face.headline)


def lay_out_stationery(face: BadgeFace) -> Layout:
    """What this badge shares with all of its meeting and category: heading, band."""
    writer = _Writer(face.language)
    stacks = (_meeting(face, writer), _edge(face), _band(face, writer))
    return Layout(writer.language, pdf.is_rtl(face.headline), stacks, frozenset(writer.missing))


def lay_out_person(face: BadgeFace) -> Layout:
    """What is this person's own: names, affiliation, ribbons, code."""
    writer = _Writer(face.language)
    stacks = (*_who(face, writer), *_ribbons(face, writer), _code(face, writer))
    return Layout(writer.language, pdf.is_rtl(face.headline), stacks, frozenset(writer.missing))


class _Writer:
    """Makes parts of one face, remembering the characters it had to replace."""

    def __init__(self, language: str):
        self.language = language or UNKNOWN_LANGUAGE
        self.missing: set[str] = set()

    def part(self, kind: str, text: str, ladder: Sequence[Rung], **options) -> Part:
        text, missing = pdf.replace_missing(text)
        self.missing |= missing
        return Part(kind, text, tuple(ladder), language=self.language, **options)


def _meeting(face: BadgeFace, writer: _Writer) -> Placed:
    title = writer.part("title", face.meeting, TITLE, weight=700, leading=1.2)
    when = writer.part("when", face.when_where, WHEN, leading=1.2)
    return _placed("meeting", MEETING, (title, when))


def _who(face: BadgeFace, writer: _Writer) -> tuple[Placed, Placed]:
    names = (
        writer.part("headline", face.headline, HEADLINE, weight=700, leading=1.08),
        writer.part("surname", face.surname, SURNAME, leading=1.15),
        writer.part("degrees", face.degrees, DEGREES, gap=1.2),
    )
    from_where = (
        writer.part("guest", face.guest_of, INSTITUTION, leading=1.25),
        writer.part("institution", face.affiliation, INSTITUTION, leading=1.25),
        writer.part("country", face.country, COUNTRY, weight=700, gap=0.8),
    )
    below = fit_stack(from_where, width=WHO.width, height=WHO.height - LEAST_NAME - AFFILIATION_GAP)
    room = WHO.height - AFFILIATION_GAP - stack_height(below)
    above = fit_stack(names, width=WHO.width, height=room)
    top = WHO.top + (room - stack_height(above)) * 0.3
    under = top + stack_height(above) + AFFILIATION_GAP
    return (
        Placed("names", Box(WHO.left, WHO.top, WHO.width, room), top, above),
        Placed("from", Box(WHO.left, under, WHO.width, WHO.bottom - under), under, below),
    )


def _edge(face: BadgeFace) -> Placed:
    """The category's colour along the upper edge, seen when a jacket hides the band."""
    return Placed("edge", EDGE, EDGE.top, (), ground=face.colour)


def _ribbons(face: BadgeFace, writer: _Writer) -> list[Placed]:
    count = len(face.ribbons)
    high = min(RIBBON_HIGHEST, (RIBBONS.height + RIBBON_GAP) / max(count, 1) - RIBBON_GAP)
    lowest = RIBBONS.bottom - count * (high + RIBBON_GAP) + RIBBON_GAP
    placed = []
    for number, ribbon in enumerate(face.ribbons):
        part = writer.part("ribbon", ribbon.label, RIBBON, weight=700, leading=1.1)
        text = fit_stack((part,), width=RIBBONS.width - 2 * RIBBON_PADDING, height=high - 0.4)
        width = max((each.width for each in text), default=0) / 0.995 + 2 * RIBBON_PADDING
        box = Box(RIBBONS.left, lowest + number * (high + RIBBON_GAP), min(width, RIBBONS.width), high)
        top = box.top + (high - stack_height(text)) / 2
        placed.append(Placed("ribbon", box, top, text, rules.ink_on(ribbon.colour), ribbon.colour))
    return placed


def _code(face: BadgeFace, writer: _Writer) -> Placed:
    part = writer.part("code", rules.spaced(face.code), (Rung(1, 8.5, 6),), leading=1.1)
    return _placed("code", CODE, (part,), SOFT_INK)


def _band(face: BadgeFace, writer: _Writer) -> Placed:
    part = writer.part("category", face.category, CATEGORY, weight=700, leading=1.1)
    text = fit_stack((part,), width=BAND_TEXT.width, height=BAND_TEXT.height)
    top = BAND_TEXT.top + (BAND_TEXT.height - stack_height(text)) / 2
    return Placed("band", BAND, top, text, rules.ink_on(face.colour), face.colour)


def _placed(name: str, box: Box, parts: Sequence[Part], ink: str = INK) -> Placed:
    return Placed(name, box, box.top, fit_stack(parts, width=box.width, height=box.height), ink)
