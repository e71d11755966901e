"""What a meeting has brought: what is paid for what stands, what was kept of what ended, what came and went each day.

What stands is the sum of the lists that its rows lead to. `tied` shows that all of it ties out with the ledger.
"""

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from conference.kernel import Money, db
from conference.payments import KEPT, EntryKind, LedgerEntry, Line, Order, OrderState
from conference.registration import Category, Registration
from conference.staff import gathering


@dataclass(frozen=True)
class Brought:
    """A row: paid for what stands, kept of what was taken back (less what went back beyond it), still to be paid; as Money.

    `asked` is the filter of the list whose sums are paid and owed; None where no list has them.
    """

    label: str
    paid: Money
    kept: Money
    owed: Money
    asked: dict | None

    @property
    def all(self):
        """What stays: paid and kept."""
        return self.paid + self.kept


@dataclass(frozen=True)
class Passed:
    """What came and what went back on a day at the venue, as Money."""

    day: object
    received: Money
    refunded: Money

    @property
    def left(self):
        """The difference."""
        return self.received - self.refunded


@dataclass(frozen=True)
class Tied:
    """All of a meeting's orders: received = refunded + for registrations + dues in the same orders + kept + carried away + not yet given."""

    received: Money
    refunded: Money
    standing: Money
    dues: Money
    kept: Money
    open: Money


def by_category(meeting):
    """[Brought] for each category of the list."""
    names = {row.id: row for row in db.session.scalars(select(Category).where(Category.meeting_id == meeting.id))}
    ordered = sorted(names, key=lambda key: (names[key].position, key))
    sums, kept = _sums(meeting, Registration.category_id), _kept(meeting, lambda line, entry: entry.category_id)
    rows = [_brought(meeting, names[key].name, key, sums, kept, {"category": names[key].code}) for key in ordered]
    return [each for each in (*rows, _several(meeting, kept)) if each.all or each.owed]


def by_window(meeting):
    """[Brought] for each price window in which the ticket was sold."""
    sums, kept = _sums(meeting, gathering.window_sold()), _kept(meeting, lambda line, entry: line.rule.get("window"))
    names = {window.code: window.name for window in meeting.windows}
    codes = [*names, *sorted({each for each in (*sums, *kept) if each and each not in names})]
    rows = [_brought(meeting, names.get(code, code), code, sums, kept, {"window": code}) for code in codes]
    without = _brought(meeting, _("Without a ticket that stands"), None, sums, {}, None)
    return [each for each in (*rows, without, _several(meeting, kept)) if each.all or each.owed]


def by_day(meeting):
    """[Passed] of the days on which money came or went back, in order."""
    passed: dict = defaultdict(lambda: [0, 0])
    entries = _entries(meeting, LedgerEntry.at, LedgerEntry.kind, LedgerEntry.amount_minor)
    for at, kind, minor in db.session.execute(
        entries.where(LedgerEntry.kind.in_((EntryKind.PAYMENT, EntryKind.REFUND)))
    ):
        is_refund = kind == EntryKind.REFUND
        passed[at.astimezone(meeting.zone).date()][is_refund] += -minor if is_refund else minor
    return [Passed(day, *(Money(minor, meeting.currency) for minor in passed[day])) for day in sorted(passed)]


def together(meeting, rows):
    """The Brought of all rows."""
    paid, kept, owed = (
        Money.total([getattr(each, name) for each in rows], meeting.currency) for name in ("paid", "kept", "owed")
    )
    return Brought(_("Together"), paid, kept, owed, None)


def tied(meeting):
    """The Tied sums over all orders that sold something for a meeting."""
    kinds = _entries(meeting, LedgerEntry.kind, func.sum(LedgerEntry.amount_minor)).group_by(LedgerEntry.kind)
    booked = defaultdict(int) | {kind: int(minor) for kind, minor in db.session.execute(kinds)}
    received, refunded = booked[EntryKind.PAYMENT], -booked[EntryKind.REFUND]
    kept = -sum(booked[kind] for kind in KEPT)
    standing, dues = (
        _standing(meeting, clause) for clause in (Line.kind.not_in(("dues", "credit")), Line.kind == "dues")
    )
    sums = (received, refunded, standing, dues, kept, received - refunded - standing - dues - kept)
    return Tied(*(Money(minor, meeting.currency) for minor in sums))


def _sums(meeting, key):
    """{key: (paid, owed)} in minor units, of the registrations of a meeting."""
    told, label = gathering.sums().subquery(), key.label("key")
    inside = (
        select(label, told.c.paid, told.c.owed).select_from(Registration).join(told, told.c.entry_id == Registration.id)
    )
    rows = inside.where(Registration.meeting_id == meeting.id).subquery()
    grouped = select(rows.c.key, func.sum(rows.c.paid), func.sum(rows.c.owed)).group_by(rows.c.key)
    return {key: (int(paid), int(owed)) for key, paid, owed in db.session.execute(grouped)}


def _kept(meeting, key_of):
    """{key: minor units kept}; under "" what belongs to orders over several keys, or over none."""
    tickets = select(Line, Registration).join(Registration, Line.reference == Registration.id)
    mine = tickets.where(Line.kind == "registration", Registration.meeting_id == meeting.id)
    entries = _entries(meeting, LedgerEntry.order_id, func.sum(LedgerEntry.amount_minor))
    fees = entries.where(LedgerEntry.kind.in_(KEPT)).group_by(LedgerEntry.order_id)
    minors = {order_id: -int(minor) for order_id, minor in db.session.execute(fees)}
    keys: dict = defaultdict(set)
    for line, entry in db.session.execute(mine.where(Line.order_id.in_(list(minors)))):
        keys[line.order_id].add(key_of(line, entry))
    found: dict = defaultdict(int)
    for order_id, minor in minors.items():
        (key,) = keys[order_id] if len(keys[order_id]) == 1 else ("",)
        found[key or ""] += minor
    return found


def _brought(meeting, label, key, sums, kept, asked):
    minors = {"paid": sums.get(key, (0, 0))[0], "kept": kept.get(key, 0), "owed": sums.get(key, (0, 0))[1]}
    return Brought(label, **{name: Money(minor, meeting.currency) for name, minor in minors.items()}, asked=asked)


def _several(meeting, kept):
    return _brought(meeting, _("Of orders over several of them, or none"), "", {}, kept, None)


def _standing(meeting, clause):
    """Minor units of the lines of settled orders that are not taken back."""
    orders = gathering.orders_about(meeting)
    lines = select(func.coalesce(func.sum(Line.amount_minor), 0)).join(Order, Line.order_id == Order.id)
    mine = lines.where(Order.state == OrderState.PAID, Line.ended_at.is_(None), Line.order_id.in_(orders), clause)
    return int(db.session.scalar(mine))


def _entries(meeting, *columns):
    return select(*columns).where(LedgerEntry.order_id.in_(gathering.orders_about(meeting)))
