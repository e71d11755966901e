"""An unpaid order whose price is over: a new one takes its place at today's price, explained; a placed line is never changed.

The old order lapses, the new one is placed and the places stay with the person: one transaction. Nothing is paid until the
person has seen the new price. Money that still comes for the old order finds it lapsed (see settling).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from conference import audit, payments, people, registration
from conference.checkout import paying
from conference.checkout.lapsing import WAITING, lapse_if_due
from conference.checkout.queries import is_for_others, registration_in, registrations_in
from conference.checkout.settling import settle_free
from conference.kernel import Refusal, clock, transaction
from conference.payments import OrderState


@dataclass(frozen=True)
class Replaced:
    """What became of an order whose price was over: `order` is the one to go on with, `refusal` why there is no new one."""

    order: payments.Order
    refusal: Refusal | None = None


def is_due(order, now):
    """Whether an order waits for its payment at a price that counts no more; a transfer that was promised, or has come in part, keeps it."""
    is_over = order.state == OrderState.OPEN and registration.pricing.price_is_over(order.lines, now)
    return is_over and payments.owed(order).minor <= 0 and payments.bank.promise_of(order) is None


def replace_order(order):
    """Close the order's payment page, and put an order at today's price in its place: Replaced. Raises gateway.Unreachable.

    When today's price cannot be had (the category is no longer sold, the code has ended) the old order lapses and gives its
    places back, and the refusal says why.
    """
    if order.session_id:
        with transaction():
            paying.claim_call(order)
        paying.close_and_look(order)
    try:
        with transaction():
            return Replaced(requote(order.id, now=clock.now()))
    except Refusal as refusal:
        with transaction():
            return Replaced(lapse_if_due(order.id, now=clock.now(), at_once=True), refusal)


def requote(order_id, *, now):
    """The order that is to be paid instead of one whose price is over; the same order when it is not. Inside a transaction."""
    old = payments.locked(order_id)
    if not is_due(old, now):
        return old
    if registration.changes.change_of(old.id) is not None:
        raise Refusal(_("The price of this change counts no more. Ask for it again at the price of today."))
    if is_for_others(old):
        raise Refusal(_("The seats are free to be ordered again at the price of today."))
    entries = registrations_in(old)
    # The pools stay locked until the commit, so what is given back here is taken again below, by nobody else.
    registration.release(*entries)
    payments.lapse(old)
    person = people.by_id(old.person_id)
    party = _party(old, entries, now)
    hold = timedelta(minutes=current_app.config["HOLD_MINUTES"])
    order = payments.open_order(
        person_id=person.id,
        currency=old.currency,
        lines=_told(party.lines, old),
        now=now,
        expires_at=max(old.expires_at, now + hold),
        scope=old.scope,
    )
    registration.hold_together(party.held, now=now)
    audit.record(by=None, verb="replaced", subject=old, now=now, before=_sum(old), after=_sum(order), note=order.ref)
    audit.record(by=None, verb="placed", subject=order, now=now, after=_sum(order), note=old.ref)
    if not order.total:
        settle_free(order, now=now)
    return order


def successor_of(order):
    """The order that took the place of a lapsed one and still stands, or None; None too for one about others than who pays."""
    if order.state != OrderState.LAPSED or is_for_others(order):
        return None
    entry = next(iter(registrations_in(order)), None)
    if entry is None:
        return None
    later = (each for each in payments.orders_with_line("registration", entry.id) if each.id > order.id)
    return next((each for each in later if each.state in (*WAITING, OrderState.PAID)), None)


def _party(old, entries, now):
    """Whoever pays with the guests of the same order, or the guests alone, at the price of today.

    What the office did not ask when the order was placed is not asked now.
    """
    guests, own = [each for each in entries if each.host_id], [each for each in entries if not each.host_id]
    if not own:
        by_office = bool(_let_off(old, "by_office"))
        return registration.guests.of_guests(registration_in(old), guests, now=now, by_office=by_office)
    whose = {"meeting": own[0].meeting, "person": own[0].person, "guests": guests}
    return registration.guests.with_guests(own[0], now=now, waived=_let_off(old, "waived") or "", **whose)


def _let_off(order, name):
    """What the tickets of an order keep of what the office did not ask (registration.offers.let_off), or None."""
    return next((line.rule[name] for line in order.lines if line.kind == "registration" and name in line.rule), None)


def _told(lines, old):
    """The new lines; the first says which order it replaces, and why."""
    first, *others = lines
    why = _("In place of order %(ref)s, whose price counted until then", ref=old.ref)
    rule = {**first.rule, "replaces": old.ref}
    return (replace(first, why=(*first.why, why), rule=rule), *others)


def _sum(order):
    return {"total": order.total_minor}
