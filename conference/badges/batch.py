"""A meeting's worth of badges: chunks rendered by worker processes, joined into one file as they come."""

import gc
import resource
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import forkserver, get_context
from pathlib import Path

import pikepdf

from conference.badges.render import render_sheet, warm_up
from conference.badges.rules import BadgeFace

MOST_MEMORY = 2 * 1024**3  # address space of a worker, most of it mapped fonts; some 100 MB are resident
SECONDS_A_CHUNK = 300  # a hundred times what a chunk takes
_SERVED = get_context("forkserver")


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
    if processes > 1:
        _SERVED.set_forkserver_preload([__name__])
        forkserver.ensure_running()


def _chunks(faces: Iterable[BadgeFace], size: int) -> Iterator[list[BadgeFace]]:
    faces = iter(faces)
    while chunk := list(islice(faces, size)):
        yield chunk


def _chunks_done(chunks: Iterator[list[BadgeFace]], folder: Path, processes: int) -> Iterator[tuple]:
    named = ((chunk, folder / f"{number:06}.pdf") for number, chunk in enumerate(chunks))
    if processes <= 1:
        return (_print_chunk(chunk, path) for chunk, path in named)
    return _in_workers(named, processes)


def _in_workers(named: Iterator[tuple], processes: int) -> Iterator[tuple]:
    """Results in order, with no more chunks on their way than keep every worker busy.

    Workers come from a server process that loads the code once and has no threads or connections: a fork of the caller
    would copy locks that nobody will open, and a spawned worker would load everything again.
    """
    waiting: deque[Future] = deque()
    get_ready(processes)
    with ProcessPoolExecutor(processes, mp_context=_SERVED, initializer=_begin_worker) as pool:
        for chunk, path in named:
            waiting.append(pool.submit(_print_chunk, chunk, path))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result(SECONDS_A_CHUNK)
        while waiting:
            yield waiting.popleft().result(SECONDS_A_CHUNK)


def _begin_worker() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    warm_up()


def _print_chunk(chunk: list[BadgeFace], path: Path) -> tuple[Path, int, dict[str, frozenset[str]]]:
    sheet = render_sheet(chunk)
    path.write_bytes(sheet.pdf)
    gc.collect()  # collecting was off while the sheet was laid out
    return path, len(chunk), sheet.missing


def _save(whole: pikepdf.Pdf, made: Path, out: Path) -> None:
    whole.save(made)
    made.replace(out)
