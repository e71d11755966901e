"""The programme on the reader's own clock: every page can be read in a time zone of theirs, which a cookie keeps that they asked for.

Nothing of a release but its times depends on the zone. `InZone` is the same Published with another clock and kept pieces of its own, of which
a few zones at a time are held; the venue's own pieces are not touched (docs/decisions/reading-in-ones-own-zone.md).
"""

from collections import OrderedDict
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from flask import request

from conference import consent

ZONE_COOKIE = "plenary_zone"
KEPT_ZONES = 4
# The other names in the time zone database are abbreviations and old ways of writing these.
AREAS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
UTC = "UTC"


class InZone:
    """A Published programme whose `zone` is the reader's; all else is that of the one it is made of."""

    def __init__(self, published, name):
        self._published = published
        self.own_zone = name
        self.zone = ZoneInfo(name)
        self.kept = {}

    def __getattr__(self, name):
        return getattr(self._published, name)


def for_reader(published):
    """The programme on the clock that the reader has asked for, which is the venue's as long as they have not."""
    name = chosen()
    if name is None or published is None or name == published.programme.timezone:
        return published
    held = published.kept.setdefault("zones", OrderedDict())
    found = held.pop(name, None) or InZone(published, name)
    held[name] = found  # the last of the order now
    while len(held) > KEPT_ZONES:
        held.popitem(last=False)
    return found


def chosen():
    """The name of the zone that this browser carries; None without one, and for what is no zone."""
    name = request.cookies.get(consent.cookie_name(ZONE_COOKIE), "")
    return name if name in known() else None


@cache
def known():
    """The names that can be chosen."""
    return frozenset(
        {UTC} | {name for name in available_timezones() if name.partition("/")[0] in AREAS and "/" in name}
    )


@cache
def by_area():
    """{area: [(name, city)]}, both in order."""
    found = {area: [] for area in AREAS}
    for name in sorted(known() - {UTC}):
        found[name.partition("/")[0]].append((name, city_of(name)))
    return found


def city_of(name):
    """ "Buenos Aires" of "America/Argentina/Buenos_Aires"."""
    return name.rsplit("/", 1)[-1].replace("_", " ")
