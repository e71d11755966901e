"""Placing an order: the price is frozen, the places are claimed, in one transaction."""

from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from conference import audit, membership, payments, registration
from conference.checkout.settling import settle_free
from conference.kernel import Refusal

LONGEST_HOLD = timedelta(hours=2)


def place(*, draft, meeting, person, now, seen_total=None, letter=True):
    """An order for a draft registration, with its places held; a zero total is settled at once.

    `seen_total` is what the person was shown: when the price is another by now, Refusal instead of a surprise. SoldOut,
    NotSold and Refusal leave nothing behind.
    """
    offer = registration.offer_for(draft, meeting=meeting, person=person, now=now)
    _check_ready(draft, meeting, person)
    if seen_total is not None and seen_total != offer.total.minor:
        raise Refusal(_("The price has changed since you looked. Check it again before you pay."))
    order = _open(person, meeting.currency, offer.lines, now)
    registration.hold(draft, add_ons=offer.add_ons, now=now)
    if not order.total:
        settle_free(order, now=now, letter=letter)
    return order


def place_dues(*, type_code, person, now):
    """An order for membership dues alone; a zero total is settled at once. Refusal when there is nothing to buy."""
    type_ = membership.type_by_code(type_code)
    if type_ is None or not type_.is_on_offer:
        raise Refusal(_("That membership is not offered"), field="type")
    offer = membership.offer_for(person, type_, membership.local_day(now))
    order = _open(person, offer.amount.currency, [registration.dues_line(offer)], now)
    if not order.total:
        settle_free(order, now=now)
    return order


def extend(order, *, now):
    """Hold an open order's places for another stretch, two hours in all; whether that was possible."""
    until = now + timedelta(minutes=current_app.config["HOLD_MINUTES"])
    return payments.extend(order, expires_at=until, longest=LONGEST_HOLD)


def place_imported(*, draft, meeting, person, now, held_for):
    """An order for somebody whom staff register: no questions asked, places held for `held_for` until it is paid."""
    offer = registration.offer_for(draft, meeting=meeting, person=person, now=now)
    order = _open(person, meeting.currency, offer.lines, now, held_for)
    registration.hold(draft, add_ons=offer.add_ons, now=now)
    return order


def _open(person, currency, lines, now, held_for=None):
    if any(line.amount.currency != currency for line in lines):
        raise Refusal(_("These cannot be paid in one order: their currencies differ"))
    expires_at = now + (held_for or timedelta(minutes=current_app.config["HOLD_MINUTES"]))
    order = payments.open_order(person_id=person.id, currency=currency, lines=lines, now=now, expires_at=expires_at)
    audit.record(by=person, verb="placed", subject=order, now=now, after={"total": order.total_minor})
    return order


def _check_ready(draft, meeting, person):
    if not person.is_complete:
        raise Refusal(_("Your name and country are needed first"), field="details")
    conduct = registration.conduct_code_of(meeting)
    if draft.questions_done_at is None or (conduct and draft.conduct_code_id != conduct.id):
        raise Refusal(_("Some questions are still open"), field="questions")
