"""How long one walks between the rooms of a meeting."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Walking:
    """Minutes between two rooms by their names, in either direction; `usual` where nothing else is said."""

    usual: int = 0
    minutes: dict[frozenset[str], int] = field(default_factory=dict)

    @property
    def longest(self):
        """The longest way of all."""
        return timedelta(minutes=max(self.usual, *self.minutes.values(), 0))

    def between(self, one, other):
        """How long it takes; nothing within a room, or from where nobody knows where it is."""
        if one == other or not one or not other:
            return timedelta(0)
        return timedelta(minutes=self.minutes.get(frozenset((one, other)), self.usual))


NOWHERE = Walking()


def lacking(one, other, walking):
    """(time that there is, time that the way takes) from the end of one engagement to the start of the next, when it does not suffice; else None."""
    gap, takes = other.starts - one.ends, walking.between(one.session.room, other.session.room)
    return (gap, takes) if timedelta(0) <= gap < takes else None
