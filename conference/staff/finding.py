"""The one search box: a reference opens at once, words find people with what they have here."""

from dataclasses import dataclass, field

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from conference import checkout, payments, people, registration
from conference.kernel import Refusal, db
from conference.payments import Event, Order, Payment, Refund
from conference.people import Person
from conference.registration import Registration


@dataclass
class Found:
    """A person with their registrations and orders."""

    person: Person
    registrations: list = field(default_factory=list)
    orders: list = field(default_factory=list)


def exact(text, meeting):
    """The address of the one thing that `text` names exactly, or None."""
    return _by_reference(text) or _by_document(text) or _by_payment(text) or _by_address(text, meeting)


def people_matching(text):
    """An ordered SELECT of people of whom every word of `text` occurs in name, address or institution."""
    statement = select(Person).where(*people.matching(text))
    return statement.order_by(Person.family_name, Person.given_name, Person.id)


def with_theirs(found):
    """[Found] for people: their registrations and orders, newest first, in two queries."""
    rows = {person.id: Found(person) for person in found}
    theirs = select(Registration).where(Registration.person_id.in_(rows)).order_by(Registration.id.desc())
    for entry in db.session.scalars(theirs.options(joinedload(Registration.meeting))):
        rows[entry.person_id].registrations.append(entry)
    bought = select(Order).where(Order.person_id.in_(rows)).order_by(Order.id.desc())
    for order in db.session.scalars(bought):
        rows[order.person_id].orders.append(order)
    return list(rows.values())


def story_address(order):
    """Where an order's story is told: with its payer's registration, or alone when it is about dues, or about others or guests alone."""
    is_apart = checkout.is_for_others(order) or checkout.is_for_guests(order)
    entry = None if is_apart else checkout.registration_in(order)
    if entry is None:
        return url_for("staff.order", ref=order.ref)
    return url_for("staff.registration", ref=entry.ref, _anchor=f"order-{order.ref}")


def _by_reference(text):
    found = (_story_of(ref) for ref in payments.bank.refs_said(text))
    return next(filter(None, found), None)


def _story_of(ref):
    entry = registration.by_ref(ref) or registration.by_badge_code(ref)
    if entry is not None:
        return url_for("staff.registration", ref=entry.ref)
    order = payments.order_by_ref(ref) or _order_with(Refund, Refund.ref == ref)
    return story_address(order) if order else None


def _by_document(text):
    """The number of an invoice, a credit note or a pro-forma."""
    order = _order(select(Order.ref).where(Order.id.in_(payments.documents.queries.numbered(text.strip()))))
    return story_address(order) if order else None


def _by_payment(text):
    """A PaymentIntent, a refund or a Checkout Session, as Stripe's dashboard names them; or a message's own key."""
    if len(text) < 6 or " " in text:
        return None
    order = _order_with(Payment, Payment.provider_ref == text) or _order_with(Refund, Refund.provider_ref == text)
    order = order or _order(select(Order.ref).where(Order.session_id == text))
    if order is not None:
        return story_address(order)
    event_id = db.session.scalar(select(Event.id).where(Event.event_id == text))
    return url_for("staff.events", show="all", _anchor=f"event-{event_id}") if event_id else None


def _by_address(text, meeting):
    try:
        person = people.by_email(people.normal_email(text)) if "@" in text else None
    except Refusal:
        return None
    entry = registration.registration_in(meeting, person) if person and meeting else None
    return url_for("staff.registration", ref=entry.ref) if entry else None


def _order_with(table, clause):
    return _order(select(Order.ref).join(table, table.order_id == Order.id).where(clause))


def _order(statement):
    ref = db.session.scalar(statement.limit(1))
    return payments.order_by_ref(ref) if ref else None
