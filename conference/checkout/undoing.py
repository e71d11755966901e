"""Undoing an import: everything it made is taken away again, but for what somebody has touched since."""

from flask_babel import lazy_gettext as _l

from conference import audit, payments, people, registration
from conference.kernel import db, named_by_others
from conference.payments import Order, OrderState
from conference.people import Person
from conference.registration import Registration, State

AT_ONCE = 500
# Rows that the import itself has made, and that go with it.
_OURS = ("registration_place",)
_MONEY = ("payments_line", "payments_payment", "payments_ledger")
_WHY = {
    "door_check_in": _l("has checked in"),
    "badges_snapshot": _l("the badge was printed"),
    "payments_refund": _l("money was sent back"),
}
CHANGED = _l("was changed since")


def kept_back(done, *, at):
    """{registration id: why} of those of an import that are not taken back: paid, checked in or changed since `at`."""
    found = {}
    for some in _parts(done):
        found |= _touched(some, at)
    return {entry_id: str(why) for entry_id, why in found.items()}


def undo_import(done, *, at):
    """Make everything as it was before, but for what `kept_back` names; (how many were taken back, kept back)."""
    kept = kept_back(done, at=at)
    gone = [each for each in done if each.entry_id not in kept]
    for some in _parts(gone):
        _take_back(some)
    people.forget_unnamed([each.person_id for each in gone if each.is_new_person])
    db.session.expire_all()
    return len(gone), kept


def _touched(done, at):
    entries, orders, persons = (
        [getattr(each, name) for each in done] for name in ("entry_id", "order_id", "person_id")
    )
    entry_of = {each.order_id: each.entry_id for each in done}
    now_there = payments.wholesale.locked(orders), registration.wholesale.by_ids(entries)
    found = {each.entry_id: why for each in done if (why := _moved_on(each, *now_there))}
    later = audit.changed_since(Person, persons, at)
    found |= {each.entry_id: _l("name or address were changed since") for each in done if each.person_id in later}
    found |= {entry_of[key]: CHANGED for key in audit.changed_since(Order, orders, at) if entry_of[key] not in found}
    found |= dict.fromkeys(audit.changed_since(Registration, entries, at), CHANGED)
    found |= {entry_of[key]: _why(name) for key, name in named_by_others(Order.id, orders, beside=_MONEY).items()}
    return found | {key: _why(name) for key, name in named_by_others(Registration.id, entries, beside=_OURS).items()}


def _moved_on(done, orders, entries):
    """Why it is not any more what the import left, if so."""
    order, entry = orders.get(done.order_id), entries.get(done.entry_id)
    if order is None or entry is None:
        return _l("is gone already")
    if order.state == OrderState.PAID and order.settled_at > order.placed_at:
        return _l("was paid since")
    if order.attempt:
        return _l("a payment was begun")
    expected = {OrderState.PAID: State.CONFIRMED, OrderState.OPEN: State.HELD}.get(order.state)
    return None if entry.state == expected else CHANGED


def _take_back(done):
    entries, orders = [each.entry_id for each in done], [each.order_id for each in done]
    new = [each.entry_id for each in done if each.before is None]
    registration.wholesale.give_up(entries)
    payments.wholesale.forget(orders)
    for each in done:
        if each.before is not None:
            registration.wholesale.put_back(each.entry_id, each.before)
    registration.wholesale.forget(new)
    audit.forget(Registration, new)
    audit.forget(Order, orders)


def _why(table):
    return _WHY.get(table, CHANGED)


def _parts(done):
    return (done[start : start + AT_ONCE] for start in range(0, len(done), AT_ONCE))
