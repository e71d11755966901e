"""Events that repeat: by day or by week, within bounds; any other rule is too much for the days of a meeting."""

import re
from datetime import UTC, timedelta

from conference.kernel import whole_number
from conference.schedule.formats.ical_zones import FAR, wall_clock

MOST = 100
LONGEST = timedelta(days=366)
_MARGIN = timedelta(days=1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {"FREQ", "COUNT", "UNTIL", "INTERVAL", "BYDAY", "WKST"}
_RULE = re.compile(r"\s*([A-Z-]+)\s*=\s*([^;]*)")


def repeated(moment, rule, aware):
    """The moments, on one clock, at which an event is held that begins at `moment` and has an RRULE; None for a rule that is not read.

    `aware(moment)` is that moment in its zone: an UNTIL in UTC is compared with the instant.
    """
    wants = dict(_RULE.findall(rule.upper()))
    count, interval = (whole_number(wants.get(name, "1"), 6) or 0 for name in ("COUNT", "INTERVAL"))
    days = {_DAYS.index(day) for day in wants.get("BYDAY", "").split(",") if day in _DAYS}
    until = wall_clock(wants.get("UNTIL", "")) or wall_clock(wants.get("UNTIL", "") + "T235959")
    is_bounded = "COUNT" in wants or until
    if set(wants) - _KNOWN or wants.get("FREQ") not in ("DAILY", "WEEKLY") or not is_bounded or not interval:
        return None
    if ("BYDAY" in wants and not days) or not (count if "COUNT" in wants else True):
        return None
    ends, is_utc = until or (FAR, False)
    # An UNTIL in UTC may be up to a day earlier on this clock.
    last = min(min(ends, FAR) + _MARGIN * is_utc, moment + LONGEST)
    found = _of_days(moment, wants["FREQ"], interval, days or None, last)
    if is_utc:
        ends = ends.replace(tzinfo=UTC)
        found = [each for each in found if aware(each).astimezone(UTC) <= ends]
    return found[: min(count, MOST)] if "COUNT" in wants else found[:MOST]


def _of_days(moment, freq, interval, days, last):
    found, day = [], 0
    while (each := moment + timedelta(days=day)) <= last:
        # Weeks are counted from the Monday of the first one.
        turn = day if freq == "DAILY" else (moment.weekday() + day) // 7
        wanted = {moment.weekday()} if freq == "WEEKLY" and days is None else days
        if turn % interval == 0 and (wanted is None or each.weekday() in wanted):
            found.append(each)
        day += 1
    return found
