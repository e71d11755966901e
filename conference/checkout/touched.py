"""What was done since to registrations that the office has made: while there is none of it, they can be taken back."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from conference import audit, payments, registration
from conference.kernel import named_by_others
from conference.payments import Order, OrderState
from conference.registration import Registration, State

CHANGED = _l("was changed since")
# What a registration and its order are made of from the first moment on.
_OF_ENTRY = ("registration_place", "registration_provision")
_OF_ORDER = ("payments_line", "payments_payment", "payments_ledger")
_WHY = {
    "door_check_in": _l("has checked in"),
    "badges_snapshot": _l("the badge was printed"),
    "payments_refund": _l("money was sent back"),
    "registration": _l("brings guests"),
}


class Made(NamedTuple):
    """Keys of a registration and of the order that the office has made it with."""

    entry_id: int
    order_id: int


def touched_since(made, *, at, beside=()):
    """{registration id: why, in words} of those that were paid, checked in or changed since `at`.

    `made` are Made, or whatever has the same two keys; their orders are locked, newest first. Rows of the tables `beside` are
    not minded: whoever asks has made them in the same moment.
    """
    entries, orders = ([getattr(each, name) for each in made] for name in ("entry_id", "order_id"))
    entry_of = {each.order_id: each.entry_id for each in made}
    now_there = payments.wholesale.locked(orders), registration.wholesale.by_ids(entries)
    found = {each.entry_id: why for each in made if (why := _moved_on(each, *now_there))}
    found |= {entry_of[key]: CHANGED for key in audit.changed_since(Order, orders, at) if entry_of[key] not in found}
    found |= dict.fromkeys(audit.changed_since(Registration, entries, at), CHANGED)
    found |= {entry_of[key]: _why(name) for key, name in _naming(Order.id, orders, (*_OF_ORDER, *beside))}
    return found | {key: _why(name) for key, name in _naming(Registration.id, entries, (*_OF_ENTRY, *beside))}


def _moved_on(each, orders, entries):
    """Why it is not any more what was made, if so."""
    order, entry = orders.get(each.order_id), entries.get(each.entry_id)
    if order is None or entry is None:
        return _l("is gone already")
    if order.state == OrderState.PAID and order.settled_at > order.placed_at:
        return _l("was paid since")
    if order.attempt:
        return _l("a payment was begun")
    expected = {OrderState.PAID: State.CONFIRMED, OrderState.OPEN: State.HELD}.get(order.state)
    return None if entry.state == expected else CHANGED


def _naming(key, ids, beside):
    return named_by_others(key, ids, beside=beside).items()


def _why(table):
    return _WHY.get(table, CHANGED)
