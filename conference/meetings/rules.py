"""What can be a code, which price window holds when, and whether one can register: decisions on values."""

import re
from enum import StrEnum

_CODE = re.compile(r"[A-Za-z0-9-]{2,20}")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


class Phase(StrEnum):
    """Where a meeting stands for somebody who would like to register."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


def is_code(text):
    """Whether `text` can be a meeting's code: 2 to 20 letters of ASCII, digits or hyphens."""
    return _CODE.fullmatch(text) is not None


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


def days_until(at, *, now, zone):
    """Whole days from today to the day of `at`, both as days of `zone`; negative when it is past."""
    return (at.astimezone(zone).date() - now.astimezone(zone).date()).days


def is_thinkable(day):
    """Whether a day, or an instant, can be one of a meeting's: no slip of the hand such as the year 0202."""
    return 1900 <= day.year <= 2200


def map_frame(latitude, longitude, *, reach=0.006):
    """Query of OpenStreetMap's embedded map for a marked place: its surroundings, `reach` degrees each way."""
    box = (longitude - reach, latitude - reach / 2, longitude + reach, latitude + reach / 2)
    return {
        "bbox": ",".join(f"{edge:.5f}" for edge in box),
        "layer": "mapnik",
        "marker": f"{latitude:.5f},{longitude:.5f}",
    }


def ordinal_word(number):
    """English ordinal of a meeting's number: 28 gives "28th"."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"
