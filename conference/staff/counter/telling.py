"""What a counter shows of somebody who is registered: what stands, what is owed, whether they are in, what can be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno

from conference import checkout, door, people, registration
from conference.kernel import clock, is_ref
from conference.registration import Mode, State
from conference.staff.counter import serving
from conference.staff.counter.rules import UNDO_FOR
from conference.web import absolute_url


@dataclass(frozen=True)
class Card:
    """A registration at the counter. `order` waits for money, `is_shared` with others; `missing` is what only they can say."""

    entry: Any
    order: Any
    is_shared: bool
    arrival: Any
    verdict: Any
    missing: list
    walk_in: Any = None
    undo_until: datetime | None = None
    is_printed: bool = False

    @property
    def due(self):
        """What can be paid here, as Money, or None."""
        return self.order.total if self.order is not None and not self.is_shared else None

    @property
    def has_badge(self):
        """Whether there is a badge to print."""
        return self.entry.state == State.CONFIRMED and self.entry.mode == Mode.IN_PERSON

    @property
    def reason(self):
        """Why they cannot come in, in words, or None."""
        return door.reason(self.verdict, self.entry) if self.verdict.reason else None


def card_of(meeting, person):
    """The Card of somebody's registration for the meeting; None when they have none that stands."""
    entry = registration.registration_in(meeting, person)
    if entry is None or entry.state not in (State.HELD, State.CONFIRMED):
        return None
    return _card(registration.by_id(entry.id))


def done(meeting, ref, *, prints=False):
    """The Card of whom was served last, with what can be undone of it; None when the address names nobody."""
    entry = registration.by_ref(ref) if is_ref(ref) else None
    if entry is None or entry.meeting_id != meeting.id:
        return None
    walk_in = serving.walk_in_of(entry)
    if not serving.may_undo(walk_in, clock.now()):
        return _card(entry, is_printed=prints)
    return _card(entry, walk_in=walk_in, undo_until=walk_in.at + UNDO_FOR, is_printed=prints)


def own_page(entry):
    """(address, picture as a data address) of the page on which somebody answers what only they can say."""
    address = absolute_url("registration.questions", code=entry.meeting.code)
    return address, segno.make(address, error="m").svg_data_uri(scale=4, border=4, light="#fff")


def _card(entry, **more):
    order = serving.order_to_pay(entry)
    person = people.by_id(entry.person_id)
    return Card(
        entry=entry,
        order=order,
        is_shared=order is not None and checkout.is_for_others(order),
        arrival=door.check_in_of(entry),
        verdict=door.verdict_on(entry, entry.meeting, clock.now()),
        missing=registration.groups.missing(entry, person, registration.conduct_code_id_of(entry.meeting)),
        **more,
    )
