"""Placing an order: the price is frozen, the places are claimed, in one transaction."""

from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from conference import audit, membership, payments, people, registration
from conference.checkout.changing.quoting import refuse_unless_confirmed
from conference.checkout.settling import settle_free
from conference.kernel import Refusal, tokens
from conference.payments import OrderState
from conference.web import money

LONGEST_HOLD = timedelta(hours=2)
MOST_UNPAID = 5  # orders a day for one registration: more is holding places, not buying them


def place(*, draft, meeting, person, now, seen_total=None, letter=True, client=""):
    """An order for a draft registration and the guests who are named with it, with all places held; a zero total is settled at once.

    `seen_total` is what the person was shown: when the price is another by now, Refusal instead of a surprise. `client` is
    the network they come from, of which only so many may wait for payment at once. SoldOut, NotSold and Refusal leave
    nothing behind.
    """
    party = registration.guests.with_guests(draft, meeting=meeting, person=person, now=now)
    _check_ready(draft, meeting, person, party.parts[0].offer.redeemed)
    order = _place(party, meeting, person, seen_total=seen_total, client=client, about=[draft.id], now=now)
    if not order.total:
        settle_free(order, now=now, letter=letter)
    return order


def place_guests(host, *, seen_total=None, now, client="", held_for=None, by_office=False):
    """An order for the guests who are named and not ordered yet, of a registration that stands; as `place`.

    `by_office`: staff are not bound by how many guests may be brought by whom.
    """
    registration.guests.lock_host(host.id)
    host = registration.by_id(host.id)
    refuse_unless_confirmed(host)
    guests = registration.guests.drafts_of(host)
    if not guests:
        raise Refusal(_("There is nobody to be ordered. Look at your guests again."))
    party = registration.guests.of_guests(host, guests, now=now, by_office=by_office)
    about = {"about": registration.guests.every_id_of(host), "held_for": held_for}
    order = _place(party, host.meeting, host.person, seen_total=seen_total, client=client, now=now, **about)
    if not order.total:
        settle_free(order, now=now)
    return order


def redeem(draft, text, *, meeting, person, now):
    """Keep the code that was typed if it holds for what was chosen; empty takes away the one that is there.

    NotRedeemable or Refusal in words, and then nothing is changed.
    """
    code = registration.typed_code(text)
    if text and not code:
        raise registration.NotRedeemable(_("A code has letters, digits and hyphens only. Check it for a slip."))
    registration.redeem(draft, code)
    if code:
        registration.offer_for(draft, meeting=meeting, person=person, now=now)


def place_dues(*, type_code, person, now, held_for=None):
    """An order for membership dues alone; a zero total is settled at once. Refusal when there is nothing to buy.

    A double click or a second tab gets the order that waits already, so that nobody pays for two terms by mistake.
    """
    type_ = membership.type_by_code(type_code)
    if type_ is None or not type_.is_on_offer:
        raise Refusal(_("That membership is not offered"), field="type")
    offer = membership.offer_for(person, type_, membership.local_day(now))
    people.locked(person)  # two clicks at once wait for each other
    waiting = waiting_for(person, offer, now)
    if waiting is not None:
        return waiting
    refuse_too_small(offer.amount)
    order = _open(person, offer.amount.currency, [registration.dues_line(offer)], now, held_for)
    if not order.total:
        settle_free(order, now=now)
    return order


def waiting_for(person, offer, now):
    """The person's open order over exactly these dues, which are not ordered once more; or None."""
    line = registration.dues_line(offer)
    waiting = (each for each in payments.orders_of(person) if each.state == OrderState.OPEN and each.expires_at > now)
    same = ((order, sold) for order in waiting for sold in order.lines if len(order.lines) == 1)
    return next((order for order, sold in same if (sold.rule, sold.amount) == (line.rule, line.amount)), None)


def extend(order, *, now):
    """Hold an open order's places for another stretch, two hours in all; whether that was possible."""
    until = now + hold_time()
    return payments.extend(order, expires_at=until, longest=LONGEST_HOLD)


