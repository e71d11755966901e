"""The list of members for staff: standing as WHERE clauses, search, filters, order."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from conference import people
from conference.kernel import db, whole_number
from conference.membership.models import Member, MembershipType, Term
from conference.membership.rules import StandingKind, first_new_day
from conference.people import Person
from conference.web import Sorted

_OTHER = aliased(Term)
_PAID_THROUGH = (
    select(func.max(Term.ends))
    .where(Term.member_id == Member.id, Term.voided_at.is_(None))
    .correlate(Member)
    .scalar_subquery()
)
_ORDERS = {
    "name": (Person.family_name, Person.given_name),
    "number": (Member.member_number,),
    "joined": (Member.joined_on,),
    "until": (_PAID_THROUGH,),
}
SORTS = tuple(_ORDERS)


@dataclass(frozen=True)
class Wish(Sorted):
    """What staff would like to see, as it stands in the address; empty means any."""

    q: str = ""
    type: str = ""
    standing: str = ""
    country: str = ""
    sort: str = "name"

    @property
    def filters(self):
        """How many filters are set."""
        return sum(bool(value) for value in (self.type, self.standing, self.country))


def members(wish, on):
    """A SELECT of members with their persons, as wished, on the day `on`."""
    statement = select(Member).join(Member.person).options(contains_eager(Member.person)).where(*_clauses(wish, on))
    columns = _ORDERS[wish.column]
    ordered = [column.desc() if wish.is_descending else column.asc() for column in columns]
    return statement.order_by(*ordered, Member.id)


def found(wish, on):
    """All members that `members` finds, with their persons: for a download."""
    return list(db.session.scalars(members(wish, on)))


def countries():
    """The country codes of all members, in order."""
    statement = select(Person.country).join(Member, Member.person_id == Person.id).where(Person.country != "")
    return list(db.session.scalars(statement.distinct().order_by(Person.country)))


def standing_is(kind, on):
    """A WHERE clause on Member: true exactly when `rules.standing` of the terms says `kind` on the day `on`."""
    paid, in_grace = _has(*_covering(on)), _in_grace(on)
    old = _has(Term.starts < first_new_day(on))
    coming, past = _has(Term.starts > on), _has(Term.ends < on)
    return {
        StandingKind.NEW: and_(paid, ~old),
        StandingKind.CURRENT: and_(paid, old),
        StandingKind.GRACE: and_(~paid, in_grace),
        StandingKind.FUTURE: and_(~paid, ~in_grace, coming),
        StandingKind.EXPIRED: and_(~paid, ~in_grace, ~coming, past),
        StandingKind.NONE: and_(~paid, ~coming, ~past),
    }[kind]


def is_member(on):
    """A WHERE clause on Member: paid on the day `on`, or in grace."""
    return or_(_has(*_covering(on)), _in_grace(on))


def _clauses(wish, on):
    if wish.q:
        yield _matching(wish.q)
    if wish.country:
        yield Person.country == wish.country
    if wish.standing:
        yield standing_is(StandingKind(wish.standing), on)
    if wish.type:
        yield _has(*_covering(on), Term.type_id.in_(select(MembershipType.id).where(MembershipType.code == wish.type)))


def _matching(text):
    """Name, address, institution, or the member's number."""
    by_words = and_(*people.matching(text))
    number = whole_number(text.strip(), 9)
    return by_words if number is None else or_(by_words, Member.member_number == number)


def _has(*clauses):
    """Whether the member has a valid term of which all clauses are true."""
    return (
        select(Term.id)
        .where(Term.member_id == Member.id, Term.voided_at.is_(None), *clauses)
        .correlate(Member)
        .exists()
    )


def _covering(on):
    return Term.starts <= on, or_(Term.ends.is_(None), Term.ends >= on)


def _in_grace(on):
    """The last term that ended is within its type's days of grace: a few types, so the dates are counted here."""
    types = db.session.execute(select(MembershipType.id, MembershipType.grace_days)).all()
    later = select(_OTHER.id).where(
        _OTHER.member_id == Term.member_id, _OTHER.voided_at.is_(None), _OTHER.ends > Term.ends, _OTHER.ends < on
    )
    within = [and_(Term.type_id == id_, Term.ends >= on - timedelta(days=days)) for id_, days in types]
    return _has(Term.ends < on, ~later.correlate(Term).exists(), or_(False, *within))
