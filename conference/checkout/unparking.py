"""A parked order is decided by staff: everything is given, or everything goes back."""

from flask_babel import gettext as _

from conference import audit, payments, registration
from conference.checkout import mails
from conference.checkout.giving import give
from conference.checkout.lapsing import held_by_another, release_places
from conference.checkout.marking import refuse_to_give_up_alone
from conference.checkout.queries import standing
from conference.checkout.settling import tell
from conference.kernel import Money, Refusal
from conference.payments import OrderState


def settle_parked(order_id, *, note, by, now):
    """Give what is in a parked order after staff have checked it; the order, settled.

    Money beyond the total is promised back; what is missing is written off as goodwill. Refusal, with nothing changed, when
    the order is not parked or a place is gone.
    """
    order = _parked(order_id)
    _check_alone(order)
    registration.allotments.lock_those_of(order.lines)
    give(order, now, late=_is_released(order))
    payments.finish(order, now=now, by=by)
    _even_out(order, by, now, note)
    audit.record(by=by, verb="settled by hand", subject=order, now=now, note=note)
    tell(order, now)
    return order


def return_parked(order_id, *, reason, by, now):
    """Send all money of a parked order back and free its places; the refunds promised. Refusal when it is not parked."""
    order = _parked(order_id)
    release_places(order)
    amount = payments.refundable(order)
    order.state, order.parked_reason = OrderState.RETURNED, ""
    payments.documents.to_be_followed(order.id)
    refunds = payments.promise_refund(order=order, amount=amount, reason=reason, by=by, now=now) if amount else []
    audit.record(by=by, verb="sent back", subject=order, now=now, after={"amount": amount.minor}, note=reason)
    mails.returned(order, amount=amount, reason=reason, now=now)
    return refunds


def take_note_away(order_id, *, by, now):
    """Staff have dealt with what was noted on an order that is not parked. Refusal when there is no such note, or its money is where it was."""
    order = payments.locked(order_id)
    if order.state == OrderState.PARKED or not order.parked_reason:
        raise Refusal(_("There is no note on this order."))
    if order.state == OrderState.PAID and payments.missing(order).minor > 0:
        raise Refusal(_("Money is missing of this order: decide about that first."))
    if payments.owed(order).minor > 0:
        raise Refusal(_("Money of this order is neither given nor on its way back: send it back first."))
    audit.record(by=by, verb="noted", subject=order, now=now, note=order.parked_reason)
    order.parked_reason = ""
    return order


def write_off_missing(order_id, *, by, now):
    """What a bank has taken back of a settled order is given up; Refusal when nothing is missing."""
    order = payments.locked(order_id)
    missing = payments.missing(order)
    if order.state != OrderState.PAID or missing.minor <= 0:
        raise Refusal(_("Nothing is missing of this order."))
    refuse_to_give_up_alone(missing, order, by)
    payments.write_off(order, amount=missing, now=now, by=by, why=order.parked_reason)
    facts = {"amount": missing.minor}
    audit.record(
        by=by, verb="gave up what is missing of", subject=order, now=now, after=facts, note=order.parked_reason
    )
    payments.reversing.forget(order)


def surplus(order):
    """What came for a parked order beyond what is due; below zero when something is missing."""
    came = Money.total([each.left for each in payments.payments_of(order)], order.currency)
    return came - order.due


def _parked(order_id):
    order = payments.locked(order_id)
    if order.state != OrderState.PARKED:
        raise Refusal(_("This order is not parked any more. Look at it again."))
    return order


def _check_alone(order):
    if any(line.kind == "registration" and held_by_another(order, line) for line in standing(order)):
        raise Refusal(
            _(
                "The person has placed another order for this registration meanwhile. Cancel that one, or send this back."
            )
        )


def _is_released(order):
    """Whether the order lost its places before the money came: those of its registrations, or those that its change held."""
    change = registration.changes.change_of(order.id)
    if change is not None:
        return change.state == registration.changes.ChangeState.LAPSED
    ids = [line.reference for line in standing(order) if line.kind == "registration"]
    return any(registration.by_id(each).state != registration.State.HELD for each in ids)


def _even_out(order, by, now, note):
    """Money too many goes back; money too few is the society's own decision, and booked as such."""
    owed = payments.owed(order)
    if owed.minor > 0:
        payments.promise_refund(order=order, amount=owed, reason=_("paid too much"), by=by, now=now)
    elif owed.minor < 0:
        refuse_to_give_up_alone(-owed, order, by)
        payments.write_off(order, amount=-owed, now=now, by=by, why=note)
