"""Faces in, PDF out: one badge at once, or many in one document."""

from collections.abc import Sequence
from dataclasses import dataclass

from conference import pdf
from conference.badges import drawing, layout, sheet
from conference.badges.rules import BadgeFace


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF of badges, one a page; for each code whose face has characters that no font has, those characters."""

    pdf: bytes
    missing: dict[str, frozenset[str]]


def render_badge(face: BadgeFace) -> bytes:
    """One badge as a PDF of one A6 page."""
    return render_sheet([face]).pdf


def render_badge_png(face: BadgeFace, *, dpi: int = 200) -> bytes:
    """What the printer will print, as a picture for the screen; `face.spoken` is its text alternative."""
    return pdf.first_page_png(render_badge(face), dpi=dpi)


def render_sheet(faces: Sequence[BadgeFace]) -> Sheet:
    """All the faces in one document, whose pages are held in memory: `render_badges` cuts long runs into chunks."""
    stationery, numbers = _stationery(faces)
    people = [layout.lay_out_person(face) for face in faces]
    plates = [*stationery, *people]
    pages = [
        drawing.PageArt(face.code, (under, len(stationery) + place))
        for place, (face, under) in enumerate(zip(faces, numbers, strict=True))
    ]
    missing = {page.code: frozenset().union(*(plates[number].missing for number in page.plates)) for page in pages}
    done = pdf.render_reported(
        sheet.as_html(plates, title=_title(faces)),
        base_css=sheet.base_css(),
        tagged=False,
        finisher=lambda _document, made: drawing.draw(made, [plate.stacks for plate in plates], pages),
    )
    return Sheet(done.pdf, {code: characters for code, characters in missing.items() if characters})


def warm_up() -> None:
    """Take the cost of the first badge before anybody waits for it."""
    render_badge(BadgeFace(code="34679ACDEFGH", meeting="Warm", category="Up", given="Ada"))
    pdf.warm_up()


def _stationery(faces: Sequence[BadgeFace]) -> tuple[list[layout.Layout], list[int]]:
    """The distinct sheets under these faces, and for each face the number of its own."""
    numbers: dict[tuple, int] = {}
    shared: list[layout.Layout] = []
    for face in faces:
        key = layout.stationery_key(face)
        if key not in numbers:
            numbers[key] = len(shared)
            shared.append(layout.lay_out_stationery(face))
    return shared, [numbers[layout.stationery_key(face)] for face in faces]


def _title(faces: Sequence[BadgeFace]) -> str:
    meeting = faces[0].meeting if faces else ""
    return f"{meeting}: {faces[0].headline}" if len(faces) == 1 else meeting
