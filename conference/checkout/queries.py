"""What an order is about: registrations of the person who pays, of others, or none at all."""

from conference import payments, people, registration


def registrations_in(order):
    """The registrations that an order is about, in the order of its lines; none for dues alone."""
    ids = dict.fromkeys(key for line in order.lines if (key := entry_id_of(line)))
    found = registration.by_ids(list(ids))
    return [found[each] for each in ids]


def registration_in(order):
    """The payer's own registration in an order, or None: who pays for others sees nothing of theirs."""
    return next((each for each in registrations_in(order) if each.person_id == order.person_id), None)


def meeting_in(order):
    """The meeting that an order is about, or None for dues alone."""
    first = next((key for line in order.lines if (key := entry_id_of(line))), None)
    return registration.by_id(first).meeting if first else None


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
    """Whether an order holds a registration of somebody who does not pay it."""
    return any(each.person_id != order.person_id for each in registrations_in(order))


def group_behind(change):
    """The group whose payer pays for a change, or None: by its order, and by those that sold what it ends."""
    ids = payments.orders_of_lines(change.ends) | ({change.order_id} if change.order_id else set())
    return registration.groups.group_of_orders(ids) if ids else None


def payer_of(order):
    """Who pays an order."""
    return people.by_id(order.person_id)
