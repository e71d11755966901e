"""What a counter does: registering somebody, serving somebody registered already, taking the last one back."""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from conference import checkout, door, payments, people, registration
from conference.kernel import Refusal, claimed, db
from conference.payments import OrderState
from conference.registration import Registration, State
from conference.staff.counter.rules import UNDO_FOR
from conference.staff.models import WalkIn

LATEST = 6
# What a walk-in writes besides the registration itself, and what printing its badge writes.
_OURS = ("registration_booking", "registration_code_use", "staff_walk_in", "door_check_in", "badges_snapshot")


def try_out(*, meeting, form, by, now):
    """The Offer at which `register` would register whoever the form is about; to be called where nothing is kept."""
    _keep_details(meeting, form, by, now)
    waived = form.waived.data or ""
    return checkout.try_entry(form.wish(), values=form.person(), meeting=meeting, by=by, now=now, waived=waived)


def register(*, meeting, form, station, by, now):
    """Register whoever the checked `form` is about, paid and checked in as it says; their WalkIn.

    Refusal, with nothing kept, as of checkout.enter_one, and ChangedElsewhere when what is known of them was changed meanwhile.
    """
    _keep_details(meeting, form, by, now)
    entry = checkout.enter_one(
        meeting=meeting, wish=form.wish(), values=form.person(), paid_as=form.paid_as, seen_total=form.seen_total,
        letter=True, by=by, now=now, waived=form.waived.data or "", told_apart=form.told_apart,
        recognised=form.recognised.data or "",
    )  # fmt: skip
    order = payments.orders_with_line("registration", entry.id)[0]
    if form.check_in.data:
        _let_in(registration.by_id(entry.id), meeting, by, now)
    walk_in = WalkIn(token=form.token.data, meeting_id=meeting.id, registration_id=entry.id, order_id=order.id)
    walk_in.by_id, walk_in.station, walk_in.at = by.id, station.name, now
    db.session.add(walk_in)
    db.session.flush()
    return walk_in


def made_by(token):
    """The WalkIn that this token has made already, or None: a second press of Enter."""
    return db.session.scalar(_whole().where(WalkIn.token == token))


def walk_in_of(entry):
    """The newest WalkIn of a registration, or None."""
    mine = _whole().where(WalkIn.registration_id == entry.id).order_by(WalkIn.id.desc()).limit(1)
    return db.session.scalar(mine)


def latest(meeting, by):
    """The last people whom somebody has registered at a counter, the latest first."""
    mine = _whole().where(WalkIn.meeting_id == meeting.id, WalkIn.by_id == by.id)
    return list(db.session.scalars(mine.order_by(WalkIn.at.desc(), WalkIn.id.desc()).limit(LATEST)))


def order_to_pay(entry):
    """The order of a registration, or of its change, that waits for money, or None."""
    waiting = (each for each in checkout.orders_about(entry) if each.state == OrderState.OPEN)
    return next(waiting, None)


def serve(*, entry, meeting, order, form, by, now):
    """Take the money for an `order` that waits, if there is one, and let them in if the `form` says so; Refusal in words."""
    if order is not None:
        checkout.marking.refuse_alone(checkout.marking.with_own(payments.missing(order), order, by))
        settled = checkout.settle_paid_by_hand(order.id, reference=form.paid_as, by=by, now=now)
        if settled.state == OrderState.RETURNED:
            raise Refusal(_("A place of this order was sold meanwhile, so it cannot be given any more."))
    if form.check_in.data:
        door.check_in(entry=registration.by_id(entry.id), meeting=meeting, by=by, way="search", now=now)


def may_undo(walk_in, now):
    """Whether the minutes in which a slip is undone are not over; what was built on it is asked when it is undone."""
    return walk_in is not None and walk_in.undone_at is None and now - walk_in.at <= UNDO_FOR


def undo(walk_in, *, by, now):
    """As if they had never come to the counter: books reversals, frees the places; Refusal says what is in the way."""
    if not may_undo(walk_in, now):
        raise Refusal(_("It is too late to undo this here. Cancel or refund the registration instead."))
    mine = update(WalkIn).where(WalkIn.id == walk_in.id, WalkIn.undone_at.is_(None))
    if not claimed(mine.values(undone_at=now, undone_by_id=by.id)):
        raise Refusal(_("This was undone already."))
    _refuse_if_touched(walk_in)
    door.undo(entry=registration.by_id(walk_in.registration_id), by=by, now=now)
    checkout.take_back(walk_in.order_id, reason=_("entered by mistake"), by=by, now=now)


def _keep_details(meeting, form, by, now):
    """What was corrected of somebody known, unless they are registered already: then they are shown as they are."""
    known = people.by_email(form.email.normal)
    entry = registration.registration_in(meeting, known) if known else None
    stands = entry is not None and entry.state in (State.HELD, State.CONFIRMED)
    if known is not None and not stands and form.details_of(known):
        people.save_profile(known, form.details_of(known), seen=form.seen.data, by=by, now=now)


def _refuse_if_touched(walk_in):
    made = checkout.Made(walk_in.registration_id, walk_in.order_id)
    touched = checkout.touched_since([made], at=walk_in.at, beside=_OURS)
    arrival = door.check_in_of(walk_in.registration)
    why = _("has checked in since") if arrival is not None and arrival.at > walk_in.at else None
    why = why or touched.get(made.entry_id)
    if why:
        raise Refusal(_("This cannot be undone any more: %(why)s. Its story says more.", why=why))


def _let_in(entry, meeting, by, now):
    """Whoever cannot come in today is registered all the same: the page says why they are not in."""
    if entry.state != State.CONFIRMED:
        return
    try:
        door.check_in(entry=entry, meeting=meeting, by=by, way="search", now=now)
    except Refusal:
        return


def _whole():
    entry = joinedload(WalkIn.registration)
    return select(WalkIn).options(
        joinedload(WalkIn.by), entry.joinedload(Registration.person), entry.joinedload(Registration.category)
    )