def hold_time():
    """How long places are held for a payment by card."""
    return timedelta(minutes=current_app.config["HOLD_MINUTES"])


def may_extend(order):
    """Whether an order's places can be held any longer than they are: not those that the office holds for days."""
    return order.expires_at < order.placed_at + LONGEST_HOLD


def place_imported(*, draft, meeting, person, now, held_for, waived="", code=""):
    """An order for somebody whom staff register: no questions asked, places held for `held_for` until it is paid.

    A code that the person had typed is theirs to use, not the office's; `code` is that of their invitation, which is.
    """
    if draft.discount_code != code:
        registration.redeem(draft, code)
    offer = registration.offer_for(draft, meeting=meeting, person=person, now=now, waived=waived)
    order = _open(person, meeting.currency, offer.lines, now, held_for, scope=meeting.scope)
    registration.hold(draft, add_ons=offer.add_ons, now=now, redeemed=offer.redeemed)
    return order


def _place(party, meeting, person, *, seen_total, client, about, now, held_for=None):
    """The order of a Party, its places held, not settled; `about` are keys of registrations for which not too much may lapse."""
    if seen_total is not None and seen_total != party.total.minor:
        raise Refusal(_("The price has changed since you looked. Check it again before you pay."))
    refuse_too_small(party.total)
    network = _network(meeting, client) if party.total else None
    _refuse_hoarding(about, person, network, now)
    order = _open(person, meeting.currency, party.lines, now, held_for, network=network, scope=meeting.scope)
    registration.hold_together(party.held, now=now)
    return order


def _open(person, currency, lines, now, held_for=None, network=None, scope=None):
    if any(line.amount.currency != currency for line in lines):
        raise Refusal(_("These cannot be paid in one order: their currencies differ"))
    expires_at = now + (held_for or hold_time())
    order = payments.open_order(
        person_id=person.id,
        currency=currency,
        lines=lines,
        now=now,
        expires_at=expires_at,
        network=network,
        scope=scope,
    )
    audit.record(by=person, verb="placed", subject=order, now=now, after={"total": order.total_minor})
    return order


def _network(meeting, client):
    """One network for one meeting as a digest: enough to count by, nothing to know anybody by."""
    return tokens.digest(f"{meeting.id}:{client}", purpose="placed-from") if client else None


def _refuse_hoarding(about, person, network, now):
    """An unpaid order keeps a place from others: not again and again for one person, nor for a crowd that one person makes up."""
    since, most = now - timedelta(days=1), current_app.config["HOLDS_PER_NETWORK"]
    facts = {"person_id": person.id, "since": since, "network": network or ""}
    lapsed, waiting = payments.unpaid("registration", about, **facts)
    if lapsed >= MOST_UNPAID:
        raise Refusal(
            _("Places were held for you several times today and not paid. Try again tomorrow, or write to the office.")
        )
    if network and most and waiting >= most:
        raise Refusal(
            _(
                "Many registrations from your network wait for their payment at this moment, and no further place is "
                "held until some are paid or given back. Try again in a few minutes, or from another network."
            )
        )


def refuse_too_small(total):
    """What the payment service would not take cannot be paid: said before anything is held."""
    if payments.is_too_small(total):
        raise Refusal(
            _(
                "%(total)s is less than the payment service takes. Add something, take a code away, or write to the office.",
                total=money(total),
            )
        )


def _check_ready(draft, meeting, person, redeemed):
    if not draft.category.is_on_offer and not (redeemed and redeemed.is_invited):
        raise registration.NotSold(_("This category is no longer offered. Choose another one."), field="category")
    if not person.is_complete:
        raise Refusal(_("Your name and country are needed first"), field="details")
    conduct_id = registration.conduct_code_id_of(meeting)
    if draft.questions_done_at is None or (conduct_id and draft.conduct_code_id != conduct_id):
        raise Refusal(_("Some questions are still open"), field="questions")
