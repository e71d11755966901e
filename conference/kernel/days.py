"""A day as the span between two instants in a time zone, however long it is there."""

from datetime import datetime, time, timedelta

_DAY = timedelta(days=1)


def begin_of(day, zone):
    """The instant at which a day begins in a zone."""
    return datetime.combine(day, time(), tzinfo=zone)


def end_of(day, zone):
    """The instant at which a day is over in a zone, exclusive: the next one begins."""
    return begin_of(day + _DAY, zone)
