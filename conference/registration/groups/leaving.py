"""Whoever a payer has written down says that it is not for them, or takes that back; a payer takes somebody out of an unpaid order."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit
from conference.kernel import Refusal, claimed, db
from conference.payments import UNPAID, Line, Order
from conference.registration.groups.models import Group, GroupOrder, Seat


def declined_among(group, emails):
    """Those of `emails` who have said no to a seat of this payer's groups of the meeting."""
    theirs = (
        select(Seat.email)
        .join(Group, Seat.group_id == Group.id)
        .where(
            Group.meeting_id == group.meeting_id,
            Group.coordinator_id == group.coordinator_id,
            Seat.declined_at.is_not(None),
            Seat.email.in_(emails),
        )
    )
    return set(db.session.scalars(theirs))


def unpaid_orders(seat):
    """Keys of the group's orders with a line for whom the seat is, of which nothing is settled: what money could still come for."""
    if seat.registration_id is None:
        return []
    ours = select(GroupOrder.order_id).where(GroupOrder.group_id == seat.group_id)
    sold = select(Line.order_id).where(
        Line.kind == "registration", Line.reference == seat.registration_id, Line.ended_at.is_(None)
    )
    waiting = select(Order.id).where(Order.id.in_(ours), Order.id.in_(sold), Order.state.in_([str(s) for s in UNPAID]))
    return list(db.session.scalars(waiting))


def say_no(seat, *, by, now):
    """Remember that the seat's person does not want it; Refusal when they have said so already."""
    mine = update(Seat).where(Seat.id == seat.id, Seat.declined_at.is_(None))
    if not claimed(mine.values(declined_at=now)):
        raise Refusal(_("You have said so already."))
    db.session.refresh(seat)
    audit.record(by=by, verb="declined a seat of the group", subject=db.session.get(Group, seat.group_id), now=now)


def say_yes(seat, *, by, now):
    """They take part after all; Refusal when they had not declined."""
    mine = update(Seat).where(Seat.id == seat.id, Seat.declined_at.is_not(None))
    if not claimed(mine.values(declined_at=None)):
        raise Refusal(_("You have not declined it."))
    db.session.refresh(seat)
    audit.record(
        by=by, verb="took a seat of the group after all", subject=db.session.get(Group, seat.group_id), now=now
    )
