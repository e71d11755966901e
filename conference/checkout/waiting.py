"""Waiting for a place: what somebody may wait for, and the way from an offer into the ordinary order."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from conference import meetings, payments, registration
from conference.checkout.changing.asking import change
from conference.checkout.changing.quoting import quote_change, wish_now
from conference.checkout.changing.sold import orders_about
from conference.kernel import Refusal
from conference.payments import OrderState
from conference.registration import Mode, State, waiting

DRAFTS = (State.DRAFT, State.CANCELLED)


@dataclass(frozen=True)
class Full:
    """A thing that somebody may wait for: `key` names it in a form; `pool` is what it draws from."""

    key: str
    title: str
    pool: Any
    waiting: int
    category: Any = None
    add_on: Any = None


def things_to_wait_for(meeting, person, now):
    """What is full for this person, in the order of the choice page, without what they wait for or have already."""
    if meeting.phase(now) is not meetings.Phase.OPEN:
        return []
    sold, entry = registration.on_sale(meeting, person, now), registration.registration_in(meeting, person)
    known = {each.pool_id for each in registration.waiting.live_of(person, meeting)} | registration.pools_of(entry)
    found = [*_categories(sold, entry), *_add_ons(sold)]
    return [each for each in found if each.pool.id not in known]


def join(key, *, meeting, person, now):
    """Wait for what `key` names; the Wait. Refusal in words when it cannot be waited for."""
    waits = {_key(each): each for each in registration.waiting.live_of(person, meeting)}
    if key in waits:
        return waits[key]  # a second click
    thing = next((each for each in things_to_wait_for(meeting, person, now) if each.key == key), None)
    if thing is None:
        raise Refusal(_("There is no waiting list for this, or you are on it, or a place is free: choose it."))
    entry = registration.start(meeting=meeting, person=person, now=now)
    return registration.waiting.join(entry, category=thing.category, add_on=thing.add_on, now=now)


def prepare(wait, *, now):
    """Put what is offered into the person's draft, ready to be ordered; Refusal in words when the offer cannot be taken."""
    entry = wait.registration
    if not wait.is_offered(now):
        raise Refusal(_("This offer has ended."))
    if entry.state not in DRAFTS:
        raise Refusal(
            _("An order of yours waits for its payment. Pay it, or give its places back, before you take this.")
        )
    category = wait.category or entry.category
    if category is None:
        return
    wish = _wish(wait, entry, category, now)
    registration.choose(entry, category=category, wish=wish, dues_code=entry.dues_code, now=now)


def quote(wait, *, now):
    """What is offered costs somebody who is registered so much (changing.Quoted); Refusal in words where it cannot be added.

    What was waited for is taken without a fee, whatever the meeting's table of changes says of that day.
    """
    entry = registration.by_id(wait.registration_id)
    return quote_change(entry, _changed(wait, entry, now), now=now, waived=True)


def add(wait, *, seen, by, now):
    """Add what is offered to a registration that is paid, at the price that was `seen`; its order, None when nothing is due."""
    if not wait.is_offered(now):
        raise Refusal(_("This offer has ended."))
    entry = registration.by_id(wait.registration_id)
    asked = change(entry, _changed(wait, entry, now), seen=seen, by=by, now=now, waived=True)
    return payments.order_by_id(asked.order_id) if asked.order_id else None


def taken(wait):
    """The order by which the person has taken what was offered already: open, or settled; None when they have not."""
    if wait.state not in (waiting.WaitState.ACCEPTED, waiting.WaitState.DONE):
        return None
    entry = registration.by_id(wait.registration_id)
    asked = registration.changes.open_change(entry)
    if asked is not None:
        return payments.order_by_id(asked.order_id)
    alive = (OrderState.OPEN, OrderState.ONGOING, OrderState.PAID)
    return next((each for each in orders_about(entry) if each.state in alive), None)


def _changed(wait, entry, now):
    """What a registration that is paid becomes: with the add-on, or with the ticket on site that was waited for."""
    before = wish_now(entry)
    if wait.add_on is not None:
        return replace(before, extras=(*before.extras, wait.add_on.code))
    return replace(_wish(wait, entry, wait.category, now), extras=before.extras)


def _wish(wait, entry, category, now):
    """What was wanted before, with what is offered."""
    if wait.add_on is not None:
        extras = dict.fromkeys([*entry.wanted, wait.add_on.code])
        return registration.Wish(category.code, entry.span, entry.mode, tuple(extras))
    sold = registration.on_sale(wait.meeting, entry.person, now)
    as_before = sold.amount(category, member=True, span=entry.span) is not None
    span = entry.span if as_before else registration.WHOLE
    return registration.Wish(category.code, span, str(Mode.IN_PERSON), tuple(entry.wanted))


def _categories(sold, entry):
    """Categories whose places on site are gone. Those that draw from the same places have one list."""
    if entry is not None and entry.state not in DRAFTS:
        return
    for each in sold.categories:
        if sold.is_sold(each, Mode.IN_PERSON) and sold.is_full(each):
            yield Full(f"category-{each.code}", each.name, each.pool, each.pool.waiting, category=each)


def _add_ons(sold):
    for each in sold.add_ons:
        if sold.lacks(each.pool) and registration.extras.is_sold_at(each, sold.now):
            yield Full(f"add-on-{each.code}", each.title, each.pool, each.pool.waiting, add_on=each)


def _key(wait):
    return f"category-{wait.category.code}" if wait.category else f"add-on-{wait.add_on.code}"
