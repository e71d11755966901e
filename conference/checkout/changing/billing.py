"""Who pays for a change: the person themselves, or the payer of the group whose seat they have, who reads it in a payer's words."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from conference import payments
from conference.checkout.changing.sold import by_others
from conference.kernel import Refusal
from conference.registration import groups


@dataclass(frozen=True)
class Bill:
    """Whose order a change is; with the seat and its group where a payer of others pays for it."""

    person_id: int
    seat: Any = None
    group: Any = None

    def lines(self, lines, *, name=""):
        """The lines as they stand in the order; `name`: how the payer calls whoever takes the seat over."""
        if self.seat is None:
            return list(lines)
        return [groups.as_billed(line, self.seat, name=name) for line in lines]

    def credit(self, line, amount):
        """What was paid for an ended line, as far as it pays here: of the grant that had paid it."""
        made = payments.credit_line(line, amount)
        return made if self.seat is None else replace(made, rule={**made.rule, "grant": line.rule.get("grant", "")})

    def remember(self, order):
        """The order stands among those of the group."""
        if self.group is not None and order is not None:
            groups.remember_order(self.group, order)


def bill_for(entry, quote, *, by):
    """The Bill of a Quoted; the group is locked then, after the orders and before any registration.

    Refusal when an attendee would spend what somebody else has paid.
    """
    found = groups.seat_by_registration(entry)
    if found is None:
        return Bill(entry.contact_id)
    seat, group = found
    if by is not None and by.id == entry.person_id != group.coordinator_id:
        if by_others(quote.ends, by.id):
            raise Refusal(_("Somebody else paid for your registration: ask them, or write to the office."))
        return Bill(entry.person_id)
    groups.lock(group)
    return Bill(group.coordinator_id, seat, group)


def paid_by_another(entry, lines):
    """Those of a seat's `lines` that its payer has not paid: what an attendee has bought beside it goes back to them whole.

    What a former payer had ordered for the group is the payer's.
    """
    found = groups.seat_by_registration(entry)
    return not_of_group(lines, found[1]) if found else []


def not_of_group(lines, group):
    """Those of `lines` that neither the group's payer has ordered nor whoever was its payer before."""
    ours = groups.order_ids_of(group)
    return [line for line in by_others(lines, group.coordinator_id) if line.order_id not in ours]


def seen_by_payer(entry, offer):
    """An Offer for a registration, without what only its own person may read when it is a payer's seat."""
    found = groups.seat_by_registration(entry)
    return groups.for_payer(offer, found[0]) if found else offer
