"""Doing a change that is paid: the registration becomes what was asked for, old lines end, and what is left over goes back."""

from flask_babel import gettext as _

from conference import attending, payments, registration
from conference.kernel import Money, Refusal
from conference.payments import OrderState


def complete(change, order, *, now, late=False):
    """Do a change whose `order` (None when nothing is sold) is paid; Refusal, and nothing is done, when it cannot be any more.

    Orders are locked from the newest to the oldest, then the group whose seat it is, as everywhere; the seat follows.
    """
    entry = registration.by_id(change.registration_id)
    ended = locked_lines(change.ends)
    seated = registration.groups.seat_by_registration(entry)
    if seated:
        registration.groups.lock(seated[1])
    registration.allotments.lock_those_of([line for line, _order in ended])
    registration.changes.do(change, entry, now=now, late=late)
    for line, sold_in in ended:
        payments.end_line(sold_in, line, now=now)
    if seated:
        registration.groups.follow(seated[0], change, order)
    _follow_code(change.heir_id or entry.id, [line for line, _order in ended], order)
    _follow_allotment(entry, [line for line, _order in ended], order)
    _send_back(change, order, ended, now)
    attending.follow(entry.meeting_id, now=now)  # last of all: sign-ups are locked after pools and codes


def locked_lines(keys):
    """[(line, its order)], the orders locked; Refusal when one of them does not stand any more.

    Whoever ends lines locks their orders before touching a registration; a row that refers to a registration touches it too.
    """
    orders = [payments.locked(key) for key in sorted(payments.orders_of_lines(keys), reverse=True)]
    found = [(line, order) for order in orders for line in order.lines if line.id in keys]
    if any(order.state != OrderState.PAID or line.ended_at for line, order in found):
        raise Refusal(_("This registration has moved on meanwhile. Look at it again before you change it."))
    return found


def _follow_code(entry_id, ended, order):
    """The use of a code counts what it takes off now."""
    before = sum(line.rule.get("off_minor", 0) for line in ended)
    after = sum(line.rule.get("off_minor", 0) for line in order.lines) if order else 0
    if before != after:
        registration.give_back_part(registration.by_id(entry_id), before - after)


def _follow_allotment(entry, ended, order):
    """Whoever changes a badge within an allotment into something that is paid for leaves it to another."""
    sold = order.lines if order else []
    if any("allotment" in line.rule for line in ended) and not any("allotment" in line.rule for line in sold):
        registration.allotments.give_back(entry)


def _send_back(change, order, ended, now):
    """What the ended lines had cost, less what of it pays in the new order."""
    used = {line.reference: -line.amount for line in order.lines if line.kind == "credit"} if order else {}
    for line, sold_in in ended:
        left = line.amount - used.get(line.id, Money(0, line.currency))
        if left:
            reason = change.reason or registration.changes.change_in_words(change)
            payments.send_back(order=sold_in, amount=left, reason=reason, now=now)
