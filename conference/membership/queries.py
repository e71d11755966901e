"""Asking about membership: types, members, terms, and what somebody is on a day."""

from collections import defaultdict

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from conference.kernel import db
from conference.membership.models import Member, MembershipType, Term
from conference.membership.rules import Span, standing

_TERMS = (
    select(Member.person_id, Term.starts, Term.ends, MembershipType.code, MembershipType.grace_days)
    .join_from(Term, Member)
    .join(MembershipType)
    .where(Member.person_id.in_(bindparam("people", expanding=True)), Term.voided_at.is_(None))
)


def all_types():
    """Every membership type in the order in which they are shown."""
    return list(db.session.scalars(select(MembershipType).order_by(MembershipType.position, MembershipType.name)))


def types_on_offer():
    """The types that people may choose for themselves."""
    return [type_ for type_ in all_types() if type_.is_on_offer]


def type_by_code(code):
    """The type with this code, or None."""
    return db.session.scalar(select(MembershipType).where(MembershipType.code == code))


def standing_of(person, on):
    """The Standing of a person on a day; nobody at all (None) is a member of nothing."""
    return standing(spans_of(person), on)


def standings_of(person_ids, on):
    """{person id: Standing} on a day for every id given, in one query."""
    spans = spans_by_person(person_ids)
    return {person_id: standing(spans[person_id], on) for person_id in person_ids}


def paid_days(wanted):
    """Those of {(person id, day)} on which a membership of the person is paid, in one query."""
    spans = spans_by_person({person_id for person_id, _day in wanted})
    return {(person_id, day) for person_id, day in wanted if standing(spans[person_id], day).is_paid}


def spans_of(person):
    """The terms of a person as values, without the void ones."""
    return spans_by_person([person.id])[person.id] if person else []


def spans_by_person(person_ids):
    """{person id: terms as values}, in one query; empty lists for those who never were members."""
    found = defaultdict(list)
    rows = db.session.execute(_TERMS, {"people": list(person_ids)})
    for person_id, starts, ends, code, grace_days in rows:
        found[person_id].append(Span(starts, ends, code, grace_days))
    return found


def last_days_of(person_ids):
    """{person id: (last day, type code) of the latest term}, of many at once: without those who have none or are members for life."""
    found = {
        key: max(spans, key=lambda span: span.starts) for key, spans in spans_by_person(person_ids).items() if spans
    }
    return {key: (span.ends, span.type_code) for key, span in found.items() if span.ends is not None}


def member_of(person):
    """The member that a person is or was, or None."""
    if person is None:
        return None
    return db.session.scalar(select(Member).where(Member.person_id == person.id).options(joinedload(Member.person)))


def member_by_number(number):
    """The member with this number and who they are, or None."""
    return db.session.scalar(select(Member).where(Member.member_number == number).options(joinedload(Member.person)))


def terms_of(member):
    """The member's terms with their types, the latest first, the void ones too."""
    statement = select(Term).where(Term.member_id == member.id).options(joinedload(Term.type))
    return list(db.session.scalars(statement.order_by(Term.starts.desc(), Term.id.desc())))


def term_of_line(order_line_ref):
    """The term that an order line paid for, with its type and member, or None."""
    statement = select(Term).where(Term.order_line_ref == order_line_ref)
    return db.session.scalar(statement.options(joinedload(Term.type), joinedload(Term.member)))


def term_of_member(member, term_id):
    """One term of this member with its type, or None when it is another's."""
    statement = select(Term).where(Term.id == term_id, Term.member_id == member.id)
    return db.session.scalar(statement.options(joinedload(Term.type), joinedload(Term.member)))
