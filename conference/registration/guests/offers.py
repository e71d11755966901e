"""What somebody and their guests cost together: each at the price of their own category, in one order."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from conference.kernel import Money, Refusal
from conference.registration.guests import queries, rules
from conference.registration.offers import Offer, let_off, offer_for, price, wish_of
from conference.registration.rules import NotSold


@dataclass(frozen=True)
class Part:
    """One registration of an order and its Offer."""

    entry: Any
    offer: Offer

    @property
    def held(self):
        """As it is held: (registration, add-ons, what was redeemed)."""
        return self.entry, self.offer.add_ons, self.offer.redeemed


@dataclass(frozen=True)
class Party:
    """The registrations of one order: whoever pays it (unless they have paid before), then their guests."""

    parts: tuple[Part, ...]
    currency: str

    @property
    def lines(self):
        """The lines of everybody, whoever pays first."""
        return tuple(line for part in self.parts for line in part.offer.lines)

    @property
    def total(self):
        """What they come to."""
        return Money.total([line.amount for line in self.lines], self.currency)

    @property
    def guests(self):
        """The parts of the guests."""
        return [part for part in self.parts if part.entry.host_id]

    @property
    def held(self):
        """All of them as they are held."""
        return [part.held for part in self.parts]


def with_guests(draft, *, meeting, person, now, guests=None, waived=""):
    """The Party of a draft and of `guests`, or of all who are named with it; NotSold, NotRedeemable or Refusal in words.

    `waived` is why the office does not ask what the category of the draft asks.
    """
    own = Part(draft, offer_for(draft, meeting=meeting, person=person, now=now, waived=waived))
    guests = queries.drafts_of(draft) if guests is None else guests
    if guests:
        _refuse_host(draft, meeting)
    return Party((own, *(_part(guest, now) for guest in guests)), meeting.currency)


def of_guests(host, guests, *, now, by_office=False):
    """The Party of some guests of a registration that stands already; NotSold or Refusal in words.

    `by_office`: staff are not bound by how many guests may be brought by whom, and the lines say so.
    """
    _refuse_host(host, host.meeting, by_office=by_office)
    parts = [_part(guest, now) for guest in guests]
    return Party(tuple(map(_by_office, parts)) if by_office else tuple(parts), host.meeting.currency)


def guest_offer(wish, category, *, meeting, now, name="", person=None, reference=0):
    """The Offer for a guest, `name` before what each line is called. A host's code is for the host alone."""
    offer = price(wish, category, "", meeting=meeting, person=person, now=now, reference=reference)
    lines = tuple(replace(line, title=f"{name}: {line.title}"[:600]) if name else line for line in offer.lines)
    return replace(offer, lines=lines)


def _part(guest, now):
    name = guest.person.full_name
    if not guest.category.is_on_offer:
        raise NotSold(_("%(name)s: this category is no longer offered.", name=name), field="guests")
    facts = {"person": guest.person, "reference": guest.id}
    try:
        return Part(
            guest, guest_offer(wish_of(guest), guest.category, meeting=guest.meeting, now=now, name=name, **facts)
        )
    except Refusal as refusal:
        raise NotSold(_("%(name)s: %(why)s", name=name, why=refusal), field="guests") from None


def _by_office(part):
    return replace(part, offer=replace(part.offer, lines=let_off(part.offer.lines, by_office=True)))


def _refuse_host(host, meeting, *, by_office=False):
    policy = rules.OFFICE if by_office else queries.policy_of(meeting)
    rules.refuse_host(policy, code=host.category.code, name=host.category.name, mode=host.mode)
