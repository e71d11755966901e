"""Refunds by staff: what is taken back, what is sent back, and books that still tie out."""

from flask_babel import gettext as _

from conference import attending, audit, membership, payments, registration
from conference.checkout import mails
from conference.checkout.changing.sold import going_along, lines_of, orders_about
from conference.checkout.giving import line_ref
from conference.checkout.lapsing import release_places
from conference.kernel import Money, Refusal
from conference.payments import OrderState


def end_lines_and_refund(*, order_id, line_ids, amount, reason, by, now, left=None):
    """Take back what the lines gave (places, terms) and send `amount` back; the refunds promised.

    Less than the lines' prices keeps a fee, more is goodwill; no line at all is goodwill alone. Refusal, with nothing
    changed, when a line was ended before or more would go back than came, or when something else could still go back
    than the `left` (Money) that was seen: the same refund sent twice is done once.
    """
    order = locked_with_kin(order_id, line_ids)
    _refuse_unseen(order, left)
    ended = end_lines(order, line_ids, by=by, now=now)
    payments.book_difference(order, ended=ended, refunded=amount, now=now, by=by, why=reason)
    refunds = payments.send_back(order=order, amount=amount, reason=reason, by=by, now=now) if amount else []
    if order.state == OrderState.PARKED and not payments.refundable(order):
        order.state = OrderState.RETURNED
        payments.documents.to_be_followed(order.id)
        release_places(order)
    facts = {"lines": [line.title for line in ended], "amount": amount.minor}
    audit.record(by=by, verb="refunded", subject=order, now=now, after=facts, note=reason)
    mails.refunded(order, amount=amount, ended=ended, reason=reason, now=now)
    return refunds


def _refuse_unseen(order, left):
    now = payments.returnable(order)
    if left not in (None, now):
        told = f"{now.decimal_text} {now.currency}"
        raise Refusal(
            _("Money of this order has moved since you looked: %(left)s can still go back. Look again.", left=told),
            field="amount",
        )


def end_lines(order, line_ids, *, by, now):
    """Take back what lines of an order gave; the lines. The order and its kin are locked. Refusal as in `end_lines_and_refund`."""
    ended = _lines_to_end(order, line_ids)
    registration.allotments.lock_those_of(ended)
    _cancel(ended)
    for line in ended:
        _take_back(order, line, by, now)
    _follow(ended, now)
    return ended


def price_of(lines, currency):
    """What the given lines cost together: the amount that a full refund of them would be."""
    return Money.total([line.amount for line in lines], currency)


def locked_with_kin(order_id, line_ids):
    """The order, and whatever else sold things to the registrations that end: locked newest first, so none is settled meanwhile."""
    order = payments.order_by_id(order_id)
    ended = [line.reference for line in order.lines if line.id in set(line_ids) and line.kind == "registration"]
    entries = [registration.by_id(key) for key in ended]
    guests = [guest for entry in entries for guest in registration.guests.guests_of(entry)]
    kin = {order.id for entry in (*entries, *guests) for order in orders_about(entry)} | {order_id}
    return {key: payments.locked(key) for key in sorted(kin, reverse=True)}[order_id]


def _lines_to_end(order, line_ids):
    chosen = [line for line in order.lines if line.id in set(line_ids)]
    if len(chosen) != len(set(line_ids)) or any(line.ended_at for line in chosen):
        raise Refusal(_("One of these lines was taken back before. Look at the order again."))
    if chosen and order.state != OrderState.PAID:
        raise Refusal(_("Only lines of a settled order can be taken back"))
    if any(line.kind == payments.CREDIT for line in chosen):
        raise Refusal(_("What was paid before goes back with the line that it paid for."), field="lines")
    refuse_left_behind(order, chosen)
    return chosen


def refuse_left_behind(order, chosen):
    """Refusal when an add-on or a guest, of this order or a later one, would stay although what they hang on is among `chosen` lines."""
    taken = {line.id for line in chosen}
    for key in (line.reference for line in chosen if line.kind == "registration"):
        entry = registration.by_id(key)
        for left in (line for line in lines_of(entry) if line.id not in taken):
            _refuse_to_leave(left, order, _("Add-ons end with their registration: take them back too, or keep both."))
        for guest in going_along(entry):
            for left in (line for line in lines_of(guest) if line.id not in taken):
                text = _("%(name)s comes as a guest and ends with it: take that back too.", name=guest.person.full_name)
                _refuse_to_leave(left, order, text)


def _refuse_to_leave(line, order, text):
    if line.order_id == order.id:
        raise Refusal(text, field="lines")
    later = payments.order_by_id(line.order_id).ref
    text = _("%(what)s was bought later: take it back from order %(order)s first.", what=line.title, order=later)
    raise Refusal(text, field="lines")


def _cancel(lines):
    """Registrations end together: guests with whoever brings them."""
    entries = [registration.by_id(line.reference) for line in lines if line.kind == "registration"]
    if entries:
        registration.cancel(*entries)


def _follow(lines, now):
    """Their places in sessions go to those who wait: last of all, for sign-ups are locked after pools and codes."""
    keys = [line.reference for line in lines if line.kind == "registration"]
    if keys:
        attending.follow(registration.by_id(keys[0]).meeting_id, now=now)


def _take_back(order, line, by, now):
    match line.kind:
        case "registration":
            pass  # has ended, together with the others
        case "add_on":
            _take_back_add_on(line)
        case "fee":
            pass  # for something that was done: there is nothing to take back but the money
        case "dues":
            membership.void_term(order_line_ref=line_ref(line), now=now, by=by)
        case unknown:
            raise ValueError(f"nobody knows how to take back a line of kind {unknown}")
    payments.end_line(order, line, now=now, by=by)


def _take_back_add_on(line):
    """The place goes back, unless the whole registration was cancelled a moment ago and its places with it."""
    entry = registration.by_id(line.rule["registration"])
    add_on = registration.add_ons_by_id([line.reference])[line.reference]
    registration.cancel_booking(entry, add_on)
    if line.rule.get("off_minor"):
        registration.give_back_part(entry, line.rule["off_minor"])
