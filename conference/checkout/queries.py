"""What an order is about: registrations of the person who pays, of others, or none at all."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from conference import membership, payments, people, registration
from conference.kernel import db
from conference.payments import Line, Order


def registrations_in(order):
    """The registrations that an order is about, in the order of its lines; none for dues alone."""
    ids = dict.fromkeys(key for line in order.lines if (key := entry_id_of(line)))
    found = registration.by_ids(list(ids))
    return [found[each] for each in ids]


def registration_in(order):
    """The payer's own registration that an order is about, or to which its guests belong; None: who pays for others sees nothing of theirs."""
    found = registrations_in(order)
    own = next((each for each in found if each.person_id == order.person_id), None)
    guest = next((each for each in found if each.host_id and each.contact_id == order.person_id), None)
    return registration.by_id(guest.host_id) if own is None and guest is not None else own


def guests_in(order):
    """The guests of the payer whom an order is about."""
    return [each for each in registrations_in(order) if each.host_id and each.contact_id == order.person_id]


def is_for_guests(order):
    """Whether an order is about guests of the payer alone, who is registered already."""
    found = registrations_in(order)
    return bool(found) and all(each.host_id for each in found)


def meeting_in(order):
    """The meeting that an order is about, or None for dues alone."""
    first = next((key for line in order.lines if (key := entry_id_of(line))), None)
    return registration.by_id(first).meeting if first else None


def is_for_dues(order):
    """Whether an order is over membership dues alone."""
    return all(line.kind == "dues" for line in order.lines)


def has_terms_of(order):
    """Whether its person has each term that an order over dues alone is about, from elsewhere if the order is not paid: their first days are paid."""
    person = people.by_id(order.person_id)
    return all(membership.standing_of(person, date.fromisoformat(line.rule["starts"])).is_paid for line in order.lines)


def had_elsewhere(order_ids):
    """Keys of those of these orders that are over dues alone, and of which each term is had, as `has_terms_of` asks it: in two queries."""
    asked = select(Line.order_id, Order.person_id, Line.kind, Line.rule).join(Order, Order.id == Line.order_id)
    terms = defaultdict(set)
    for order_id, person_id, kind, rule in db.session.execute(asked.where(Line.order_id.in_(order_ids))):
        terms[order_id].add((person_id, date.fromisoformat(rule["starts"]) if kind == "dues" else None))
    dues = {order_id: days for order_id, days in terms.items() if all(day for _person, day in days)}
    paid = membership.paid_days(set().union(*dues.values())) if dues else set()
    return {order_id for order_id, days in dues.items() if days <= paid}


def entry_id_of(line):
    """The key of the registration that a line is about, or None: of dues, of a credit."""
    return line.reference if line.kind == "registration" else line.rule.get("registration")


def lines_about(order, entry):
    """The lines of an order that are about one registration."""
    return [line for line in order.lines if entry_id_of(line) == entry.id]


def standing(order):
    """The lines of an order that were not taken out of it."""
    return [line for line in order.lines if not line.ended_at]


def is_for_others(order):
    """Whether an order holds a registration of somebody who does not pay it, and is not written to through the payer."""
    return any(each.contact_id != order.person_id for each in registrations_in(order))


def group_behind(change):
    """The group whose payer pays for a change, or None: by its order, and by those that sold what it ends."""
    ids = payments.orders_of_lines(change.ends) | ({change.order_id} if change.order_id else set())
    return registration.groups.group_of_orders(ids) if ids else None


def payer_of(order):
    """Who pays an order."""
    return people.by_id(order.person_id)
