"""Which price window holds when, and whether one can register: decisions on values."""

from enum import StrEnum


class Phase(StrEnum):
    """Where a meeting stands for somebody who would like to register."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


def window_at(windows, at):
    """The window that holds at the instant `at`: the first, by its end, that has not ended; None after the last.

    A window's `ends_at` is exclusive: at that very instant the next one holds.
    """
    running = [window for window in windows if at < window.ends_at]
    return min(running, key=lambda window: window.ends_at, default=None)


def phase_of(*, opens_at, windows, at):
    """Whether registration has yet to open, is open, or has closed at `at`."""
    if opens_at is not None and at < opens_at:
        return Phase.BEFORE
    return Phase.OPEN if window_at(windows, at) else Phase.CLOSED
