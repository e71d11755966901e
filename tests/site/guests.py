"""Guests on the site: Ada brings one who is registered, and has named another."""

from conference import checkout, payments, registration
from conference.kernel import transaction
from conference.payments import Seen
from conference.registration import Wish
from tests.site import people

AT_THE_DESK = ("guests", "new_guest", "add_guest", "order_guests", "remove_guest")


def sell(meeting):
    """A category for guests, of whom everybody may bring three."""
    facts = {"kind": "guest", "summary": "Σύντομη περίληψη", "position": 9, "admits_to_sessions": False}
    category = registration.add_category(meeting, code="along", name="Συνοδός", **facts)
    for window in meeting.windows:
        registration.set_price(category, window, amount_minor=5500)
    registration.guests.set_policy(meeting, most=3, hosts=[], by=None, now=meeting.opens_at)


def bring(meeting, name, given_name, now, *, is_ordered=True):
    """A guest of somebody who is registered, paid unless only named; the guest."""
    host = registration.by_id(registration.registration_in(meeting, people.person(name)).id)
    names = {"given_name": given_name, "family_name": "Δοκιμή", "country": "GR"}
    along = registration.category_by_code(meeting, "along")
    with transaction():
        how = {"category": along, "wish": Wish("along", extras=("dinner",)), "by": host.person, "now": now}
        guest = registration.guests.add(host, names=names, **how)
    if is_ordered:
        with transaction():
            order = checkout.place_guests(host, now=now)
        seen = Seen(f"cs_{guest.ref}", order.ref, "complete", "paid", order.total_minor, order.currency, guest.ref)
        with transaction():
            checkout.settle(order.id, seen, now=now)
        assert payments.order_by_ref(order.ref).state == "paid"
    return registration.by_id(guest.id)


def of_guests(meeting, now):
    """{key: value} for the addresses of guests."""
    standing = bring(meeting, "ada", "Μαρία", now)
    named = bring(meeting, "ada", "Άννα", now, is_ordered=False)
    host = registration.registration_in(meeting, people.person("ada"))
    return {
        "guest_ref": standing.ref,
        **{f"checkout.{view}.guest_ref": named.ref for view in ("guest", "save_guest", "remove_guest")},
        "staff.remove_guest.guest_ref": named.ref,
        **{f"staff.{view}.ref": host.ref for view in AT_THE_DESK},
    }
