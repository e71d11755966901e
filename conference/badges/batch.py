"""A meeting's worth of badges: chunks rendered by worker processes, joined into one file as they come."""

import gc
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pikepdf

from conference import pdf
from conference.badges.render import render_sheet, warm_up
from conference.badges.rules import BadgeFace


@dataclass(slots=True)
class Printed:
    """How many badges were printed, and for which codes some characters had to be replaced."""

    badges: int = 0
    missing: dict[str, frozenset[str]] = field(default_factory=dict)


def render_badges(
    faces: Iterable[BadgeFace],
    *,
    out: Path | str,
    processes: int = 1,
    chunk: int = 50,
    progress: Callable[[int], None] = lambda done: None,
) -> Printed:
    """Write all the faces to the PDF `out`, one a page in the given order; `progress` hears how many are done.

    `faces` may be a generator: only a few chunks are held at a time. `out` appears whole or not at all.
    """
    out, printed = Path(out), Printed()
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".badges-") as folder, ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for path, count, missing in _chunks_done(_chunks(faces, chunk), Path(folder), processes):
            part = opened.enter_context(pikepdf.open(path))
            whole.pages.extend(part.pages)
            printed.badges += count
            printed.missing.update(missing)
            progress(printed.badges)
        if not printed.badges:
            raise ValueError("there are no badges to print")
        _save(whole, Path(folder) / "whole.pdf", out)
    return printed


def get_ready(processes: int) -> None:
    """Let the server of the worker processes load its code, which takes a second, while the caller is still gathering faces."""
    pdf.get_ready(__name__, processes)


def _chunks(faces: Iterable[BadgeFace], size: int) -> Iterator[list[BadgeFace]]:
    faces = iter(faces)
    while chunk := list(islice(faces, size)):
        yield chunk


def _chunks_done(chunks: Iterator[list[BadgeFace]], folder: Path, processes: int) -> Iterator[tuple]:
    named = ((chunk, folder / f"{number:06}.pdf") for number, chunk in enumerate(chunks))
    return pdf.each_done(_print_chunk, named, processes=processes, begin=warm_up)


def _print_chunk(chunk: list[BadgeFace], path: Path) -> tuple[Path, int, dict[str, frozenset[str]]]:
    sheet = render_sheet(chunk)
    path.write_bytes(sheet.pdf)
    gc.collect()  # collecting was off while the sheet was laid out
    return path, len(chunk), sheet.missing


def _save(whole: pikepdf.Pdf, made: Path, out: Path) -> None:
    whole.save(made)
    made.replace(out)
