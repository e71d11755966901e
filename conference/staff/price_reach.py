"""Whom a change of prices reaches: drafts and waiting lists will see it; what was sold or is held keeps its price."""

from collections import Counter
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, func, or_, select

from conference.kernel import db
from conference.payments import Line, Order, OrderState
from conference.registration import (
    Booking,
    Registration,
    State,
    eligibility,
    groups,
    mode_name,
    pricing,
    span_name,
    waiting,
)
from conference.staff import gathering

SHOWN = (State.DRAFT, State.HELD, State.CONFIRMED)


@dataclass(frozen=True)
class Touched:
    """One thing whose price changes: how many drafts chose it, hold it and have it, and the list's filter for them (None: no list)."""

    label: str
    counts: dict
    asked: dict
    lists: tuple = SHOWN


@dataclass(frozen=True)
class Reach:
    """`rows` of what is touched, and `sentences` on what becomes of whom."""

    rows: list
    sentences: list


def reach(sheet, changed, typed, *, now):
    """The Reach of a change of prices; `changed` are the (row, window) of which somebody would pay another price (price_look)."""
    meeting = sheet.meeting
    over = {window.id for window in meeting.windows if window.ends_at <= now}
    rows = {row for row, window in changed if window not in over}
    reader = _OfCategory(sheet, rows) if sheet.kind == "category" else _OfAddOn(sheet, rows)
    sentences = [
        *_kept(reader),
        *reader.drafts(sheet.paid(typed), meeting.window_at(now)),
        *_waits(reader),
        *_seats(reader),
        *_by_date(meeting, {window for _row, window in changed}, over),
    ]
    return Reach(reader.rows() if rows else [], sentences if changed else [])


class _OfCategory:
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
                way for way in self.ways if all(paid[(*way, member), window.id] is None for member in (True, False))
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


class _OfAddOn:
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


def _kept(reader):
    """What is sold keeps its price; an order whose price has a date keeps it as long as that."""
    yield _("Whoever is registered or waits for the payment keeps the price at which the order was placed.")
    dated = Line.rule["price_until"].as_string().is_not(None)
    until = _lines(reader, dated, Order.state == OrderState.OPEN)
    if until:
        yield ngettext(
            "%(num)s open order keeps it only when its payment begins in time; after that, it is placed anew at the price of that day.",
            "%(num)s open orders keep it only when their payment begins in time; after that, they are placed anew at the price of that day.",
            until,
        )


def _lines(reader, *clauses):
    statement = select(func.count(Line.id)).join(Order, Line.order_id == Order.id)
    statement = statement.join(Registration, Line.subject == Registration.id)
    mine = (Registration.meeting_id == reader.meeting.id, reader.whose(), reader.lines(), Line.ended_at.is_(None))
    return db.session.scalar(statement.where(*mine, *clauses))


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


def _waits(reader):
    states = select(waiting.Wait.state, func.count()).join(
        Registration, waiting.Wait.registration_id == Registration.id
    )
    mine = states.where(waiting.Wait.meeting_id == reader.meeting.id, reader.whose(), reader.waits())
    counts = dict(db.session.execute(mine.group_by(waiting.Wait.state)).all())
    if offered := counts.get(waiting.WaitState.OFFERED):
        yield ngettext(
            "%(num)s offer from a waiting list stands: it is taken at the price of the day on which it is taken.",
            "%(num)s offers from a waiting list stand: they are taken at the price of the day on which they are taken.",
            offered,
        )
    if line := counts.get(waiting.WaitState.WAITING):
        yield ngettext(
            "%(num)s person waits for a place and will pay the price of the day.",
            "%(num)s people wait for a place and will pay the price of the day.",
            line,
        )


def _seats(reader):
    if number := reader.seats():
        yield ngettext(
            "%(num)s seat of a group is not ordered yet: it is ordered at the price of that day.",
            "%(num)s seats of groups are not ordered yet: they are ordered at the price of that day.",
            number,
        )


def _by_date(meeting, windows, over):
    if pricing.policy_of(meeting).price_date is pricing.PriceDate.GRACE:
        yield _("Whoever submitted before and is within the days of grace pays the price of that day.")
    names = [window.name for window in meeting.windows if window.id in windows & over]
    if names:
        yield _(
            "%(names)s: over. A price there still counts where a ticket of that time goes to somebody else, and in days of grace.",
            names=", ".join(names),
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
    statement = statement.where(~live.where(Order.state.in_(gathering.LIVE)).correlate(seat).exists())
    return statement if meeting is None else statement.where(group.meeting_id == meeting.id)


def _count(table, *clauses):
    return db.session.scalar(select(func.count()).select_from(table).where(*clauses))
