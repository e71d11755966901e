"""Allotments in the database: claimed with an order, kept when it is settled, given back with it. Never more than allotted.

Counted as codes are: by a guarded update beside a row for each use. An allotment is locked before pools are, and by who touches several
registrations of it before any of these, so that two of them never wait for each other in a circle.
"""

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from conference.kernel import Refusal, claimed, db
from conference.registration.allotment_models import Allotment, AllotmentUse

_QUIETLY = {"synchronize_session": False}


def of_group(group_id):
    """The Allotment of a group as it is now, or None."""
    statement = select(Allotment).where(Allotment.group_id == group_id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def locked(group_id):
    """As `of_group`, kept from other writers until the transaction ends."""
    statement = select(Allotment).where(Allotment.group_id == group_id).with_for_update(key_share=True)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def lock_those_of(lines):
    """Keep the allotments that these order lines are within from other writers, in the order of their keys."""
    keys = {line.rule["allotment"]["id"] for line in lines if "allotment" in line.rule}
    for key in sorted(keys):
        db.session.execute(select(Allotment.id).where(Allotment.id == key).with_for_update(key_share=True))


def claim(allotment_id, uses, *, now):
    """Count the uses [(registration id, what it would have cost in minor units)], held until their order is settled.

    Refusal when so many are not left any more; then nothing is counted.
    """
    if not uses:
        return
    if not claimed(_more(allotment_id, len(uses))):
        raise Refusal(_("Fewer badges are left within the allotment by now. Check the price again."))
    rows = [{"allotment_id": allotment_id, "registration_id": key, "list_minor": minor} for key, minor in uses]
    db.session.execute(insert(AllotmentUse), [{**row, "state": "held", "used_at": now} for row in rows])


def keep_all(ids):
    """The orders of the registrations of these keys are settled: their uses stay."""
    mine = update(AllotmentUse).where(AllotmentUse.registration_id.in_(ids), AllotmentUse.state == "held")
    db.session.execute(mine.values(state="kept"), execution_options=_QUIETLY)


def give_back(registration):
    """The order lapsed, or what it gave was taken back: another seat can have it. Whoever deletes the use lowers the count."""
    gone = delete(AllotmentUse).where(AllotmentUse.registration_id == registration.id)
    for key in db.session.scalars(gone.returning(AllotmentUse.allotment_id), execution_options=_QUIETLY).all():
        less = update(Allotment).where(Allotment.id == key).values(used=Allotment.used - 1)
        db.session.execute(less, execution_options=_QUIETLY)


def resize(allotment, allotted):
    """Another number of seats; Refusal when more are used than that."""
    room = (Allotment.id == allotment.id) & (Allotment.used <= allotted)
    if not claimed(update(Allotment).where(room).values(allotted=allotted)):
        used = db.session.scalar(select(Allotment.used).where(Allotment.id == allotment.id))
        raise TooFew(used, allotted)
    db.session.refresh(allotment)


class TooFew(Refusal):
    """More are `used` than would be `allotted`."""

    def __init__(self, used, allotted):
        text = _(
            "%(used)s badges are used within the allotment, which would be %(allotted)s.", used=used, allotted=allotted
        )
        super().__init__(text)
        self.used, self.allotted = used, allotted


def miscounted():
    """Every allotment whose count is not the number of its uses, in words; empty when all agree."""
    uses = select(AllotmentUse.allotment_id, func.count().label("rows")).group_by(AllotmentUse.allotment_id).subquery()
    rows = func.coalesce(uses.c.rows, 0)
    statement = select(Allotment.group_id, Allotment.used, rows).outerjoin(uses, uses.c.allotment_id == Allotment.id)
    found = db.session.execute(statement.where(Allotment.used != rows).order_by(Allotment.group_id))
    return [f"allotment of group {group_id}: {used} counted, {count} uses" for group_id, used, count in found]


def _more(allotment_id, count):
    room = Allotment.used + count <= Allotment.allotted
    return update(Allotment).where(Allotment.id == allotment_id, room).values(used=Allotment.used + count)
