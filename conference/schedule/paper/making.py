"""Makes one file: parts pressed by several processes, those that need page numbers last, all bound together."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from conference import pdf


class Made(NamedTuple):
    """What became of it: pages, {what a part is called: characters in it that no font has}, most memory of a process."""

    pages: int
    missing: dict
    peak_mb: int


class Broken(Exception):
    """A part could not be made; the text names it."""


class Part(NamedTuple):
    """A part that is yet to be made: `write()` returns its HTML, `name` is what it is called when something is wrong with it."""

    name: str
    write: Callable[[], str]


def make(plan, *, out, folder, processes=1, progress=lambda done, total: None):
    """Write what `plan` describes to the file `out`, which appears whole or not at all; Broken names the part that cannot be made.

    `folder` keeps finished parts: made again after a killed process, they are found there. `progress` hears how many parts of how many are done.
    """
    press_all = _Press(plan.css, folder, processes, progress, total=plan.parts)
    body = press_all.of(plan.body())
    numbers = pdf.page_numbers(body)
    body += press_all.of(plan.back(numbers))
    front = press_all.of(plan.front(pdf.page_numbers(body)))
    about = {"title": plan.title, "language": plan.language, "folios": plan.folios, "leaves": plan.leaves}
    bound = pdf.Binding(front=front, body=body, folder=folder, bookmarks=tuple(plan.bookmarks()), **about)
    # Apart, since thousands of pages take memory that this process would keep.
    [(pages, peak_mb)] = pdf.each_done(pdf.bind, [(bound, out)], processes=1, begin=pdf.warm_up, here=False)
    return Made(pages, press_all.missing, max(peak_mb, press_all.peak_mb))


def remove(folder):
    """Take the parts of a finished file away."""
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        folder.rmdir()


class _Press:
    """Numbers parts, has them made, and counts."""

    def __init__(self, css, folder, processes, progress, *, total):
        self.css, self.folder, self.processes, self.progress = css, folder, processes, progress
        self.total, self.done, self.missing, self.peak_mb = total, 0, {}, 0
        self._numbers = count()

    def of(self, parts) -> list[pdf.Pressed]:
        """The pages of these parts, in order."""
        parts = list(parts)
        calls = ((part.write(), self.css, self.folder / f"{next(self._numbers):05}.pdf") for part in parts)
        processes = min(self.processes, len(parts))
        # A single part too is laid out elsewhere when others are: what that takes stays out of this process.
        here = self.processes <= 1
        results = pdf.each_done(pdf.press, calls, processes=processes, begin=pdf.warm_up, here=here)
        return [self._note(part, pressed) for part, pressed in self._named(parts, results)]

    def _named(self, parts, results):
        results = iter(results)
        for part in parts:
            try:
                yield part, next(results)
            except (ValueError, ArithmeticError, RecursionError, MemoryError) as error:
                raise Broken(f"{part.name}: {error or type(error).__name__}") from error

    def _note(self, part, pressed):
        self.done = min(self.done + 1, self.total)
        self.peak_mb = max(self.peak_mb, pressed.peak_mb)
        self.progress(self.done, self.total)
        if pressed.missing and part.name:
            self.missing[part.name] = pressed.missing
        return pressed
