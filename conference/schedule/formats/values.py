"""Values as other systems write them: guids, days, colours, and how long a session may last."""

import re
from datetime import date, timedelta
from uuid import UUID

from conference.schedule.formats.json_source import listed
from conference.schedule.formats.text import line

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=31)
# Nine characters: 0, six of Crockford's base 32, two digits of a checksum (https://ror.readme.io/docs/ror-identifier-pattern).
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DURATION = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?::\d{2})?")
# ISO 8601 durations of weeks, days, hours, minutes and seconds; months and years have no fixed length.
_PERIOD = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?")


def guid_in(value):
    """The UUID that a text holds, in its usual form, or None."""
    try:
        return str(UUID(value)) if isinstance(value, str) and len(value) <= 40 else None
    except ValueError:
        return None


def day_in(value):
    """The day that a text of the form YYYY-MM-DD or DD.MM.YYYY holds, whatever time follows it, or None."""
    written = re.split(r"[T\s]", line(value, 40), maxsplit=1)[0]
    dotted = DOTTED.fullmatch(written)
    try:
        return date(*map(int, reversed(dotted.groups()))) if dotted else date.fromisoformat(written)
    except ValueError:
        return None


def duration_in(value):
    """The length of time that a text holds: "01:45", "1:02:30" with days, "PT1H45M"; a bare number is minutes. None for anything else."""
    text = line(value, 20).upper()
    if text.isdecimal() and len(text) <= 5:
        return timedelta(minutes=int(text))
    if match := _PERIOD.fullmatch(text):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    match = _DURATION.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return timedelta(days=days, hours=hours, minutes=minutes) if match else None


def colour_in(value):
    """The colour that a text holds, as #rrggbb in small letters; empty for anything else."""
    colour = line(value, 10).lower()
    return colour if _COLOUR.fullmatch(colour) else ""


def end_after(starts, ends, report, where):
    """The end of a session; five minutes after its start, reported as a repair, when there is none that can be."""
    if ends is not None and starts < ends <= starts + LONGEST:
        return ends
    report.repair(where, "it does not end after it starts; five minutes were taken")
    return starts + SHORTEST


def ror_in(value):
    """The id of an institution (https://ror.org) that a text or its address holds; empty for anything else."""
    bare = line(value, 60).lower().removeprefix("https://").removeprefix("ror.org/")
    return bare if _ROR.fullmatch(bare) else ""


def words_in(entry, name):
    """The words in the list `name`, each once."""
    return tuple(dict.fromkeys(filter(None, (line(word, 200) for word in listed(entry, name)))))
