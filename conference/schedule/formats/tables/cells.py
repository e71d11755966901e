"""What a cell says: text without the guard against formulas, days and times of several countries, yes and no."""

import re
from datetime import date, datetime, time

from conference.kernel import fold
from conference.schedule.formats.values import DOTTED

# What a spreadsheet would run begins like this, also behind a separator, blanks or quotation marks (see web/csv_export.py).
_LIVE = re.compile(r"""((?:^|[;|\t\r\n])(?:[^\S\t\r\n]|")*)('*)(?=[=+\-@＝＋－＠])""")
_GUARDED = re.compile(r"""((?:^|[;|\t\r\n])(?:[^\S\t\r\n]|")*)'('*)(?=[=+\-@＝＋－＠])""")
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?"
_MOMENT = re.compile(rf"(?:(\S+?)(?:\s*,\s*|\s+))?{_CLOCK}", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YES = {"yes", "y", "true", "1", "x", "ja", "oui", "si", "wahr", "vrai"}
_NO = {"", "no", "n", "false", "0", "nein", "non", "falsch", "faux"}


def guarded(text):
    """A text that no spreadsheet runs: an apostrophe stands before what would be a formula."""
    return _LIVE.sub(r"\1'\2", text)


def words(value):
    """The text of a cell, without the apostrophe that `guarded` puts."""
    match value:
        case str():
            return _GUARDED.sub(r"\1\2", value).replace("\r\n", "\n").strip()
        case bool():
            return "yes" if value else "no"
        case datetime() | time():
            return value.isoformat()
    return str(value)


def truth(value):
    """Whether a cell says yes; None when it says neither yes nor no."""
    text = fold(words(value))
    return True if text in _YES else False if text in _NO else None


def day_in_cell(value):
    """The day that a cell holds, or None; 5/6/2028 is none, for nobody knows which is the month."""
    if isinstance(value, datetime):
        return value.date()
    text = words(value)
    try:
        return date.fromisoformat(text[:10]) if len(text) == 10 or text[10:11] in ("T", " ") else _of_country(text)
    except ValueError:
        return _of_country(text)


def moment_in_cell(value):
    """The datetime (with a zone only when the cell has one) or the time that a cell holds, or None."""
    if isinstance(value, datetime | time):
        return value
    text = words(value)
    try:
        found = datetime.fromisoformat(text) if len(text) > 10 else None
    except ValueError:
        found = None
    match = _MOMENT.fullmatch(text)
    if found or match is None:
        return found
    clock = _clock(*match.groups()[1:])
    day = day_in_cell(match[1]) if match[1] else None
    if clock is None or (match[1] and day is None):
        return None
    return datetime.combine(day, clock) if day else clock


def _clock(hour, minute, second, half):
    if minute is None and half is None:
        return None
    hour, minute, second = int(hour), int(minute or 0), int(second or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0].casefold() == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _of_country(text):
    try:
        if match := DOTTED.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _SLASHED.fullmatch(text):
            first, second, year = (int(part) for part in match.groups())
            if first > 12 or first == second:
                return date(year, second, first)
            return date(year, first, second) if second > 12 else None
    except ValueError:
        return None
    return None
