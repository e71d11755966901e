"""Chooses type sizes so that any text fits its box: never cut, never over the edge, no word broken without need.

Each text has a ladder of rungs, tried from the top: so many lines at most, from this size down to that. Long words make
the type smaller before they are broken; the last rung takes any number of lines. When a stack of texts is too high for its
box, the whole ladder is scaled down until it is not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from conference import pdf

MM_PER_POINT = 25.4 / 72
_STEP = 0.94  # each size tried is this much smaller: a difference the eye hardly sees
_SLACK = 0.03  # em kept free around the ink, for rounding
_EDGE = 0.998  # of the width


@dataclass(frozen=True, slots=True)
class Rung:
    """At most `lines` lines, in sizes from `largest` down to `smallest` points."""

    lines: int
    largest: float
    smallest: float


@dataclass(frozen=True, slots=True)
class Part:
    """One text and how it may be set; `gap` is the space above it in mm when it is not the first of its stack."""

    kind: str
    text: str
    ladder: tuple[Rung, ...]
    weight: int = 400
    leading: float = 1.15
    gap: float = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its height, and how far its ink reaches beyond its beginning and end; mm."""

    text: str
    height: float
    left_over: float
    right_over: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A part broken into lines; size and leading in points, width of the widest line in mm."""

    part: Part
    size: float
    leading: float
    rtl: bool
    rows: tuple[Row, ...]
    width: float

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def fit_stack(parts: Sequence[Part], *, width: float, height: float) -> tuple[Fitted, ...]:
    """The parts one below the other within `width` x `height` mm."""
    scale = 1.0
    while True:
        fitted = tuple(fit(part, width, scale) for part in parts if part.text)
        excess = stack_height(fitted) / height
        if excess <= 1:
            return fitted
        scale *= min(_STEP, excess**-0.5)


def stack_height(fitted: Sequence[Fitted]) -> float:
    """The height in mm of the parts, and of the gaps between them."""
    return sum(each.height for each in fitted) + sum(each.part.gap for each in fitted[1:])


@lru_cache(maxsize=4096)
def fit(part: Part, width: float, scale: float) -> Fitted:
    """The part in the largest size its ladder allows in this width; institutions and categories come up again and again."""
    rtl = pdf.is_rtl(part.text)
    strut = pdf.shape("x", weight=part.weight, language=part.language)[0]
    for size, most_lines in _sizes(part.ladder, scale):
        lines = _broken(part, rtl, width, size, inside_words=False)
        if len(lines) <= most_lines and _fits(lines, size, width):
            return _fitted(part, rtl, size, lines, strut)
    return _broken_anywhere(part, rtl, width, part.ladder[-1].smallest * scale, strut)


def _broken_anywhere(part: Part, rtl: bool, width: float, size: float, strut: pdf.Line) -> Fitted:
    """The last rung: words are broken. Pango leaves a line a little too wide when fonts change within a word; then smaller."""
    lines = _broken(part, rtl, width, size, inside_words=True)
    while not _fits(lines, size, width):
        size *= _STEP
        lines = _broken(part, rtl, width, size, inside_words=True)
    return _fitted(part, rtl, size, lines, strut)


def _fits(lines: Sequence[pdf.Line], size: float, width: float) -> bool:
    return _widest(lines) * size * MM_PER_POINT <= width * _EDGE


def _sizes(ladder: tuple[Rung, ...], scale: float) -> Iterator[tuple[float, int]]:
    for rung in ladder:
        size = rung.largest
        while size >= rung.smallest:
            yield size * scale, rung.lines
            size *= _STEP


def _broken(part: Part, rtl: bool, width: float, size: float, *, inside_words: bool) -> tuple[pdf.Line, ...]:
    em = width * _EDGE / (size * MM_PER_POINT)
    return pdf.shape(
        part.text, weight=part.weight, language=part.language, width=em, inside_words=inside_words, rtl=rtl
    )


def _widest(lines: Sequence[pdf.Line]) -> float:
    return max(line.width for line in lines)


def _fitted(part: Part, rtl: bool, size: float, lines: tuple[pdf.Line, ...], strut: pdf.Line) -> Fitted:
    leading = max(_leading(line, strut, part.leading) for line in lines)
    heights = (leading + abs(_centre(line) - _centre(strut)) for line in lines)
    mm = size * MM_PER_POINT
    rows = tuple(
        Row(line.text, height * mm, line.left_over * mm, line.right_over * mm)
        for line, height in zip(lines, heights, strict=True)
    )
    return Fitted(part, size, leading * size, rtl, rows, _widest(lines) * mm)


def _leading(line: pdf.Line, strut: pdf.Line, ideal: float) -> float:
    """The line height in em that keeps the ink of this line inside its own line box.

    CSS centres a font's ascent and descent in the line height, once for the block's own font (the strut) and once for
    the font used, and lets the line box hold both; tall scripts and stacked marks reach beyond that and need more.
    """
    top, bottom = max(_centre(line), _centre(strut)), min(_centre(line), _centre(strut))
    return max(ideal, 2 * (line.ink_top - top + _SLACK), 2 * (line.ink_bottom + bottom + _SLACK))


def _centre(line: pdf.Line) -> float:
    return (line.ascent - line.descent) / 2
