"""Guests: people known by name who come along with somebody, as a registration of their own in a category of their own.

A guest's registration names that of the host (`Registration.host_id`), so that places, prices, badges and the door know
nothing of guests. It never stands without the host's: `hosting` sees to that.
"""

from conference.registration.guests.actions import add, change, remove, set_policy
from conference.registration.guests.choosing import chosen, guest_form, guests_on_sale
from conference.registration.guests.fitting import refuse_unfit
from conference.registration.guests.forms import NamesForm
from conference.registration.guests.offers import Part, Party, guest_offer, of_guests, with_guests
from conference.registration.guests.queries import (
    LIVE,
    categories_of,
    count_of,
    drafts_of,
    every_id_of,
    guest_of,
    guests_among,
    guests_of,
    hosts_among,
    is_offered,
    may_bring,
    policy_of,
)
from conference.registration.guests.rules import MOST, GuestPolicy, may_host, refuse_host, refuse_more
from conference.registration.hosting import lock as lock_host

__all__ = [
    "LIVE",
    "MOST",
    "GuestPolicy",
    "NamesForm",
    "Part",
    "Party",
    "add",
    "categories_of",
    "change",
    "chosen",
    "count_of",
    "drafts_of",
    "every_id_of",
    "guest_form",
    "guest_of",
    "guest_offer",
    "guests_among",
    "guests_of",
    "guests_on_sale",
    "is_offered",
    "may_bring",
    "may_host",
    "of_guests",
    "policy_of",
    "refuse_host",
    "hosts_among",
    "lock_host",
    "refuse_more",
    "refuse_unfit",
    "remove",
    "set_policy",
    "with_guests",
]
