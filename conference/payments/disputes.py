"""Disputes in the books: what a bank takes and gives back, which refunds it blocks, and what staff decide."""

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select, update

from conference import people
from conference.kernel import Money, Refusal, claimed, db, insert_once, new_ref
from conference.payments import ledger
from conference.payments.actions import park
from conference.payments.dispute_models import Dispute
from conference.payments.dispute_rules import CLOSED, WANTS_ANSWER, DisputeState, PlaceDecision
from conference.payments.models import Payment
from conference.payments.queries import locked
from conference.payments.recount import to_be_checked
from conference.payments.refunds import call_off
from conference.payments.rules import EntryKind
from conference.payments.troubles import write_off


def note(seen, *, now):
    """Write down what Stripe is `seen` to say of a dispute; (Dispute, whether it is new), or None when no payment of ours is disputed.

    Safe to repeat and in any order: money is booked under the id of its own transaction, and what was closed stays so.
    """
    payment = db.session.scalar(select(Payment).where(Payment.provider_ref == (seen.payment_intent or "-")))
    if payment is None:
        return None
    order = locked(payment.order_id)
    is_new = _open(order, payment, seen)
    dispute = _locked(Dispute.provider_ref == seen.dispute_id)
    if is_new:
        park(order, reason=_("%(dispute)s: the payer’s bank disputes a payment", dispute=seen.dispute_id), hold=False)
    if len(seen.movements) >= dispute.movements:
        _book(order, payment, dispute, seen, now)
    if dispute.is_open:
        _move(payment, dispute, seen, now)
    if dispute.state == DisputeState.LOST and payment.refunded_minor + payment.taken_minor > payment.amount_minor:
        call_off(payment, reason=_("the payer’s bank has taken this money itself"), now=now)
    finish_if_decided(order, dispute, now=now)
    return dispute, is_new


def decide_place(dispute, *, place, why, by, now):
    """Staff keep or take back what was bought; Refusal when somebody was faster. The order is locked."""
    mine = update(Dispute).where(Dispute.id == dispute.id, Dispute.place == PlaceDecision.UNDECIDED)
    if not claimed(mine.values(place=str(place), place_why=why, place_by=by.id if by else None, place_at=now)):
        raise Refusal(_("This was decided meanwhile. Look at the dispute again."))
    db.session.refresh(dispute)


def finish_if_decided(order, dispute, *, now):
    """Once the bank and staff have decided, the order's account is made even: what is missing for good is the society's own loss."""
    undecided = dispute.taken_minor and dispute.place == PlaceDecision.UNDECIDED
    if dispute.finished_at or dispute.is_open or undecided:
        return
    missing = min(-ledger.balance_of(order).minor, dispute.taken_minor)
    if missing > 0:
        by = db.session.get(people.Person, dispute.place_by) if dispute.place_by else None
        why = dispute.place_why or dispute.provider_ref
        write_off(order, amount=Money(missing, order.currency), now=now, by=by, why=why)
    dispute.finished_at = now
    db.session.flush()


def is_news(seen):
    """Whether what Stripe says of a dispute is not what our row says, or there is no row of it; nothing is locked."""
    known = db.session.scalar(select(Dispute).where(Dispute.provider_ref == seen.dispute_id))
    return known is None or len(seen.movements) > known.movements or (known.is_open and known.state != seen.state)


def open_refs():
    """Stripe's ids of the disputes that are not decided, as far as we know."""
    return list(db.session.scalars(select(Dispute.provider_ref).where(not_decided()).order_by(Dispute.id)))


def by_ref(ref):
    """The dispute with this reference, or None."""
    return db.session.scalar(select(Dispute).where(Dispute.ref == ref).execution_options(populate_existing=True))


def of_order(order):
    """The disputes of an order's payments, oldest first."""
    statement = select(Dispute).where(Dispute.order_id == order.id).order_by(Dispute.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def waits_for_staff():
    """A WHERE clause on Dispute: an answer is wanted, or nobody has decided about the place."""
    undecided = and_(Dispute.place == PlaceDecision.UNDECIDED, Dispute.taken_minor > 0)
    return or_(Dispute.state.in_(WANTS_ANSWER), undecided)


def not_decided():
    """A WHERE clause on Dispute: the bank has not decided."""
    return Dispute.state.not_in(CLOSED)


def waiting_count():
    """How many disputes wait for staff."""
    return db.session.scalar(select(func.count()).select_from(Dispute).where(waits_for_staff()))


def _open(order, payment, seen):
    values = {
        "ref": new_ref(), "provider_ref": seen.dispute_id, "order_id": order.id, "payment_id": payment.id,
        "amount_minor": seen.amount, "currency": seen.currency, "reason": seen.reason[:60],
        "state": str(DisputeState.NEEDS_RESPONSE if seen.state in CLOSED else seen.state), "blocks_refunds": False,
        "taken_minor": 0, "movements": 0, "fee_minor": 0, "fee_currency": "", "place": "undecided", "place_why": "",
        "opened_at": seen.opened_at, "evidence_due_at": seen.evidence_due_at,
    }  # fmt: skip
    return insert_once(Dispute.__table__, values)


def _locked(clause):
    return db.session.scalar(select(Dispute).where(clause).with_for_update().execution_options(populate_existing=True))


def _book(order, payment, dispute, seen, now):
    for each in seen.movements:
        amount = Money(each.amount, seen.currency)
        facts = {"source": f"dispute:{each.transaction}", "why": seen.dispute_id, "now": now}
        ledger.book(order, kind=EntryKind.DISPUTE, amount=amount, **facts)
    change = seen.taken.minor - dispute.taken_minor
    _change(payment, taken_minor=Payment.taken_minor + change)
    dispute.taken_minor, dispute.movements = seen.taken.minor, len(seen.movements)
    dispute.fee_minor, dispute.fee_currency = seen.fee, seen.fee_currency


def _move(payment, dispute, seen, now):
    if dispute.blocks_refunds != seen.blocks_refunds:
        _change(payment, disputes_open=Payment.disputes_open + (1 if seen.blocks_refunds else -1))
    dispute.blocks_refunds, dispute.state = seen.blocks_refunds, seen.state
    dispute.amount_minor, dispute.reason = seen.amount, seen.reason[:60]
    dispute.evidence_due_at = seen.evidence_due_at
    if not seen.is_open:
        dispute.closed_at = now
    db.session.flush()


def _change(payment, **values):
    """Raise or lower what stands on the payment's own row, where refunds are guarded."""
    to_be_checked(payment.order_id)
    db.session.execute(
        update(Payment).where(Payment.id == payment.id).values(**values),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(payment)
