"""Writes laid out badges as the HTML of one document, naming each distinct size and place once."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from conference.badges.fitting import Fitted, Row
from conference.badges.layout import HEIGHT, WIDTH, Layout, Placed

_OPTICAL_MARGIN = 0.3  # mm; less is not seen, and letting it hang keeps edges straight
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def as_html(plates: Sequence[Layout], *, title: str) -> str:
    """One `article` for each plate, all on one page, which is a little longer than they are: rounding must not begin another."""
    height = len(plates) * HEIGHT + 1
    return _template().render(plates=plates, styles=_Styles(), title=title, width=WIDTH, height=height)


@lru_cache(maxsize=1)
def base_css() -> str:
    """The look of every badge; sizes and places are in the document itself."""
    return (_TEMPLATES / "badges" / "badge.css").read_text(encoding="utf-8")


class _Styles:
    """Class names for declarations: pages share rules, and there are no style attributes."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def type(self, text: Fitted) -> str:
        """Size and line height."""
        return self._name(f"font-size:{text.size:.3f}pt;line-height:{text.leading:.3f}pt")

    def column(self, stack: Placed, row: Row, rtl: bool) -> str:
        """Where lines begin and end, and their ink.

        Ink that reaches beyond its line by more than the eye allows moves the line inwards: a shin's dot does.
        """
        box = stack.box
        left = box.left - _beyond(row.right_over) if rtl else box.left + _beyond(row.left_over)
        return self._name(f"left:{left:.3f}mm;width:{box.width:.3f}mm;color:{stack.ink}")

    def top(self, millimetres: float) -> str:
        """How far down a line stands: apart from its column, since this is another for almost every line."""
        return self._name(f"top:{millimetres:.3f}mm")

    def rules(self) -> list[str]:
        """The style sheet of all that was named so far."""
        return [f".{name}{{{declarations}}}" for declarations, name in self._names.items()]

    def _name(self, declarations: str) -> str:
        return self._names.setdefault(declarations, f"x{len(self._names)}")


def _beyond(over: float) -> float:
    return max(0.0, over - _OPTICAL_MARGIN)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("badges/sheet.html")
