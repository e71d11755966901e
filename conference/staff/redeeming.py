"""Codes found for the desk: the list, who used them, and what they took off."""

from sqlalchemy import BigInteger, cast, func, or_, select
from sqlalchemy.orm import joinedload

from conference.kernel import Money, db
from conference.people import Person
from conference.registration import CodeUse, DiscountCode, Registration


def codes(meeting, text):
    """An ordered SELECT of (code, minor units taken off by those who paid), of those that match what was typed; without those of invitations."""
    sum_ = cast(func.coalesce(func.sum(CodeUse.off_minor), 0), BigInteger)  # PostgreSQL sums to a decimal number
    off = select(sum_).where(CodeUse.code_id == DiscountCode.id, CodeUse.state == "kept")
    statement = select(DiscountCode, off.correlate(DiscountCode).scalar_subquery())
    statement = statement.where(DiscountCode.meeting_id == meeting.id, DiscountCode.person_id.is_(None))
    statement = statement.order_by(DiscountCode.id.desc())
    if not text:
        return statement
    columns = (DiscountCode.code, DiscountCode.reason, DiscountCode.budget_code, DiscountCode.email)
    return statement.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))


def code_of(meeting, key):
    """One code of this meeting, or None; that of an invitation is changed with it alone."""
    mine = select(DiscountCode).where(DiscountCode.meeting_id == meeting.id, DiscountCode.person_id.is_(None))
    return db.session.scalar(mine.where(DiscountCode.id == key))


def uses_of(code):
    """Who uses a code, the latest first: [(use, registration with its person)]."""
    statement = select(CodeUse, Registration).join(Registration, CodeUse.registration_id == Registration.id)
    statement = statement.where(CodeUse.code_id == code.id).options(joinedload(Registration.person))
    return list(db.session.execute(statement.order_by(CodeUse.id.desc())))


def by_reason(meeting):
    """What codes took off so far: [(reason, budget code, uses, Money)], the most first; only what is paid for counts."""
    off, uses = func.sum(CodeUse.off_minor), func.count()
    statement = select(DiscountCode.reason, DiscountCode.budget_code, uses, off)
    statement = statement.join(CodeUse, CodeUse.code_id == DiscountCode.id)
    statement = statement.where(DiscountCode.meeting_id == meeting.id, CodeUse.state == "kept")
    rows = db.session.execute(statement.group_by(DiscountCode.reason, DiscountCode.budget_code).order_by(off.desc()))
    return [(reason, budget, count, Money(int(minor), meeting.currency)) for reason, budget, count, minor in rows]


COLUMNS = ("code", "reason", "budget_code", "state", "off", "currency", "used_at", "registration", "name", "email")


def table(meeting):
    """(header, rows) of every use of every code, for spreadsheets."""
    statement = (
        select(DiscountCode, CodeUse, Registration.ref, Person)
        .join(CodeUse, CodeUse.code_id == DiscountCode.id)
        .join(Registration, CodeUse.registration_id == Registration.id)
        .join(Person, Registration.person_id == Person.id)
        .where(DiscountCode.meeting_id == meeting.id)
        .order_by(DiscountCode.code, CodeUse.id)
    )
    return COLUMNS, (_row(*found) for found in db.session.execute(statement))


def _row(code, use, ref, person):
    off = Money(use.off_minor, code.currency).decimal_text
    when = use.used_at.isoformat(timespec="seconds")
    about = (code.code, code.reason, code.budget_code, use.state)
    return (*about, off, code.currency, when, ref, person.full_name, person.email)
