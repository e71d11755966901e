"""Finding exhibitors, kinds of booths, and what each exhibitor has used, lacks and owes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from conference.kernel import Money, db
from conference.registration import allotments
from conference.registration.exhibitors.models import BoothKind, Exhibitor, ExhibitorFile, ExhibitorLetter
from conference.registration.groups.models import Group, GroupOrder
from conference.registration.models import Price


@dataclass(frozen=True)
class Standing:
    """An exhibitor as its contact sees it: the allotment, what a further badge costs now, and the prices that come later."""

    exhibitor: Any
    allotted: int
    used: int
    now: Any  # Money, or None when no badge is sold now
    later: tuple  # ((window's end before it, Money), …)

    @property
    def left(self):
        """How many more cost nothing."""
        return self.allotted - self.used


def of_group(group):
    """The Exhibitor whose group this is, or None."""
    return db.session.scalar(_whole().where(Exhibitor.group_id == group.id))


def by_ref(meeting, ref):
    """An exhibitor of a meeting, or None."""
    return db.session.scalar(_whole().where(Exhibitor.meeting_id == meeting.id, Exhibitor.ref == ref))


def by_ids(ids):
    """Exhibitors by key, in the order of their companies."""
    found = _whole().where(Exhibitor.id.in_(ids)).order_by(Exhibitor.key)
    return list(db.session.scalars(found)) if ids else []


def names_of(meeting):
    """[(reference, company)] of a meeting's exhibitors, by name."""
    rows = select(Exhibitor.ref, Exhibitor.company).where(Exhibitor.meeting_id == meeting.id).order_by(Exhibitor.key)
    return [tuple(row) for row in db.session.execute(rows)]


def kinds_of(meeting):
    """The meeting's kinds of booths, in order."""
    statement = select(BoothKind).where(BoothKind.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(BoothKind.position, BoothKind.id)))


def kind_by_id(meeting, key):
    """One kind of a meeting, or None."""
    return db.session.scalar(select(BoothKind).where(BoothKind.meeting_id == meeting.id, BoothKind.id == key))


def of_kind(kind):
    """The exhibitors with a kind of booth."""
    return list(db.session.scalars(_whole().where(Exhibitor.kind_id == kind.id).order_by(Exhibitor.id)))


def has_ordered(exhibitor):
    """Whether an order was ever placed for an exhibitor."""
    return (
        db.session.scalar(select(GroupOrder.id).where(GroupOrder.group_id == exhibitor.group_id).limit(1)) is not None
    )


def letters_of(exhibitor):
    """The letters written to an exhibitor's contact, newest first."""
    mine = select(ExhibitorLetter).where(ExhibitorLetter.exhibitor_id == exhibitor.id)
    return list(db.session.scalars(mine.order_by(ExhibitorLetter.id.desc())))


def file_of(meeting, ref):
    """A checked file of exhibitors of a meeting, or None."""
    statement = select(ExhibitorFile).where(ExhibitorFile.meeting_id == meeting.id, ExhibitorFile.ref == ref)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def files_of(meeting):
    """The files of exhibitors, the latest first."""
    statement = select(ExhibitorFile).where(ExhibitorFile.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(ExhibitorFile.id.desc()).limit(30)))


def standing_of(exhibitor, now):
    """The Standing of an exhibitor."""
    allotment, meeting = allotments.of_group(exhibitor.group_id), exhibitor.meeting
    prices = _prices(exhibitor.kind.category, meeting)
    window = meeting.window_at(now)
    coming = [each for each in meeting.windows if window is not None and each.ends_at > window.ends_at]
    earlier = [window, *coming]
    later = [
        (before.ends_at, prices[each.id]) for before, each in zip(earlier, coming, strict=False) if each.id in prices
    ]
    present = prices.get(window.id) if window else None
    return Standing(exhibitor, allotment.allotted, allotment.used, present, tuple(later))


def counts_by_kind(meeting):
    """{kind's key: how many exhibitors have it}."""
    rows = select(Exhibitor.kind_id, func.count()).where(Exhibitor.meeting_id == meeting.id)
    return dict(db.session.execute(rows.group_by(Exhibitor.kind_id)).all())


def unpriced_windows(meeting):
    """{category's key: price windows in which no badge of it is sold, so that nobody can order one then} of the kinds of booths."""
    kinds = select(BoothKind.category_id).where(BoothKind.meeting_id == meeting.id)
    rows = db.session.execute(select(Price.category_id, Price.window_id).where(Price.category_id.in_(kinds)))
    priced = {tuple(row) for row in rows}
    found = {}
    for key in db.session.scalars(kinds.distinct()):
        found[key] = [window for window in meeting.windows if (key, window.id) not in priced]
    return {key: windows for key, windows in found.items() if windows}


def _prices(category, meeting):
    """{window key: Money} of a badge for the whole meeting in person; that for members only where there is no other."""
    rows = select(Price).where(Price.category_id == category.id, Price.span == "whole", Price.mode == "in_person")
    found = {}
    for price in db.session.scalars(rows.order_by(Price.member.desc())):
        found[price.window_id] = Money(price.amount_minor, meeting.currency)
    return found


def _whole():
    whole = (
        joinedload(Exhibitor.kind),
        joinedload(Exhibitor.meeting),
        joinedload(Exhibitor.group).options(
            joinedload(Group.coordinator), joinedload(Group.meeting), joinedload(Group.category)
        ),
    )
    return select(Exhibitor).options(*whole).execution_options(populate_existing=True)
