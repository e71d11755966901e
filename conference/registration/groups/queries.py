"""Finding groups, their orders and their rosters."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from conference.kernel import db
from conference.payments import Line, Order, OrderState
from conference.registration.groups.models import Group, GroupOrder, Roster, Seat


def group_of(meeting, person, ref):
    """The person's own group of a meeting, or None."""
    return db.session.scalar(_groups(meeting).where(Group.ref == ref, Group.coordinator_id == person.id))


def by_ref(meeting, ref):
    """A group of a meeting, or None: for staff."""
    return db.session.scalar(_groups(meeting).where(Group.ref == ref))


def by_join_ref(meeting, join_ref):
    """The group whose roster link is open under this reference, or None."""
    return db.session.scalar(_groups(meeting).where(Group.join_ref == join_ref))


def lock(group):
    """Whoever changes the roster or orders it waits here for whoever does so at the same time."""
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())


def lock_all(ids):
    """As `lock`, for the groups of these keys, in their order: no two who do so wait for each other in a circle."""
    mine = select(Group.id).where(Group.id.in_(ids)).order_by(Group.id)
    db.session.execute(mine.with_for_update())


def groups_of(person, meeting=None):
    """The person's groups of a meeting, or of all, newest first."""
    return list(db.session.scalars(_groups(meeting).where(Group.coordinator_id == person.id).order_by(Group.id.desc())))


def group_of_orders(order_ids):
    """The group for which one of these orders was placed, or None."""
    inside = select(GroupOrder.group_id).where(GroupOrder.order_id.in_(order_ids))
    return db.session.scalar(_groups().where(Group.id.in_(inside)).order_by(Group.id).limit(1))


def order_ids_of(group):
    """Keys of every order that was placed for the group, also by a former payer."""
    return set(db.session.scalars(select(GroupOrder.order_id).where(GroupOrder.group_id == group.id)))


def orders_of(group):
    """The group's orders with their lines, newest first."""
    inside = select(GroupOrder.order_id).where(GroupOrder.group_id == group.id)
    statement = select(Order).where(Order.id.in_(inside)).options(selectinload(Order.lines)).order_by(Order.id.desc())
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def lapsed_of(group, now):
    """How many orders of the payer's groups of the meeting, placed within the last day, were not paid."""
    lapsed = (Order.state == OrderState.LAPSED, Order.placed_at > now - timedelta(days=1))
    return db.session.scalar(select(func.count()).select_from(Order).where(Order.id.in_(_orders(group)), *lapsed))


def seats_waiting(group, network):
    """(seats that wait for payment in orders of the payer's groups of the meeting, those in open orders from `network`)."""
    tickets = select(func.count()).select_from(Line).join(Order, Line.order_id == Order.id)
    waiting = (Line.kind == "registration", Line.ended_at.is_(None), Order.state == OrderState.OPEN)
    own, there = Order.id.in_(_orders(group)), Order.network == (network or "")
    both = (tickets.where(*waiting, clause).scalar_subquery() for clause in (own, there))
    return tuple(db.session.execute(select(*both)).one())


def miscounted():
    """Every group whose count of seats without a person is not their number, in words; empty when all agree."""
    rows = (
        select(Seat.group_id, func.count().label("rows")).where(Seat.email.is_(None)).group_by(Seat.group_id).subquery()
    )
    found = func.coalesce(rows.c.rows, 0)
    statement = select(Group.ref, Group.unnamed, found).outerjoin(rows, rows.c.group_id == Group.id)
    wrong = db.session.execute(statement.where(Group.unnamed != found).order_by(Group.id))
    return [f"group {ref}: {counted} unnamed counted, {count} seats" for ref, counted, count in wrong]


def roster_of(group, ref):
    """A checked file of the group, or None."""
    statement = select(Roster).where(Roster.group_id == group.id, Roster.ref == ref)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def rosters_of(group):
    """The files that were brought in, newest first."""
    statement = select(Roster).where(Roster.group_id == group.id, Roster.imported_at.is_not(None))
    return list(db.session.scalars(statement.order_by(Roster.id.desc())))


def _orders(group):
    """A SELECT of the keys of all orders of the payer's groups of the meeting."""
    theirs = (Group.meeting_id == group.meeting_id, Group.coordinator_id == group.coordinator_id)
    return select(GroupOrder.order_id).join(Group, GroupOrder.group_id == Group.id).where(*theirs)


def _groups(meeting=None):
    whole = (joinedload(Group.coordinator), joinedload(Group.meeting), joinedload(Group.category))
    statement = select(Group).options(*whole)
    statement = statement.execution_options(populate_existing=True)
    return statement if meeting is None else statement.where(Group.meeting_id == meeting.id)
