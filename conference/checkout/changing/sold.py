"""What a registration has bought and still has: its lines, over all the orders that sold them."""

from flask_babel import gettext as _

from conference import payments, registration
from conference.kernel import Refusal
from conference.payments import OrderState
from conference.registration import State


def orders_about(entry):
    """Every order about a registration, newest first: those that sold the ticket, and those of its changes."""
    found = {order.id: order for order in payments.orders_with_line("registration", entry.id)}
    for change in registration.changes.changes_of(entry):
        if change.order_id and change.order_id not in found:
            found[change.order_id] = payments.order_by_id(change.order_id)
    return [found[key] for key in sorted(found, reverse=True)]


def lines_of(entry):
    """The settled lines that the registration stands on: the ticket first, then add-ons. Fees and credits are none of them."""
    lines = [line for order in orders_about(entry) if order.state == OrderState.PAID for line in order.lines]
    mine = [line for line in lines if not line.ended_at and is_about(line, entry)]
    return sorted(mine, key=lambda line: (line.kind != "registration", line.id))


def is_about(line, entry):
    """Whether a line sold the registration itself, or an add-on of it."""
    if line.kind == "registration":
        return line.reference == entry.id
    return line.kind == "add_on" and line.rule.get("registration") == entry.id


def going_along(entry):
    """The guests who end when a registration does; Refusal while an order for one of them waits for its payment."""
    guests = registration.guests.guests_of(entry, (State.HELD, State.CONFIRMED))
    refuse_waiting(guests)
    return guests


def refuse_waiting(guests):
    """Refusal while an order for one of the guests waits; it names nobody: who pays for a seat need not know whom its attendee brings."""
    if any(guest.state == State.HELD for guest in guests):
        text = _(
            "An order for guests who come with this registration waits for its payment: it is paid or given back first."
        )
        raise Refusal(text)


def payers_of(entry):
    """Keys of the people whose orders paid for what a registration stands on."""
    standing = {line.order_id for line in lines_of(entry)}
    return {order.person_id for order in orders_about(entry) if order.id in standing}


def by_others(lines, person_id):
    """Those of `lines` that somebody else than `person_id` has paid for."""
    orders = {key: payments.order_by_id(key) for key in {line.order_id for line in lines}}
    return [line for line in lines if orders[line.order_id].person_id != person_id]
