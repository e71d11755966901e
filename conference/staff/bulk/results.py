"""What became of something that was done to many: each with its reason; and taking it back where that can be."""

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from conference.kernel import Refusal, db
from conference.people import Person
from conference.registration import Registration
from conference.staff.bulk import engine
from conference.staff.bulk.acts import ribbons
from conference.staff.bulk.rules import ItemState, Plan, Step
from conference.staff.models import Bulk, BulkItem

COLUMNS = ("registration", "name", "email", "state", "reason", "at")


def bulks_of(meeting):
    """An ordered SELECT of what was done together in a meeting, the latest first, with who began it."""
    statement = select(Bulk).where(Bulk.meeting_id == meeting.id).options(joinedload(Bulk.person))
    return statement.order_by(Bulk.id.desc())


def unfinished(meeting):
    """How many things are at work, or wait for their time."""
    waiting = Bulk.meeting_id == meeting.id, Bulk.finished_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(Bulk).where(*waiting))


def items_of(bulk, state=""):
    """An ordered SELECT of its items with their people: of one state, or all with those first that were refused."""
    statement = select(BulkItem).join(BulkItem.registration).join(Registration.person)
    statement = statement.options(contains_eager(BulkItem.registration).contains_eager(Registration.person))
    statement = statement.where(BulkItem.bulk_id == bulk.id)
    if state:
        statement = statement.where(BulkItem.state == state)
    refused = BulkItem.state != ItemState.REFUSED
    return statement.order_by(refused, Person.family_name, Person.given_name, BulkItem.id)


def table(bulk):
    """(header, rows) of what became of each."""
    rows = (
        (each.registration.ref, each.registration.person.full_name, each.registration.person.email, each.state, each.told,
         each.done_at.isoformat(timespec="seconds") if each.done_at else "")
        for each in db.session.scalars(items_of(bulk))
    )  # fmt: skip
    return COLUMNS, rows


def may_undo(bulk):
    """Whether each got something that can be given back as it was."""
    return bulk.act in ribbons.CAN_UNDO and bulk.finished_at is not None


def undone_by(bulk):
    """What took it back, or None."""
    return db.session.scalar(select(Bulk).where(Bulk.undoes_id == bulk.id))


def undo(bulk, *, meeting, by, now):
    """Begin giving everybody back what they had; Refusal when that cannot be, or was begun before."""
    if not may_undo(bulk):
        raise Refusal(_("This cannot be undone."))
    done = db.session.scalars(items_of(bulk, ItemState.DONE)).unique()
    plan = Plan(tuple(Step(each.registration, each.kept) for each in done))
    facts = {"what": engine.title_of(bulk), "ref": bulk.ref}
    act = ribbons.BACK
    return engine.begin(meeting, act, facts, plan, seen=plan.digest(act.key, facts), by=by, now=now, undoes=bulk)
