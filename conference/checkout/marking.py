"""Marked as paid by staff: at once, or above the society's limit when a second person of finance says the same."""

from flask_babel import gettext as _

from conference import payments, society
from conference.checkout.settling import settle_paid_by_hand
from conference.kernel import Money, Refusal
from conference.payments import OrderState, bank, marks
from conference.web import money

STATES = (OrderState.OPEN, OrderState.LAPSED, OrderState.PAID)


def limit():
    """From which amount on a second person is needed, as Money; None when never."""
    found = society.current()
    minor = found.second_person_from_minor if found else None
    return None if minor is None else Money(minor, found.currency)


def needs_second(amount):
    """Whether one person's word does not suffice: in a currency that the limit is not in, it never does."""
    most = limit()
    return most is not None and (amount.currency != most.currency or amount.minor >= most.minor)


def with_own(amount, order, by):
    """An amount of an order with what bank lines that the same person brought in pay of it already: parts come to the same as the whole."""
    return amount + bank.given_by(by.id, order) if by else amount


def refuse_alone(amount):
    """Refusal when one person's word does not suffice for this amount."""
    if needs_second(amount):
        raise Refusal(
            _(
                "%(amount)s is marked as paid by two people: enter it with a letter to pay, then mark the order.",
                amount=money(amount),
            )
        )


def refuse_to_give_up_alone(amount, order, by):
    """Refusal when so much is missing that one person may not give it up: what needs two to be marked as paid is not forgiven by one."""
    if needs_second(with_own(amount, order, by)):
        raise Refusal(
            _(
                "%(amount)s is more than one person may give up. Have the rest paid, take it back, or let an administrator raise the limit.",
                amount=money(amount),
            )
        )


def mark(order_id, *, provider, note, by, now):
    """Staff say that what is due of an order is there: the order, settled; or None when a second person is asked. Refusal as of settling."""
    order = payments.locked(order_id)
    missing = payments.missing(order)
    if not needs_second(with_own(missing, order, by)):
        return settle_paid_by_hand(order_id, reference=note, provider=provider, by=by, now=now)
    if order.state not in STATES or missing.minor <= 0:
        raise Refusal(_("This order does not wait for a payment"))
    marks.ask(order, provider=provider, amount=missing, note=note, by=by, now=now)
    return None
