"""The seats of a group under a view and a search: what its payer looks at, of up to some hundred."""

from conference.registration.groups.reminding import still_missing
from conference.registration.groups.rules import SeatState

# View: whether a Seated stands in it.
_VIEWS = {
    "open": lambda each: each.state is SeatState.OPEN,
    "held": lambda each: each.state is SeatState.HELD,
    "paid": lambda each: each.state is SeatState.PAID,
    "missing": lambda each: bool(still_missing([each])),
    "declined": lambda each: each.is_declined,
    "ended": lambda each: each.state is SeatState.ENDED,
}


def views():
    """The names of the views, in order."""
    return list(_VIEWS)


def counts(seats):
    """{view: how many of `seats` stand in it}."""
    return {name: sum(holds(each) for each in seats) for name, holds in _VIEWS.items()}


def narrowed(seats, *, view="", text=""):
    """Those of `seats` that stand in a view, all without one, and of which every word of `text` occurs in name, address or grant."""
    found = [each for each in seats if view not in _VIEWS or _VIEWS[view](each)]
    words = text.casefold().split()
    return [each for each in found if all(word in _told(each.seat) for word in words)]


def _told(seat):
    return f"{seat.name} {seat.email} {seat.grant}".casefold()
