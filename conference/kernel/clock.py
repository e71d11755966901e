"""The clock, read at the edges only and passed down as `now`."""

from datetime import UTC, datetime


def now():
    """The present instant as an aware UTC datetime, whole microseconds."""
    return datetime.now(UTC)
