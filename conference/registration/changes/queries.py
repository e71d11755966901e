"""Finding what changes cost, and the changes of a registration."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from conference.kernel import Money, db, in_parts
from conference.registration.changes.models import Change, ChangeStep
from conference.registration.changes.rules import ChangeState, Kind, Step
from conference.registration.code_models import CodeUse, DiscountCode
from conference.registration.codes import as_discount
from conference.registration.models import Registration


def step_rows(meeting):
    """The rows of a meeting's table, in the order in which they hold."""
    statement = select(ChangeStep).where(ChangeStep.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(ChangeStep.kind, ChangeStep.until, ChangeStep.id)))


def steps_of(meeting):
    """The meeting's table as rules read it: [Step]."""
    return [as_step(row, meeting.currency) for row in step_rows(meeting)]


def as_step(row, currency):
    """One row as a Step."""
    return Step(
        kind=Kind(row.kind),
        until=row.until,
        percent=row.percent,
        amount=Money(row.amount_minor, currency),
        minimum=Money(row.minimum_minor, currency),
        category=row.category.code if row.category else "",
    )


def change_of(order_id):
    """The change that an order pays for, as it is now, or None."""
    return _one(Change.order_id == order_id)


def changes_by_order(order_ids):
    """{order id: its change} of those of these orders that pay for one."""
    found = db.session.scalars(select(Change).where(Change.order_id.in_(order_ids))) if order_ids else ()
    return {change.order_id: change for change in found}


def open_change(registration):
    """The change of a registration that waits for its payment, or None."""
    return _one(Change.registration_id == registration.id, Change.state == ChangeState.OPEN)


def waiting_among(registrations):
    """Keys of those of many registrations of which a change waits for its payment."""
    keys, found = [each.id for each in registrations], set()
    for part in in_parts(keys):
        some = Change.registration_id.in_(part)
        found |= set(db.session.scalars(select(Change.registration_id).where(some, Change.state == ChangeState.OPEN)))
    return found


def changes_of(registration):
    """Every change of a registration, that by which it came too, newest first."""
    mine = (Change.registration_id == registration.id) | (Change.heir_id == registration.id)
    statement = select(Change).where(mine).order_by(Change.id.desc())
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def taken_over_from(registration):
    """The registration that somebody passed on to this one, with its person; None when it is nobody's heir."""
    former = select(Change.registration_id).where(Change.heir_id == registration.id, Change.state == ChangeState.DONE)
    statement = select(Registration).where(Registration.id.in_(former)).options(joinedload(Registration.person))
    return db.session.scalar(statement.order_by(Registration.id.desc()).limit(1))


def kept_discount(registration):
    """The Discount that the registration uses already, whatever has become of the code for others; None without one."""
    statement = select(DiscountCode).join(CodeUse, CodeUse.code_id == DiscountCode.id)
    row = db.session.scalar(statement.where(CodeUse.registration_id == registration.id))
    return as_discount(row) if row else None


def _one(*where):
    return db.session.scalar(select(Change).where(*where).execution_options(populate_existing=True))
