"""Values as other systems write them: guids, days, colours, and how long a session may last."""

import re
from datetime import date, timedelta
from uuid import UUID

from conference.schedule.formats.json_source import listed
from conference.schedule.formats.text import line

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=31)
# Nine characters: 0, six of Crockford's base 32, two digits of a checksum (https://ror.readme.io/docs/ror-identifier-pattern).
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
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


def ror_in(value):
    """The id of an institution (https://ror.org) that a text or its address holds; empty for anything else."""
    bare = line(value, 60).lower().removeprefix("https://").removeprefix("ror.org/")
    return bare if _ROR.fullmatch(bare) else ""


def words_in(entry, name):
    """The words in the list `name`, each once."""
    return tuple(dict.fromkeys(filter(None, (line(word, 200) for word in listed(entry, name)))))
