"""One order over the seats of a group: quoted seat by seat, placed with all its places or not at all."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit, payments, people, registration
from conference.checkout import mails
from conference.checkout.entering import held_until
from conference.checkout.placing import MOST_UNPAID, hold_time, refuse_too_small
from conference.checkout.settling import settle_free
from conference.kernel import Money, Refusal, db, tokens
from conference.registration import groups


@dataclass(frozen=True)
class GroupQuote:
    """What the seats that are not ordered yet cost: (seat, its lines), what stands against some, sums for each grant."""

    priced: list
    faults: list
    total: Money
    split: list


@dataclass(frozen=True)
class _Part:
    """A line as `groups.split` adds it up."""

    amount: Money
    rule: dict
    ended_at: Any = None


def quote(group, *, now):
    """The GroupQuote of a group's open seats, each at its own person's standing."""
    seats = _open_seats(group)
    known = people.by_emails([seat.email for seat in seats if seat.email])
    taken, quoting = groups.registered_among(group.meeting, list(known)), groups.Quoting(group.meeting, known, now)
    sharing = registration.exhibitors.sharing_of(group)
    priced, faults = [], []
    for seat in seats:
        try:
            if seat.email in taken:
                raise Refusal(_("is registered already: take them off the roster"))
            offer = quoting.offer(seat)
            priced.append((seat, (sharing.priced(seat, offer) if sharing else offer).lines))
        except Refusal as refusal:
            faults.append((seat, str(refusal)))
    lines = [_Part(line.amount, line.rule) for _seat, lines in priced for line in lines]
    total = Money.total([line.amount for line in lines], group.meeting.currency)
    return GroupQuote(priced, faults, total, groups.split(lines, group.meeting.currency))


def place_group(group, *, by, now, seen_total=None, by_transfer=False, client=None, leaving=()):
    """One order of the group's coordinator over all open seats, their places held until it is paid; nothing to pay is settled.

    Those of the keys `leaving` stay on the roster: the payer was shown what stands against them. All the others are ordered, or none is.

    `client` is the network they come from, of which, as of the payer, only so many seats may wait for payment at once; None where
    the office orders for them. `by_transfer`: the places are held for as long as the office holds them, and a letter says how to pay. SoldOut, NotSold
    or Refusal (also when the total is not `seen_total` any more) leave nothing behind.
    """
    groups.lock(group)
    seats = [seat for seat in _open_seats(group) if seat.id not in leaving]
    network = _network(group, client)
    _refuse(group, seats, now)
    sharing = registration.exhibitors.sharing_of(group, lock=True)
    entries = groups.enrol(group.meeting, seats, now=now, institution=sharing.exhibitor.company if sharing else "")
    offers = _offers(group, seats, entries, sharing, now)
    lines = [line for offer in offers.values() for line in offer.lines]
    if client is not None and any(line.amount for line in lines):
        _refuse_hoarding(group, seats, network)
    order = _open(group, lines, by, now, by_transfer, network)
    if seen_total is not None and seen_total != order.total_minor:
        raise Refusal(_("The price has changed since you looked. Check it again."))
    refuse_too_small(order.total)
    if sharing:
        sharing.claim(now=now)
    add_ons = {each.code: each for offer in offers.values() for each in offer.add_ons}
    groups.hold_all([(seat, entries[seat.id]) for seat in seats], add_ons, now=now)
    _remember(group, order, entries)
    _go_on(order, by_transfer, now)
    return order


def may_transfer():
    """Whether groups may pay later, by bank transfer or against a purchase order."""
    return current_app.config["GROUPS_BY_TRANSFER"]


def _open_seats(group):
    return [each.seat for each in groups.seats_of(group) if each.state is groups.SeatState.OPEN]


def _refuse(group, seats, now):
    if not seats:
        raise Refusal(_("Every seat of this group is ordered."))
    if groups.lapsed_of(group, now) >= MOST_UNPAID:
        raise Refusal(_("Orders of this group were not paid several times today. Try again tomorrow, or write to us."))


def _offers(group, seats, entries, sharing, now):
    """{seat id: its Offer}; those of an exhibitor share what is free of charge in the order of the roster."""
    quoting = groups.Quoting(group.meeting, people.by_emails([seat.email for seat in seats if seat.email]), now)
    offers = {seat.id: quoting.offer(seat, reference=entries[seat.id].id) for seat in seats}
    return {seat.id: sharing.priced(seat, offers[seat.id]) for seat in seats} if sharing else offers


def _network(group, client):
    """One network for the groups of one meeting as a digest: counted apart from people who register by themselves."""
    return tokens.digest(f"{group.meeting_id}:{client}", purpose="groups-placed-from") if client else None


def _refuse_hoarding(group, seats, network):
    """An unpaid order keeps places from others, for days where a transfer is awaited: only so many of one payer or network."""
    most = current_app.config["GROUP_SEATS_UNPAID"]
    mine, there = groups.seats_waiting(group, network)
    if most and max(mine, there) + len(seats) > most:
        raise Refusal(
            _(
                "No more than %(most)s seats may wait for payment at once. Pay what waits, order fewer seats, or write to the "
                "office, which can order more for you.",
                most=most,
            )
        )


def _open(group, lines, by, now, by_transfer, network):
    if by_transfer and not may_transfer():
        raise Refusal(_("Groups pay by card here."))
    until = held_until(group.meeting, now) if by_transfer else now + hold_time()
    facts = {"currency": group.meeting.currency, "lines": lines, "now": now, "expires_at": until, "network": network}
    facts["scope"] = group.meeting.scope
    order = payments.open_order(person_id=group.coordinator_id, **facts)
    audit.record(by=by, verb="placed", subject=order, now=now, after={"total": order.total_minor})
    return order


def _remember(group, order, entries):
    groups.remember_order(group, order)
    rows = [{"id": seat_id, "order_id": order.id, "registration_id": entry.id} for seat_id, entry in entries.items()]
    db.session.execute(update(groups.Seat), rows)
    db.session.flush()


def _go_on(order, by_transfer, now):
    if not order.total:
        settle_free(order, now=now)
    elif by_transfer:
        mails.to_pay(order, now=now)
