"""Binds parts into one file: page numbers stamped on, bookmarks, links within, what viewers call each page."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from conference.pdf.engine import render
from conference.pdf.pango import shape
from conference.pdf.workers import most_memory

LINK = "part:"  # an address in a part that means an anchor in any part
_FIGURES = "0123456789ivxlc"
_SIZE = 9  # points
_BOX = 16  # points: of the little page on which each figure is drawn
_BASELINE = 4
FIGURES_CSS = (
    f"@page {{ size: {_BOX}pt {_BOX}pt; margin: 0 }} body, p {{ margin: 0 }} p {{ break-after: page; white-space: pre;"
    f" font: {_SIZE}pt/{_BOX}pt 'Noto Sans', 'DejaVu Sans', sans-serif; color: #414b57 }}"
)
FIGURES_HTML = "<!doctype html><html lang='en'><title>0</title>" + "".join(f"<p>{each}</p>" for each in _FIGURES)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Folios(NamedTuple):
    """Where page numbers stand: points from the outer and the lower edge."""

    outer: float
    foot: float


class Bookmark(NamedTuple):
    """An entry of the outline, where it leads, and what stands below it."""

    title: str
    anchor: str
    below: tuple = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What becomes one file: `front` has pages i, ii …, the first of them without number; `body` has pages 1, 2 …

    The number of pages is made a multiple of `leaves` by blank ones. `folder` takes what is made on the way.
    """

    front: list
    body: list
    folder: Path
    title: str
    language: str
    folios: Folios | None = None
    bookmarks: tuple = ()
    leaves: int = 1


def bind(bound, out):
    """(how many pages the file `out` has, the most memory that this took in MB); it appears whole or not at all."""
    begun = bound.folder / "whole.part"
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        places = {}
        for part in bound.front:
            _take_in(whole, opened.enter_context(pikepdf.open(part.path)), part, places)
        written = len(whole.pages)
        _fill_up(whole, min(bound.leaves, 2))  # page 1 is a right-hand page
        first = len(whole.pages)
        for part in bound.body:
            _take_in(whole, opened.enter_context(pikepdf.open(part.path)), part, places)
        if bound.folios:
            figures = opened.enter_context(
                pikepdf.open(BytesIO(render(FIGURES_HTML, base_css=FIGURES_CSS, tagged=False)))
            )
            _Stamp(whole, figures, bound.folios).number(written, first)
        _fill_up(whole, bound.leaves)
        _link(whole, places)
        _outline(whole, bound.bookmarks, places)
        _describe(whole, first, bound.title, bound.language)
        whole.save(begun, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        pages = len(whole.pages)
    begun.replace(out)
    return pages, most_memory()


def page_numbers(body):
    """{anchor: page number in print} of the parts that count from 1."""
    numbers, before = {}, 0
    for part in body:
        for name, (page, _top) in part.anchors.items():
            numbers.setdefault(name, before + page + 1)
        before += part.pages
    return numbers


def roman(number):
    """Small Roman figures: 4 is "iv"."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _take_in(whole, made, part, places):
    before = len(whole.pages)
    whole.pages.extend(made.pages)
    for name, (page, top) in part.anchors.items():
        places.setdefault(name, (before + page, top))


def _fill_up(whole, leaves):
    """Blank pages until their number is a multiple."""
    while len(whole.pages) % leaves:
        whole.add_blank_page(page_size=tuple(float(each) for each in whole.pages[0].mediabox[2:]))


class _Stamp:
    """Draws page numbers with figures that a font was embedded for."""

    def __init__(self, whole, figures, folios):
        self.forms = {
            each: whole.copy_foreign(page.as_form_xobject())
            for each, page in zip(_FIGURES, figures.pages, strict=False)
        }
        self.whole, self.folios = whole, folios

    def number(self, written, first):
        """Number all pages; those before `first` in Roman figures, but neither the very first nor what is blank after `written`."""
        for place, page in enumerate(self.whole.pages):
            if place >= first:
                self._stamp(page, str(place - first + 1), is_right=(place - first) % 2 == 0)
            elif 0 < place < written:
                self._stamp(page, roman(place + 1), is_right=place % 2 == 0)

    def _stamp(self, page, number, *, is_right):
        width = sum(map(_advance, number))
        left = float(page.mediabox[2]) - self.folios.outer - width if is_right else self.folios.outer
        drawn = []
        for figure in number:
            name = Name(f"/Figure{_FIGURES.index(figure)}")
            page.add_resource(self.forms[figure], Name.XObject, name)
            drawn.append(f"q 1 0 0 1 {left:.2f} {self.folios.foot - _BASELINE:.2f} cm {name} Do Q")
            left += _advance(figure)
        page.contents_add("\n".join(drawn).encode(), prepend=True)


@cache
def _advance(figure):
    """How wide a figure is, in points."""
    [line] = shape(figure, weight=400)
    return (line.width - line.left_over - line.right_over) * _SIZE


def _target(whole, place):
    page, top = place
    height = float(whole.pages[page].mediabox[3])
    return Array([whole.pages[page].obj, Name.XYZ, None, round(height - top, 1), None])


def _link(whole, places):
    """Addresses that mean an anchor lead there; those of what is not there lead nowhere."""
    for page in whole.pages:
        for note in page.obj.get("/Annots", []):
            address = str(note.get("/A", {}).get("/URI", ""))
            if address.startswith(LINK):
                del note["/A"]
                place = places.get(address.removeprefix(LINK))
                if place:
                    note["/Dest"] = _target(whole, place)


def _outline(whole, bookmarks, places):
    with whole.open_outline() as outline:
        outline.root.extend(_items(whole, bookmarks, places))


def _items(whole, bookmarks, places):
    for mark in bookmarks:
        item = OutlineItem(mark.title, _target(whole, places[mark.anchor]))
        item.is_closed = True
        item.children.extend(_items(whole, mark.below, places))
        yield item


def _describe(whole, first, title, language):
    labels = [0, Dictionary(S=Name.r), first, Dictionary(S=Name.D)] if first else [0, Dictionary(S=Name.D)]
    whole.Root.PageLabels = Dictionary(Nums=Array(labels))
    whole.Root.Lang = pikepdf.String(language)
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.Root.PageMode = Name.UseOutlines
    whole.docinfo["/Title"] = title
