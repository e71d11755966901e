"""Draws on the finished PDF what needs no layout: coloured grounds, QR symbols, and stationery shared by many pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import pydyf

from conference.badges import layout, qr

_POINT = 72 / 25.4  # a millimetre in points


@dataclass(frozen=True, slots=True)
class PageArt:
    """What is drawn on one page: the code of its badge, grounds behind the text, and which stationery lies under it."""

    code: str
    grounds: Sequence[layout.Placed]
    stationery: int | None = None


def draw(made: pydyf.PDF, stationery: Sequence[Sequence[layout.Placed]], pages: Sequence[PageArt]) -> None:
    """Turn the first pages into stationery, drawn once and stamped under each badge, and finish the badges' pages."""
    sheets = [each for each in made.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
    names = [
        _to_form(made, sheet, grounds, f"stationery{number}")
        for number, (sheet, grounds) in enumerate(zip(sheets, stationery, strict=False))
    ]
    for sheet, art in zip(sheets[len(names) :], pages, strict=True):
        stream = _stream(made, sheet)
        _paint(stream, art.grounds)
        stream.stream.append(_symbol(art.code))
        if art.stationery is not None:
            stream.stream.insert(0, f"/{names[art.stationery]} Do")


def _to_form(made: pydyf.PDF, sheet: pydyf.Dictionary, grounds: Sequence[layout.Placed], name: str) -> str:
    """Take the page out of the document and keep its content as a form XObject (ISO 32000-2, 8.10)."""
    stream = _stream(made, sheet)
    _paint(stream, grounds)
    stream.extra.update(Type="/XObject", Subtype="/Form", BBox=sheet["MediaBox"], Resources=sheet["Resources"])
    _object(made, sheet["Resources"])["XObject"][name] = stream.reference
    kids = made.pages["Kids"]  # a flat list: number, generation, R, number, ...
    at = kids.index(sheet.number)
    del kids[at : at + 3]
    made.pages["Count"] -= 1
    sheet.clear()
    return name


def _paint(stream: pydyf.Stream, stacks: Sequence[layout.Placed]) -> None:
    """Rectangles under the text: after the first operator, which makes y grow downwards."""
    stream.stream.insert(1, " ".join(_rectangle(stack) for stack in stacks if stack.ground))


def _rectangle(stack: layout.Placed) -> str:
    red, green, blue = (int(stack.ground[at : at + 2], 16) / 255 for at in (1, 3, 5))
    box = stack.box
    place = " ".join(f"{mm * _POINT:.3f}" for mm in (box.left, box.top, box.width, box.height))
    return f"q {red:.4f} {green:.4f} {blue:.4f} rg {place} re f Q"


def _symbol(code: str) -> str:
    return qr.drawing(code, left=layout.QR.left * _POINT, top=layout.QR.top * _POINT, module=layout.QR_MODULE * _POINT)


def _stream(made: pydyf.PDF, sheet: pydyf.Dictionary) -> pydyf.Stream:
    return _object(made, sheet["Contents"])


def _object(made: pydyf.PDF, reference: bytes):
    return made.objects[int(reference.split()[0])]
