"""Out of a payer's hands: somebody says that a seat is not for them, or the payer takes them out of an order that nobody has paid.

What is taken out of an unpaid order is due no more, and its place is free at once. Money that comes for it all the same (a payment
page that stood open, a transfer under way, money too late) goes back as soon as it is there: see settling.
"""

from flask_babel import gettext as _

from conference import audit, payments, registration
from conference.checkout import seat_news
from conference.checkout.lapsing import held_by_another
from conference.checkout.queries import lines_about
from conference.checkout.settling import go_on
from conference.kernel import Refusal, db
from conference.payments import UNPAID, OrderState
from conference.registration import groups


def decline(seat, group, *, by, now):
    """The seat's own person does not want it; the orders out of which they were taken, whose payment pages should be closed.

    One that is paid stays with its payer, who is told and gives it to somebody else, or takes it back. Refusal when it was
    declined before.
    """
    orders = _out_of_unpaid(seat, group, now)
    groups.say_no(seat, by=by, now=now)
    seat_news.declined(seat, group, now=now)
    return orders


def accept(seat, group, *, by, now):
    """They take part after all: a seat that is not paid can be ordered anew. Refusal when they had not declined."""
    groups.lock(group)
    groups.say_yes(seat, by=by, now=now)
    if groups.seat_of(group, seat.id).state not in (groups.SeatState.HELD, groups.SeatState.PAID):
        groups.put_back(seat)
    seat_news.accepted(seat, group, now=now)


def take_out(seated, group, *, by, now):
    """The payer takes a seat (Seated) out of its unpaid order, and it stands on the roster alone; the orders, as of `decline`.

    Refusal when it is paid, or in no order.
    """
    if seated.state is not groups.SeatState.HELD:
        raise Refusal(_("This seat is in no order that waits for its payment."))
    orders = _out_of_unpaid(seated.seat, group, now)
    if not orders:
        raise Refusal(_("This order was paid meanwhile. Look at it again."))
    groups.put_back(seated.seat)
    audit.record(
        by=by, verb="took a seat out of its order", subject=group, now=now, before={"email": seated.seat.email}
    )
    return orders


def put_back(seated, group, *, by, now):
    """A seat that was paid and taken back stands on the roster again; Refusal when it is not such a one."""
    groups.lock(group)
    if groups.seat_of(group, seated.seat.id).state is not groups.SeatState.ENDED:
        raise Refusal(_("This seat was not taken back."))
    groups.put_back(seated.seat)
    audit.record(by=by, verb="put a seat of the group back", subject=group, now=now, after={"email": seated.seat.email})


def _out_of_unpaid(seat, group, now):
    """The orders out of which the seat was taken; they are locked from the newest to the oldest, then the group.

    Refusal when the payer has ordered the seat meanwhile: that order would have had to be locked before the group.
    """
    found = [payments.locked(key) for key in sorted(groups.unpaid_orders(seat), reverse=True)]
    groups.lock(group)
    db.session.refresh(seat)
    if set(groups.unpaid_orders(seat)) - {order.id for order in found}:
        raise Refusal(_("This place was ordered at this very moment. Please try it again."))
    orders = [order for order in found if order.state in UNPAID]
    for order in orders:
        _out_of(order, registration.by_id(seat.registration_id), now)
    return orders


def _out_of(order, entry, now):
    theirs = [line for line in lines_about(order, entry) if not line.ended_at]
    for line in theirs:
        payments.take_out(order, line, now=now)
    if order.state != OrderState.LAPSED and not any(
        line.kind == "registration" and held_by_another(order, line) for line in theirs
    ):
        registration.release(entry)
    facts = {"lines": [line.title for line in theirs]}
    audit.record(by=None, verb="taken out of the order", subject=order, now=now, after=facts)
    if order.state == OrderState.OPEN:
        go_on(order, now)
