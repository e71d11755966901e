"""A seat follows its registration: given to somebody else, or changed, whoever asked for it."""

from flask_babel import gettext as _
from sqlalchemy import delete, update

from conference import audit, payments, people
from conference.kernel import Refusal, claimed, db
from conference.registration.groups.models import Group, GroupOrder, Seat

_QUIETLY = {"synchronize_session": False}


def remember_order(group, order):
    """An order that was placed for the group: the first, a top-up, or that of a change."""
    db.session.add(GroupOrder(group_id=group.id, order_id=order.id))
    db.session.flush()
    payments.purchase_orders.note(group.po_number, order.id)


def follow(seat, change, order):
    """A change of the seat's registration is done, by `order` (None when nothing was sold).

    It stands for what the registration became; given to somebody else, it has their address and the name that was written
    down for them. Refusal when it is not any more what it was. To be called with the group locked.
    """
    was = (Seat.id == seat.id, Seat.registration_id == change.registration_id, Seat.order_id == seat.order_id)
    values = {name: change.after[name] for name in ("category_id", "span", "mode")}
    if order is not None and any(line.kind == "registration" for line in order.lines):
        values["order_id"] = order.id
    if change.heir_id:
        values |= {**change.after["heir"], "registration_id": change.heir_id, "declined_at": None}
        _make_room(seat, values["email"])
    if not claimed(update(Seat).where(*was).values(**values)):
        raise Refusal(_("This seat was given to somebody else meanwhile. Look at it again."))
    if change.heir_id:
        _remember(seat, change, values["email"])


def put_back(seat):
    """The seat stands in no order any more and may be ordered anew."""
    mine = update(Seat).where(Seat.id == seat.id).values(order_id=None)
    db.session.execute(mine, execution_options=_QUIETLY)


def _remember(seat, change, email):
    by = people.by_id(change.asked_by) if change.asked_by else None
    facts = {"before": {"email": seat.email}, "after": {"email": email}}
    subject = db.session.get(Group, seat.group_id)
    audit.record(by=by, verb="gave a seat of the group away", subject=subject, now=change.done_at, **facts)


def _make_room(seat, email):
    """Where they stand on the same roster without a place, they have this one now."""
    theirs = delete(Seat).where(Seat.group_id == seat.group_id, Seat.id != seat.id, Seat.email == email)
    db.session.execute(theirs, execution_options=_QUIETLY)
