"""Codes in the database: found for a draft, used with its order, given back when that lapses. Never used more often than allowed."""

from sqlalchemy import bindparam, delete, func, insert, select, update

from conference.kernel import Base, Money, claimed, db
from conference.registration import discounts, invited
from conference.registration.code_models import CodeUse, DiscountCode
from conference.registration.discounts import Discount, Effect, NotRedeemable, Scope

_ITS_KEY = select(DiscountCode.id).where(
    DiscountCode.meeting_id == bindparam("of_meeting"), DiscountCode.code == bindparam("of_code")
)
_NEW_USE = insert(Base.metadata.tables[CodeUse.__tablename__]).values(code_id=_ITS_KEY.scalar_subquery())


def discount_of(row, *, person, now):
    """The Discount of the code that somebody has typed (None: there is none); NotRedeemable when it does not hold for them now."""
    found = as_discount(row) if row else None
    email, person_id = (person.email or "", person.id) if person else ("", None)
    discounts.check(found, email=email, person_id=person_id, now=now)
    return found


def as_discount(row):
    """A row as the quote needs it; the code of an invitation with what that says."""
    invitation = invited.behind(row.id) if row.person_id is not None else None
    told = {} if invitation is None else _told(invitation)
    return Discount(
        code=row.code,
        effect=Effect(row.effect),
        scope=Scope(row.scope),
        percent=row.percent,
        amount=Money(row.amount_minor, row.currency) if row.effect == Effect.AMOUNT else None,
        category=row.category.code if row.category else "",
        add_on=row.add_on.code if row.add_on else "",
        email=row.email,
        valid_until=row.valid_until,
        version=row.version,
        is_used_up=row.most_uses is not None and row.used >= row.most_uses,
        person_id=row.person_id,
        also=tuple(row.also),
        **told,
    )


def use(registration, redeemed, *, now):
    """Count one use of a code for a registration, held until its order is settled.

    NotRedeemable when it is used up by now, or is not any more what was priced.
    """
    ours = (DiscountCode.meeting_id == registration.meeting_id) & (DiscountCode.code == redeemed.code)
    as_priced = ours if redeemed.version is None else ours & (DiscountCode.version == redeemed.version)
    if not claimed(_one_more(as_priced)):
        raise NotRedeemable(_why_not(ours, redeemed))
    values = {"registration_id": registration.id, "state": "held", "off_minor": redeemed.off.minor, "used_at": now}
    whose = {"of_meeting": registration.meeting_id, "of_code": redeemed.code}
    db.session.execute(_NEW_USE, {**values, **whose})


def keep(registration):
    """The order is paid: the use stays."""
    keep_all([registration.id])


def keep_all(ids):
    """As `keep`, for the registrations of these keys."""
    statement = update(CodeUse).where(CodeUse.registration_id.in_(ids), CodeUse.state == "held")
    db.session.execute(statement.values(state="kept"), execution_options={"synchronize_session": False})


def give_back_part(registration, off_minor):
    """A line ended, of which the code had taken so much off; with the last of them the use ends.

    That of an invitation ends with its registration: it stands although there may be nothing to take off.
    """
    mine = CodeUse.registration_id == registration.id
    less = update(CodeUse).where(mine).values(off_minor=CodeUse.off_minor - off_minor)
    db.session.execute(less, execution_options={"synchronize_session": False})
    left = select(CodeUse.off_minor).join(DiscountCode, CodeUse.code_id == DiscountCode.id)
    if db.session.scalar(left.where(mine, DiscountCode.person_id.is_(None))) == 0:
        give_back(registration)


def give_back(registration):
    """The order lapsed or the registration ended: the code can be used again. Whoever deletes the use lowers the count."""
    gone = delete(CodeUse).where(CodeUse.registration_id == registration.id).returning(CodeUse.code_id)
    for code_id in db.session.scalars(gone, execution_options={"synchronize_session": False}).all():
        less = update(DiscountCode).where(DiscountCode.id == code_id).values(used=DiscountCode.used - 1)
        db.session.execute(less, execution_options={"synchronize_session": False})


def miscounted():
    """Every code whose count is not the number of its uses, in words; empty when all agree."""
    uses = select(CodeUse.code_id, func.count().label("rows")).group_by(CodeUse.code_id).subquery()
    rows = func.coalesce(uses.c.rows, 0)
    statement = select(DiscountCode.code, DiscountCode.used, rows).outerjoin(uses, uses.c.code_id == DiscountCode.id)
    found = db.session.execute(statement.where(DiscountCode.used != rows))
    return [f"code {code}: {used} counted, {count} uses" for code, used, count in found]


def _told(invitation):
    waived = invited.waived(invitation)
    return {"because": invited.because(invitation), "waived": waived, "needs_cleared": not waived}


def _why_not(ours, redeemed):
    version = db.session.scalar(select(DiscountCode.version).where(ours))
    is_as_priced = redeemed.version in (None, version)
    return discounts.used_up(redeemed.code) if is_as_priced else discounts.changed(redeemed.code)


def _one_more(ours):
    room = (DiscountCode.most_uses.is_(None)) | (DiscountCode.used < DiscountCode.most_uses)
    return update(DiscountCode).where(ours, room).values(used=DiscountCode.used + 1)
