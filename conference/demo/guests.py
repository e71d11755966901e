"""Guests of the demo: some attendees bring somebody to the meeting and to the dinner; one has only been named."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from conference import checkout, registration
from conference.demo.names import invented
from conference.kernel import Refusal, db, transaction
from conference.registration import CategoryKind, Mode, State

EVERY = 20  # one attendee in so many
NAMED_FROM = 100_000  # invented people beyond every crowd of attendees
PRICES = (55, 65, 75)
SUMMARY = "Partners, family and friends: receptions and what is added here, no scientific sessions."


def sell_to_guests(meeting, now):
    """A category of their own, of whom everybody but exhibitors may bring two; they have a band of their own on the badge."""
    pool = registration.add_pool(meeting, name="Accompanying persons", places=600)
    facts = {"kind": CategoryKind.GUEST, "admits_to_sessions": False, "band": "#a8324a", "position": 9}
    guest = registration.add_category(
        meeting, code="guest", name="Accompanying person", pool=pool, summary=SUMMARY, **facts
    )
    for window, price in zip(meeting.windows, PRICES, strict=True):
        registration.set_price(guest, window, amount_minor=price * 100)
    rule = {"kind": "cancel", "until": _days_before(meeting, 14), "category_id": guest.id, "amount_minor": 1000}
    registration.changes.add_step(meeting, by=None, now=now, **rule)
    attendees = [each.code for each in registration.categories_of(meeting, kind=CategoryKind.ATTENDEE)]
    hosts = [code for code in attendees if code != "industry"]
    registration.guests.set_policy(meeting, most=2, hosts=hosts, by=None, now=now)
    _workshops_are_for(attendees, meeting, now)


def _days_before(meeting, days):
    return datetime.combine(meeting.starts - timedelta(days=days), time(0), tzinfo=meeting.zone)


def _workshops_are_for(codes, meeting, now):
    for each in registration.add_ons_of(meeting):
        if each.kind == "workshop":
            registration.change(each, by=None, now=now, only_for=codes)


def build_guests(meeting, now, progress):
    """Every 20th of those who come in person brings somebody, every other of these guests joins the dinner."""
    hosts = _hosts(meeting)[::EVERY]
    for number, ref in enumerate(hosts):
        with transaction():
            _bring(meeting, ref, number, now - timedelta(days=1), is_last=number == len(hosts) - 1)
        db.session.expunge_all()
    progress(len(hosts))


def _bring(meeting, ref, number, now, *, is_last):
    host = registration.by_ref(ref)
    try:
        _name(meeting, host, number, now)
    except Refusal:  # a category that brings nobody
        return
    if not is_last:
        order = checkout.place_guests(host, now=now)
        checkout.settle_paid_by_hand(order.id, reference="demo", by=None, now=now, letter=False)


def _name(meeting, host, number, now):
    known = invented(NAMED_FROM + number)
    names = {name: known[name] for name in ("given_name", "family_name", "country")}
    category = registration.category_by_code(meeting, "guest")
    wish = registration.Wish("guest", extras=() if number % 2 else ("dinner",))
    registration.guests.add(host, names=names, category=category, wish=wish, by=host.person, now=now)


def _hosts(meeting):
    entry = registration.Registration
    coming = select(entry.ref).where(
        entry.meeting_id == meeting.id, entry.state == State.CONFIRMED, entry.mode == Mode.IN_PERSON
    )
    return list(db.session.scalars(coming.order_by(entry.id)))
