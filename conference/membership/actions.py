"""Giving, voiding and showing membership. Every change to somebody's terms holds their member row locked."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit
from conference.kernel import Refusal, claimed, db, insert_once
from conference.membership import queries
from conference.membership.models import Counter, Member, MembershipType, Term
from conference.membership.rules import Audience, placed

FIRST_NUMBER = 1001
DIRECTORY_FIELDS = ("listed_for", "institution_for", "country_for", "interests_for", "email_for")


def create_type(**fields):
    """A new membership type; the unique key refuses a second one with its code."""
    type_ = MembershipType(**fields)
    db.session.add(type_)
    db.session.flush()
    return type_


def grant_term(*, person, type, starts, ends, now, order_line_ref=None, paid=None, note=""):
    """The Term that an order line paid for, made now or, when the line comes twice, the one made before.

    The days are those of the offer. When they were sold meanwhile (two orders paid), the term follows the last one, so
    that no paid day is lost. Refusal when the person has a membership for life by now. `paid` is Money, none for a gift.
    """
    if order_line_ref and (known := queries.term_of_line(order_line_ref)):
        return known
    member = _locked_member(person, joined_on=starts, now=now)
    if order_line_ref and (known := queries.term_of_line(order_line_ref)):
        return known
    days = placed(queries.spans_of(person), type.period, starts, ends)
    if days is None:
        raise Refusal(_("This membership is for life: there is nothing to renew"))
    term = Term(member=member, type=type, starts=days[0], ends=days[1], order_line_ref=order_line_ref)
    term.paid_minor, term.currency = (paid.minor, paid.currency) if paid else (0, type.currency)
    term.note, term.created_at = note, now
    member.joined_on = min(member.joined_on, term.starts)
    db.session.add(term)
    db.session.flush()
    return term


def add_by_hand(*, person, type, starts, ends, reason, by, now):
    """A term given by staff, on exactly these days; Refusal when one of them is paid already or they are in disorder."""
    if ends is not None and ends < starts:
        raise Refusal(_("The last day comes before the first"), field="ends")
    _locked_member(person, joined_on=starts, now=now)
    if any(span.overlaps(starts, ends) for span in queries.spans_of(person)):
        raise Refusal(_("Some of these days belong to another term already"), field="starts")
    term = grant_term(person=person, type=type, starts=starts, ends=ends, now=now, note=reason)
    audit.record(by=by, verb="added term", subject=term.member, now=now, after=_story(term), note=reason)
    return term


def void_term(*, order_line_ref, now, by=None, reason=""):
    """Take back the term that an order line paid for (a refund); None when there is none. Again changes nothing."""
    term = queries.term_of_line(order_line_ref)
    if term:
        _void(term, now=now, by=by, reason=reason or _("The payment was refunded"))
    return term


def void_by_hand(*, term, reason, by, now):
    """Take back one term, whoever gave it; Refusal when it was taken back before."""
    if not _void(term, now=now, by=by, reason=reason):
        raise Refusal(_("This term was taken back already"))
    return term


def choose_directory(*, member, now, **choices):
    """Keep what a member wants shown to whom; a field is never shown wider than the entry itself."""
    before, after = audit.changes(member, {name: str(audience) for name, audience in choices.items()})
    for name, audience in after.items():
        setattr(member, name, Audience(audience))
    if after:
        before = {name: str(audience) for name, audience in before.items()}
        audit.record(by=member.person, verb="chose directory", subject=member, now=now, before=before, after=after)
    db.session.flush()
    return member


def _void(term, *, now, by, reason):
    """Whether this call voided it: one guarded UPDATE, so that two refunds do it once."""
    guarded = update(Term).where(Term.id == term.id, Term.voided_at.is_(None))
    if not claimed(guarded.values(voided_at=now, void_note=reason[:600])):
        return False
    db.session.refresh(term, ["voided_at", "void_note"])
    audit.record(by=by, verb="voided term", subject=term.member, now=now, before=_story(term), note=reason)
    return True


def _locked_member(person, *, joined_on, now):
    """The person's member row, locked; made with a number of its own when they never were a member."""
    lock = select(Member).where(Member.person_id == person.id).with_for_update()
    member = db.session.scalar(lock)
    if member:
        return member
    insert_once(
        Member.__table__,
        {"person_id": person.id, "member_number": _new_number(), "joined_on": joined_on, "created_at": now, **_HIDDEN},
    )
    return db.session.scalar(lock)


_HIDDEN = {name: str(Member.__table__.c[name].default.arg) for name in DIRECTORY_FIELDS}


def _new_number():
    insert_once(Counter.__table__, {"id": 1, "last": FIRST_NUMBER - 1})
    return db.session.scalar(
        update(Counter).where(Counter.id == 1).values(last=Counter.last + 1).returning(Counter.last)
    )


def _story(term):
    ends = term.ends.isoformat() if term.ends else None
    return {"type": term.type.code, "starts": term.starts.isoformat(), "ends": ends, "paid_minor": term.paid_minor}
