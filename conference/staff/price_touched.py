"""Who has what a price is about: counted for a category by its ways of taking part, for an add-on by categories."""

from collections import Counter
from dataclasses import dataclass

from flask_babel import ngettext
from sqlalchemy import and_, func, or_, select

from conference.kernel import db
from conference.payments import LIVE, Line, Order
from conference.registration import (
    Booking,
    Registration,
    State,
    eligibility,
    groups,
    mode_name,
    span_name,
    waiting,
)

SHOWN = (State.DRAFT, State.HELD, State.CONFIRMED)


@dataclass(frozen=True)
class Touched:
    """One thing whose price changes: how many drafts chose it, hold it and have it, and the list's filter for them (None: no list)."""

    label: str
    counts: dict
    asked: dict
    lists: tuple = SHOWN


class OfCategory:
    """Counts around a category: its ways of taking part (span, mode) of which a price changes."""

    def __init__(self, sheet, rows):
        self.sheet, self.meeting, self.category = sheet, sheet.meeting, sheet.category
        self.ways = list(dict.fromkeys(row[:2] for row, _label in sheet.rows if row in rows))
        counted = select(Registration.span, Registration.mode, Registration.state, func.count())
        mine = counted.where(Registration.category_id == self.category.id, Registration.state.in_(SHOWN))
        grouped = mine.group_by(Registration.span, Registration.mode, Registration.state)
        self.counts = {tuple(row[:3]): row[3] for row in db.session.execute(grouped)}

    def rows(self):
        """[Touched] of each way."""
        return [
            Touched(
                f"{span_name(span)}, {mode_name(mode).lower()}",
                {state: self.counts.get((span, mode, state), 0) for state in SHOWN},
                {"category": self.category.code, "span": span, "mode": mode},
            )
            for span, mode in self.ways
        ]

    def drafts(self, paid, window):
        """What becomes of drafts: they see the new price; where nothing would be sold any more, they choose again."""
        number = sum(self.counts.get((*way, State.DRAFT), 0) for way in self.ways)
        yield from _drafts(number)
        if window:
            gone = [
                way
                for way in self.ways
                if all(paid.get(((*way, member), window.id)) is None for member in (True, False))
            ]
            yield from _lost(sum(self.counts.get((*way, State.DRAFT), 0) for way in gone))
        asking = select(eligibility.CategoryRequirement.category_id)
        asking = asking.where(eligibility.CategoryRequirement.fallback_id == self.category.id)
        others = _count(Registration, Registration.state == State.DRAFT, Registration.category_id.in_(asking))
        if others:
            yield ngettext(
                "%(num)s draft of another category pays this category’s price until a proof is cleared.",
                "%(num)s drafts of other categories pay this category’s price until a proof is cleared.",
                others,
            )

    def whose(self):
        """WHERE of the registrations that chose one of these ways."""
        ways = [and_(Registration.span == span, Registration.mode == mode) for span, mode in self.ways]
        return and_(Registration.category_id == self.category.id, or_(False, *ways))

    def lines(self):
        """WHERE of the lines that are sold at such a price."""
        return Line.kind == "registration"

    def waits(self):
        """WHERE of the waits for it."""
        return waiting.Wait.category_id == self.category.id

    def seats(self):
        """How many seats of groups are not ordered."""
        ways = {way: count for way, count in _seats_by_way(self.category) if way in self.ways}
        return sum(ways.values())


class OfAddOn:
    """Counts around an add-on: the categories for which its price changes."""

    def __init__(self, sheet, rows):
        self.sheet, self.meeting, self.add_on = sheet, sheet.meeting, sheet.add_on
        self.categories = [each for each in sheet.categories if each.id in rows]
        self.drafted = self._wanted()

    def rows(self):
        """[Touched] of each category; drafts have no list of their own."""
        counted = select(Registration.category_id, Booking.state, func.count()).join(Booking)
        mine = counted.where(Booking.add_on_id == self.add_on.id).group_by(Registration.category_id, Booking.state)
        counts = {tuple(row[:2]): row[2] for row in db.session.execute(mine)}
        return [
            Touched(
                each.name,
                {State.DRAFT: self.drafted[each.id], **{state: counts.get((each.id, state), 0) for state in SHOWN[1:]}},
                {"category": each.code, "extra": self.add_on.code},
                lists=(),
            )
            for each in self.categories
        ]

    def drafts(self, paid, window):
        """What becomes of drafts."""
        return _drafts(sum(self.drafted[each.id] for each in self.categories))

    def whose(self):
        """WHERE of the registrations of these categories."""
        return Registration.category_id.in_([each.id for each in self.categories])

    def lines(self):
        """WHERE of the lines that are sold at such a price."""
        return and_(Line.kind == "add_on", Line.reference == self.add_on.id)

    def waits(self):
        """WHERE of the waits for it."""
        return waiting.Wait.add_on_id == self.add_on.id

    def seats(self):
        """How many seats of groups are not ordered."""
        ids = {each.id for each in self.categories}
        found = db.session.execute(_open_seats(groups.Seat.category_id, groups.Seat.wanted, meeting=self.meeting))
        return sum(1 for category_id, wanted in found if category_id in ids and self.add_on.code in wanted)

    def _wanted(self):
        """{category key: how many drafts have chosen it}."""
        drafts = select(Registration.category_id, Registration.wanted)
        mine = drafts.where(Registration.meeting_id == self.meeting.id, Registration.state == State.DRAFT)
        return Counter(category for category, wanted in db.session.execute(mine) if self.add_on.code in wanted)


def _drafts(number):
    if number:
        yield ngettext(
            "%(num)s draft has chosen it: nothing is promised by that, and the next page shows the new price.",
            "%(num)s drafts have chosen it: nothing is promised by that, and the next page shows the new price.",
            number,
        )


def _lost(number):
    if number:
        yield ngettext(
            "%(num)s draft has chosen what would not be sold today any more: that person is asked to choose again.",
            "%(num)s drafts have chosen what would not be sold today any more: these people are asked to choose again.",
            number,
        )


def _seats_by_way(category):
    """[((span, mode), how many)] of the seats that no standing order has."""
    seat = groups.Seat
    found = db.session.execute(_open_seats(seat.span, seat.mode).where(seat.category_id == category.id))
    return Counter((span, mode) for span, mode in found).items()


def _open_seats(*columns, meeting=None):
    seat, group = groups.Seat, groups.Group
    standing = and_(Line.order_id == seat.order_id, Line.reference == seat.registration_id, Line.kind == "registration")
    live = select(Line.id).join(Order, Line.order_id == Order.id).where(standing, Line.ended_at.is_(None))
    statement = select(*columns).join(group, seat.group_id == group.id)
    statement = statement.where(~live.where(Order.state.in_(LIVE)).correlate(seat).exists())
    return statement if meeting is None else statement.where(group.meeting_id == meeting.id)


def _count(table, *clauses):
    return db.session.scalar(select(func.count()).select_from(table).where(*clauses))
