"""Undoing an import: what it sold is taken back and what it registered ends, but for what somebody has touched since."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from conference import audit, payments, registration
from conference.checkout.touched import touched_since
from conference.kernel import db, in_parts
from conference.payments import OrderState
from conference.people import Person


@dataclass(frozen=True)
class Undone:
    """What undoing an import did: how many registrations it ended, how much goes back by hand (minor units), how many unpaid
    orders lapsed, and {registration id: why} of those that it left.
    """

    entries: int
    refunded: int
    lapsed: int
    kept: dict


def kept_back(done, *, at):
    """{registration id: why} of those of an import that are not taken back: paid, checked in or changed since `at`."""
    found = {}
    for some in in_parts(_newest_first(done)):
        found |= _touched(some, at)
    return {entry_id: str(why) for entry_id, why in found.items()}


def undo_import(done, *, at, reason, by, now):
    """Take back what an import sold and end what it registered, but for what `kept_back` names: Undone.

    Nothing that was booked is taken away: what was paid is given back by hand, lines end, unpaid orders lapse. Whoever had
    begun before the import has their draft again; who had not is left with a registration that was cancelled.
    """
    kept = kept_back(done, at=at)
    gone = _newest_first(each for each in done if each.entry_id not in kept)
    refunded, lapsed = {}, set()
    for some in in_parts(gone):
        back, unpaid = payments.wholesale.take_back([each.order_id for each in some], reason=reason, by=by, now=now)
        _end(some)
        _tell(some, back, reason, by, now)
        refunded, lapsed = refunded | back, lapsed | unpaid
    # The pools last: many wait for them, and nobody who holds one waits for an order.
    registration.wholesale.give_up([each.entry_id for each in gone])
    db.session.expire_all()
    return Undone(len(gone), sum(refunded.values()), len(lapsed), kept)


def _touched(done, at):
    renamed = audit.changed_since(Person, [each.person_id for each in done], at)
    found = {each.entry_id: _l("name or address were changed since") for each in done if each.person_id in renamed}
    return found | touched_since(done, at=at)


def _end(done):
    registration.wholesale.end([each.entry_id for each in done if each.before is None])
    for each in done:
        if each.before is not None:
            registration.wholesale.put_back(each.entry_id, each.before)


def _tell(done, refunded, reason, by, now):
    """Each order's story and each registration's: as of an order that the desk refunds or cancels."""
    entries, orders = (
        find([getattr(each, name) for each in done])
        for find, name in ((registration.wholesale.by_ids, "entry_id"), (payments.wholesale.by_ids, "order_id"))
    )
    for each in done:
        order = orders[each.order_id]
        verb = "cancelled" if order.state == OrderState.LAPSED else "refunded"
        facts = {"amount": refunded.get(order.id, 0)} if verb == "refunded" else None
        audit.record(by=by, verb=verb, subject=order, now=now, after=facts, note=reason)
        audit.record(by=by, verb="undid the import of", subject=entries[each.entry_id], now=now, note=reason)


def _newest_first(done):
    """In the order in which orders are locked."""
    return sorted(done, key=lambda each: -each.order_id)
