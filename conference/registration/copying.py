"""A new meeting by copying the last: all that was set up, moved to the new days; no people, no money, no programme, nothing used.

Instants keep their wall clock at the venue, whatever summer time does between; days and day tickets move by as many days as the meeting.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, func, insert, select

from conference import audit, meetings
from conference.kernel import Base, db, new_ref

# What is copied, each after what it points at.
COPIED = (
    "meeting_window",
    "meeting_deadline",
    "registration_pool",
    "registration_category",
    "registration_price",
    "registration_add_on",
    "registration_add_on_price",
    "registration_requirement",
    "registration_proof_policy",
    "registration_price_policy",
    "registration_guest_policy",
    "registration_change_step",
    "registration_wait_pace",
    "registration_form",
    "registration_section",
    "registration_question",
    "registration_question_version",
    "registration_conduct_code",
    "registration_booth_kind",
    "registration_invitation_kind",
    "registration_invitation_reminder",
    "registration_visa_policy",
    "registration_visa_text",
    "checkout_transfer_terms",
    "checkout_dunning_policy",
    "checkout_dunning_step",
    "schedule_room",
    "schedule_track",
    "schedule_kind",
    "schedule_embargo",
    "schedule_check_policy",
    "schedule_walk",
    "attending_evaluation_form",
    "attending_evaluation_question",
)
CODES = "registration_discount_code"
# What counts use begins anew.
FRESH = {
    "registration_pool": {"taken": 0, "waiting": 0, "is_paused": False},
    "registration_discount_code": {"used": 0, "version": 1},
    "registration_invitation_kind": {"invited": 0, "version": 1},
}
# When something was said stays when it was said.
HISTORY = {"published_at", "since", "saved_at"}
FACTS = ("summary", "body", "venue", "address", "city", "country", "latitude", "longitude")


def moved(value, *, days, old, new):
    """A day, an instant or a day's text (YYYY-MM-DD) of the old meeting, `days` later; instants keep their wall clock from zone `old` to `new`."""
    if isinstance(value, datetime):
        local = value.astimezone(old).replace(tzinfo=None) + timedelta(days=days)
        return local.replace(tzinfo=new).astimezone(UTC)
    if isinstance(value, date):
        return value + timedelta(days=days)
    return (date.fromisoformat(value) + timedelta(days=days)).isoformat()


def copy(old, *, code, title, starts, by, now, with_codes=False, timezone=None, **facts):
    """The new meeting, hidden until it is made public; Refusal at the field when its facts cannot be. Codes bound to a person stay behind.

    `facts` are those of the place; what is left out is as it was.
    """
    meetings.check_days(starts, starts)
    zone, length = timezone or old.timezone, old.ends - old.starts
    known = {name: getattr(old, name) for name in FACTS} | facts
    days = {"starts": starts, "ends": starts + length}
    made = meetings.create(
        code=code, title=title, timezone=zone, currency=old.currency, is_public=False, **days, **known
    )
    db.session.delete(made.windows[0])
    made.opens_at = _mover(old, made)(old.opens_at) if old.opens_at else None
    db.session.flush()
    _copy_rows(old, made, (*COPIED, CODES) if with_codes else COPIED)
    db.session.expire_all()
    audit.record(by=by, verb="made by copying", subject=made, now=now, note=old.code)
    return made


def counts_of(meeting):
    """{table: how many rows of it a copy will have}, codes included."""
    rows = {name: _rows_of(meeting.id, name) for name in (*COPIED, CODES)}
    return {name: db.session.scalar(select(func.count()).select_from(each.subquery())) for name, each in rows.items()}


def dates_of(old, *, starts, timezone=None):
    """[(what, the instant now, the instant in the copy)] of what people notice first: opening, windows, deadlines."""
    move = _mover(old, None, starts=starts, timezone=timezone)
    named = [("", old.opens_at)] if old.opens_at else []
    named += [(window.name, window.ends_at) for window in old.windows]
    named += [(each.title, each.at) for each in meetings.deadlines_of(old)]
    return [(what, at, move(at)) for what, at in named]


def _mover(old, made, *, starts=None, timezone=None):
    new = made.zone if made else ZoneInfo(timezone or old.timezone)
    days = ((made.starts if made else starts) - old.starts).days
    return lambda value: moved(value, days=days, old=old.zone, new=new)


def _copy_rows(old, made, names):
    move, keys = _mover(old, made), {"meeting": {old.id: made.id}}
    for name in names:
        table, keys[name] = Base.metadata.tables[name], {}
        for row in db.session.execute(_rows_of(old.id, name)).mappings().all():
            values = _values(table, dict(row), keys, move) | FRESH.get(name, {})
            done = db.session.execute(insert(table).values(values).returning(table.primary_key.columns[0]))
            keys[name][row.get("id")] = done.scalar_one()


def _values(table, row, keys, move):
    """A row as the copy has it: its own key left out, pointing at copies, moved."""
    values = {}
    for column in table.columns:
        value = row[column.name]
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if column.name == "id":
            continue
        if column.name == "ref":
            value = new_ref()
        elif target in keys and value is not None:
            value = keys[target][value]
        elif _is_moved(column, value):
            value = move(value)
        values[column.name] = value
    return values


def _is_moved(column, value):
    if value is None or column.name in HISTORY:
        return False
    if column.table.name == "registration_price" and column.name == "span":
        return value != "whole"
    return isinstance(value, datetime) or isinstance(column.type, Date)


def _rows_of(meeting_id, name):
    """A SELECT of the rows of a table that are of a meeting: by its own column, or by what it points at."""
    table = Base.metadata.tables[name]
    if "meeting_id" in table.columns:
        found = select(table).where(table.c.meeting_id == meeting_id)
        found = found.where(table.c.email == "", table.c.person_id.is_(None)) if name == CODES else found
    else:
        column, parent = _parent(table)
        found = select(table).where(column.in_(_keys_of(meeting_id, parent)))
    return found.order_by(*table.primary_key.columns)


def _parent(table):
    """(column, name of the copied table) by which a table without a meeting of its own belongs to one."""
    return next(
        (key.parent, key.column.table.name) for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name in COPIED and not key.parent.nullable
    )  # fmt: skip


def _keys_of(meeting_id, name):
    rows = _rows_of(meeting_id, name).subquery()
    return select(rows.c.id)
