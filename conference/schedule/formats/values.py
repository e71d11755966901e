"""Values as other systems write them: guids, days, colours, and how long a session may last."""

import re
from datetime import date, timedelta
from uuid import UUID

from conference.schedule.formats.text import line

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=31)
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def guid_in(value):
    """The UUID that a text holds, in its usual form, or None."""
    try:
        return str(UUID(value)) if isinstance(value, str) and len(value) <= 40 else None
    except ValueError:
        return None


def day_in(value):
    """The day that a text of the form YYYY-MM-DD holds, or None."""
    try:
        return date.fromisoformat(line(value, 10))
    except ValueError:
        return None


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
