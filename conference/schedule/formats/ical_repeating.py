"""Events that repeat, within bounds: a rule (RFC 5545 3.3.10) as the moments of a year, by dateutil."""

import re
from datetime import UTC, timedelta

from dateutil.rrule import rrulestr

from conference.kernel import whole_number
from conference.schedule.formats.ical_zones import FAR, wall_clock

MOST = 100
LONGEST = timedelta(days=366)
LONGEST_RULE = 300  # letters
_MARGIN = timedelta(days=1)
_EVERY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# Several times a day: no session is held so, and within a year there would be very many.
_WITHIN_A_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_PART = re.compile(r"\s*([A-Z-]+)\s*=\s*([^;]*)")


def repeated(moment, rule, aware):
    """The moments, on one clock, at which an event is held that begins at `moment` and has an RRULE; None for a rule that is not read.

    `aware(moment)` is that moment in its zone: an UNTIL in UTC is compared with the instant.
    """
    wants = dict(_PART.findall(rule.upper()[:LONGEST_RULE]))
    count, interval = (whole_number(wants.pop(name, "1"), 6) for name in ("COUNT", "INTERVAL"))
    is_counted = "COUNT=" in rule.upper()
    until = wall_clock(wants.get("UNTIL", "")) or wall_clock(wants.get("UNTIL", "") + "T235959")
    if (
        wants.get("FREQ") not in _EVERY
        or _WITHIN_A_DAY & set(wants)
        or not (count and interval and (is_counted or until))
    ):
        return None
    ends, is_utc = until or (FAR, False)
    # An UNTIL in UTC may be up to a day earlier on this clock.
    last = min(min(ends, FAR) + _MARGIN * is_utc, moment + LONGEST)
    found = _by_rule(moment, wants | {"INTERVAL": str(interval), "UNTIL": f"{last:%Y%m%dT%H%M%S}"})
    if found and is_utc:
        found = [each for each in found if aware(each).astimezone(UTC) <= ends.replace(tzinfo=UTC)]
    return found and found[: min(count, MOST) if is_counted else MOST]


def _by_rule(moment, parts):
    try:
        return list(rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=moment))
    except ValueError:
        return None
