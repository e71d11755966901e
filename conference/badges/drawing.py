"""Cuts the finished PDF into badges, and draws on them what needs no layout: coloured grounds and QR symbols.

The layout engine draws everything on one tall page, an article below the other: a page costs it as much as half a badge. Each
article is a plate there, and a badge's page is its plates stamped upon it: the stationery of its category and its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pydyf

from conference.badges import layout, qr

_POINT = 72 / 25.4  # a millimetre in points
_PIXEL = 96 / 25.4  # a millimetre in CSS pixels, in which plates are drawn


@dataclass(frozen=True, slots=True)
class PageArt:
    """What is stamped on one page, by the numbers of the plates, and the code of its badge."""

    code: str
    plates: Sequence[int]


def draw(made: pydyf.PDF, plates: Sequence[Sequence[layout.Placed]], pages: Sequence[PageArt]) -> None:
    """Replace the tall page by one page for each of `pages`; `plates` are the stacks of each article.

    ValueError when there are more or fewer articles than plates.
    """
    forms = _forms(made)
    if len(forms) != len(plates):
        raise ValueError(f"{len(forms)} plates were drawn, not {len(plates)}")
    for number, form in enumerate(forms):
        _cut_out(form, number)
    made.pages.update(Kids=pydyf.Array([]), Count=0)
    for page in pages:
        stream = pydyf.Stream(list(_content(page, plates)), compress=True)
        made.add_object(stream)
        made.add_page(_page(made, stream, {f"plate{number}": forms[number].reference for number in page.plates}))


def _forms(made: pydyf.PDF) -> list[pydyf.Stream]:
    """The drawing of each article (a form XObject, ISO 32000-2, 8.10); nothing is left of the page on which they stood."""
    tall = next(each for each in made.objects if isinstance(each, dict) and each.get("Type") == "/Page")
    drawn = _object(made, tall["Resources"])["XObject"]
    forms = [_object(made, reference) for reference in drawn.values()]
    _object(made, tall["Contents"]).stream.clear()
    drawn.clear()
    tall.clear()
    return forms


def _cut_out(form: pydyf.Stream, number: int) -> None:
    """Its own place on the tall page is all that is shown of it, and it is opaque."""
    del form.extra["Group"]
    top = number * layout.HEIGHT * _PIXEL
    form.extra["BBox"] = pydyf.Array((0, top, layout.WIDTH * _PIXEL, top + layout.HEIGHT * _PIXEL))


def _content(page: PageArt, plates: Sequence[Sequence[layout.Placed]]) -> Iterator[str]:
    """Operators of one page, in points with y growing downwards from its upper edge."""
    yield f"1 0 0 -1 0 {layout.HEIGHT * _POINT:.6f} cm"
    for number in page.plates:
        yield from (_rectangle(stack) for stack in plates[number] if stack.ground)
        scale, up = round(_POINT / _PIXEL, 6), number * layout.HEIGHT * _POINT
        yield f"q {scale} 0 0 {scale} 0 {-up:.6f} cm /plate{number} Do Q"
    yield qr.drawing(
        page.code, left=layout.QR.left * _POINT, top=layout.QR.top * _POINT, module=layout.QR_MODULE * _POINT
    )


def _page(made: pydyf.PDF, stream: pydyf.Stream, plates: dict) -> pydyf.Dictionary:
    size = pydyf.Array([0, 0, round(layout.WIDTH * _POINT, 3), round(layout.HEIGHT * _POINT, 3)])
    resources = pydyf.Dictionary({"XObject": pydyf.Dictionary(plates)})
    facts = {"Type": "/Page", "Parent": made.pages.reference, "MediaBox": size}
    return pydyf.Dictionary({**facts, "Contents": stream.reference, "Resources": resources})


def _rectangle(stack: layout.Placed) -> str:
    red, green, blue = (int(stack.ground[at : at + 2], 16) / 255 for at in (1, 3, 5))
    box = stack.box
    place = " ".join(f"{mm * _POINT:.3f}" for mm in (box.left, box.top, box.width, box.height))
    return f"q {red:.4f} {green:.4f} {blue:.4f} rg {place} re f Q"


def _object(made: pydyf.PDF, reference: bytes):
    return made.objects[int(reference.split()[0])]
