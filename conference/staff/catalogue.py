"""What a meeting sells and asks, found for the desk: also what is not on offer."""

from flask_babel import gettext as _
from sqlalchemy import select

from conference.kernel import Money, db
from conference.registration import (
    AddOn,
    Category,
    CategoryKind,
    ConductCode,
    Mode,
    Pool,
    Question,
    cells_of,
    mode_name,
    span_name,
    spans_of,
)


def pools_of(meeting):
    """Every pool of places of a meeting."""
    return list(db.session.scalars(select(Pool).where(Pool.meeting_id == meeting.id).order_by(Pool.id)))


def conduct_codes_of(meeting):
    """Every version of the code of conduct, the newest first."""
    statement = select(ConductCode).where(ConductCode.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(ConductCode.published_at.desc(), ConductCode.id.desc())))


def category_of(meeting, category_id):
    """One category of this meeting, or None."""
    return _of(Category, meeting, category_id)


def add_on_of(meeting, add_on_id):
    """One add-on of this meeting, or None."""
    return _of(AddOn, meeting, add_on_id)


def question_of(meeting, question_id):
    """One question of this meeting, or None."""
    return _of(Question, meeting, question_id)


def pool_of(meeting, pool_id):
    """One pool of this meeting, or None."""
    return _of(Pool, meeting, pool_id)


def rows_of(meeting, category):
    """[(key, label)] of a category's price grid, key (span, mode, member): whole meeting first, then the days.

    Guests come to the venue, and have no standing of their own.
    """
    spans = spans_of(meeting.starts, meeting.ends)
    if category.kind == CategoryKind.GUEST:
        return [((span, str(Mode.IN_PERSON), False), span_name(span)) for span in spans]
    return [
        ((span, str(mode), member), _row_label(span, mode, member))
        for span in spans
        for mode in Mode
        for member in (True, False)
    ]


def columns_of(meeting):
    """[(window id, name)] of the price grid."""
    return [(window.id, window.name) for window in meeting.windows]


def grid_of(meeting, category):
    """(rows that are sold, {(row key, window id): Money}) of a category."""
    cells = {
        ((span, mode, member), window): Money(minor, meeting.currency)
        for (window, member, span, mode), minor in cells_of(category).items()
    }
    sold = {row for row, _window in cells}
    return [row for row in rows_of(meeting, category) if row[0] in sold], cells


def _of(table, meeting, key):
    return db.session.scalar(select(table).where(table.meeting_id == meeting.id, table.id == key))


def _row_label(span, mode, member):
    what = span_name(span) if mode == Mode.IN_PERSON else f"{span_name(span)}, {mode_name(mode).lower()}"
    return _("%(what)s: members", what=what) if member else _("%(what)s: others", what=what)
