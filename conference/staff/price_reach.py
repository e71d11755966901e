"""Whom a change of prices reaches: drafts and waiting lists will see it; what was sold or is held keeps its price."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from conference.kernel import db
from conference.payments import Line, Order, OrderState
from conference.registration import Registration, pricing, waiting
from conference.staff.price_touched import OfAddOn, OfCategory


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
    reader = OfCategory(sheet, rows) if sheet.kind == "category" else OfAddOn(sheet, rows)
    sentences = [
        *_kept(reader),
        *reader.drafts(sheet.paid(typed), meeting.window_at(now)),
        *_waits(reader),
        *_seats(reader),
        *_by_date(meeting, {window for _row, window in changed}, over),
    ]
    return Reach(reader.rows() if rows else [], sentences if changed else [])


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
