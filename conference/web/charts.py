"""Where the shapes of a chart stand, in percent of its picture: columns and lines over a scale from zero, stacked bars.

A picture has no size of its own: it is as wide as its page, its letters stay as large as the page's.
"""

from dataclasses import dataclass, replace

_TOP, _HEIGHT = 8, 80  # of a picture, in percent: room for a label above, and for those of the axis below
_MOST_TICKS, _GAP = 5, 0.2  # steps of a scale at most; of a column's room, what stays free
_MOST_LABELS = 7


@dataclass(frozen=True)
class Part:
    """A rectangle: what it stands for (`kind` gives its look), what it says and where it leads (None: nowhere)."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    says: str
    href: str | None = None


@dataclass(frozen=True)
class Label:
    """Words at a place of an axis; `is_minor` ones are left out on narrow screens."""

    x: float
    anchor: str
    text: str
    is_minor: bool = False


@dataclass(frozen=True)
class Chart:
    """`ticks` (y, number) of the scale, `parts` or `lines` (kind, points), and `labels` under them."""

    ticks: list
    labels: list
    parts: tuple = ()
    lines: tuple = ()
    mark: float | None = None

    base: float = _TOP + _HEIGHT


def scale(most):
    """(top, step) of a scale for whole numbers up to `most`: a step of 1, 2 or 5 with zeros, at most five of them."""
    step, factors = 1, (2, 5, 10)
    while most > _MOST_TICKS * step:
        digits = 10 ** (len(str(step)) - 1)
        step = next(factor * digits for factor in factors if factor * digits > step)
    return max(-(-most // step), 1) * step, step


def columns(rows, names, *, side_by_side=False):
    """A Chart of columns: `rows` are [[(value, kind, says, href)]] from the bottom up, or beside each other; `names` stand under them."""
    rows = [list(row) for row in rows]
    highest = max if side_by_side else sum
    top, step = scale(max((highest(part[0] for part in row) for row in rows), default=0))
    room = 100 / max(len(rows), 1)
    draw = _beside if side_by_side else _column
    parts = [each for number, row in enumerate(rows) for each in draw(row, number * room, room, top)]
    return Chart(ticks=_ticks(top, step), labels=_labels(names, room), parts=tuple(parts))


def lines(series, names, *, first, last, mark=None):
    """A Chart of lines: `series` are [(kind, [(x, value)])] between `first` and `last`, `names` [(x, text)]; `mark` is an x set apart."""
    top, step = scale(max((value for _kind, points in series for _x, value in points), default=0))
    span = max(last - first, 1)
    drawn = tuple((kind, _points(points, first, span, top)) for kind, points in series if points)
    labels = [_label((x - first) / span * 100, text, number) for number, (x, text) in enumerate(names)]
    marked = None if mark is None else _rounded((mark - first) / span * 100)
    return Chart(ticks=_ticks(top, step), labels=labels, lines=drawn, mark=marked)


def bar(parts, most):
    """[Part] of one bar from left to right: `parts` are [(value, kind, says, href)], `most` is what fills the picture."""
    drawn, x = [], 0.0
    for value, kind, says, href in parts:
        width = value / most * 100 if most else 0
        if value:
            drawn.append(Part(_rounded(x), 0, _rounded(width), 100, kind, says, href))
        x += width
    return drawn


def _column(row, x, room, top):
    below = 0
    for value, kind, says, href in row:
        if value:
            height = value / top * _HEIGHT
            y = _TOP + _HEIGHT - below / top * _HEIGHT - height
            yield Part(
                _rounded(x + room * _GAP / 2),
                _rounded(y),
                _rounded(room * (1 - _GAP)),
                _rounded(height),
                kind,
                says,
                href,
            )
        below += value


def _beside(row, x, room, top):
    half = room * (1 - _GAP) / len(row)
    for number, part in enumerate(row):
        yield from (
            replace(each, x=_rounded(x + room * _GAP / 2 + number * half), width=_rounded(half))
            for each in _column([part], x, room, top)
        )


def _points(points, first, span, top):
    """As the inner picture of a line has them: 0 to 100 both ways, from its upper left corner."""
    return " ".join(f"{_rounded((x - first) / span * 100)},{_rounded(100 - value / top * 100)}" for x, value in points)


def _ticks(top, step):
    return [(_rounded(_TOP + _HEIGHT - number / top * _HEIGHT), number) for number in range(0, top + 1, step)]


def _labels(names, room):
    """Under some of the columns, evenly."""
    every = -(-len(names) // _MOST_LABELS) or 1
    chosen = [(number, name) for number, name in enumerate(names) if number % every == 0]
    return [_label((number + 0.5) * room, name, place) for place, (number, name) in enumerate(chosen)]


def _label(x, text, number):
    """The `number`th label of an axis: near an edge it is not cut by it."""
    if x < 8:
        return Label(0, "start", text, number % 2 == 1)
    if x > 92:
        return Label(100, "end", text, number % 2 == 1)
    return Label(_rounded(x), "middle", text, number % 2 == 1)


def _rounded(number):
    return round(number, 3)
