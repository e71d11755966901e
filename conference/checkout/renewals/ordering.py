"""The order of a renewal: placed as the page places it, gone on with, and let go of."""

from conference import audit, membership, payments, society
from conference.checkout.placing import place_dues
from conference.checkout.renewals import rules
from conference.kernel import db, end_of
from conference.payments import OrderState


def standing_of(renewal):
    """The order of a renewal, locked, whatever has become of it; None when it has none yet."""
    return payments.locked(renewal.order_id) if renewal.order_id else None


def place(renewal, person, *, now):
    """An order for a renewal, locked, and open until the days of grace are over; one over the same dues that waits already is taken."""
    until = _open_until(renewal, person, now)
    order = place_dues(type_code=renewal.type_code, person=person, now=now, held_for=until - now)
    renewal.order_id = order.id
    order = keep_open(renewal, payments.locked(order.id), person, now=now)
    audit.record(by=None, verb="renews by itself", subject=order, now=now, after={"total": order.total_minor})
    return order


def keep_open(renewal, order, person, *, now):
    """The locked order of a renewal, which can be paid until the days of grace are over, if it waits at all."""
    until = _open_until(renewal, person, now)
    if order.state == OrderState.OPEN and order.expires_at < until:
        order.expires_at = until
    db.session.flush()
    return order


def close_unneeded(renewal, *, now):
    """The member has renewed another way: an order for which nothing has come is not to be paid any more; the sweep `orders` closes its page."""
    order = standing_of(renewal)
    if order is not None and order.state == OrderState.OPEN and not payments.payments_of(order):
        order.expires_at = min(order.expires_at, now)
        db.session.flush()


def _open_until(renewal, person, now):
    standing = membership.standing_of(person, membership.local_day(now))
    last = rules.open_until(standing.grace_until or renewal.ends, membership.local_day(now))
    return end_of(last, society.zone()).astimezone(now.tzinfo)
