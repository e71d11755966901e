"""The order of a renewal: placed as the page places it, gone on with, and let go of."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from conference import audit, membership, payments, society
from conference.checkout import mails
from conference.checkout.placing import place_dues
from conference.checkout.renewals import rules
from conference.kernel import db
from conference.payments import OrderState


def standing_of(renewal):
    """The order of a renewal, locked; None when it has none yet, or none any more.

    One that has lapsed by a bank debit of its member that failed is let go of: another one is placed. One that somebody has cancelled is not.
    """
    order = _own(renewal)
    if order is not None and order.state == OrderState.LAPSED and mails.has_failed_debit(order):
        renewal.order_id = order = None
        db.session.flush()
    return order


def place(renewal, person, *, now):
    """An order for a renewal, locked, and open until the days of grace are over; one over the same dues that waits already is taken."""
    until = _open_until(renewal, person, now)
    order = place_dues(type_code=renewal.type_code, person=person, now=now, held_for=until - now)
    order = payments.locked(order.id)
    if order.state == OrderState.OPEN and order.expires_at < until:  # one that waited already
        order.expires_at = until
    renewal.order_id = order.id
    db.session.flush()
    audit.record(by=None, verb="renews by itself", subject=order, now=now, after={"total": order.total_minor})
    return order


def close_unneeded(renewal, *, now):
    """The member has renewed another way: an order for which nothing has come is not to be paid any more; the sweep `orders` closes its page."""
    order = _own(renewal)
    if order is not None and order.state == OrderState.OPEN and not payments.payments_of(order):
        order.expires_at = min(order.expires_at, now)
        db.session.flush()


def _own(renewal):
    return payments.locked(renewal.order_id) if renewal.order_id else None


def _open_until(renewal, person, now):
    standing = membership.standing_of(person, membership.local_day(now))
    last = rules.open_until(standing.grace_until or renewal.ends, membership.local_day(now))
    midnight = datetime.combine(last + timedelta(days=1), time(), tzinfo=ZoneInfo(society.timezone()))
    return midnight.astimezone(now.tzinfo)
