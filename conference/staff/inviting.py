"""Invitations found for the desk: filtered, sorted and counted as the address wishes, each kind against its limit, a table for spreadsheets."""

from dataclasses import dataclass

from flask import request
from sqlalchemy import func, or_, select

from conference import people
from conference.kernel import clean_line, db
from conference.people import Person
from conference.registration import CodeUse, DiscountCode, invitations
from conference.web import Sorted

LONGEST = 200
Invitation, InvitationKind, Shown = invitations.Invitation, invitations.InvitationKind, invitations.Shown
COLUMNS = (
    *("kind", "state", "family_name", "given_name", "email", "institution", "category", "why", "budget_code", "off"),
    *("invited_at", "invited_by", "valid_until", "kept_until", "taken_up_at", "ended_at", "end_note", "registration"),
)
ORDER = {
    "name": (Person.family_name, Person.given_name),
    "kind": (InvitationKind.position,),
    "state": (invitations.queries.shown_column(),),
    "until": (Invitation.valid_until,),
    "invited": (Invitation.invited_at,),
    "off": (func.coalesce(CodeUse.off_minor, 0),),
}


@dataclass(frozen=True)
class Wish(Sorted):
    """Which invitations are wished for, and in which order; empty means any."""

    q: str = ""
    kind: str = ""
    state: str = ""
    budget: str = ""
    sort: str = "-invited"

    @property
    def filters(self):
        """How many filters are set, apart from the state, which has its own tabs."""
        return len([name for name in self.asked if name not in ("state", "sort")])


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    asked = {name: clean_line(request.args.get(name, ""))[:LONGEST] for name in ("q", "kind", "state", "budget")}
    sort = request.args.get("sort", Wish.sort)
    if asked["state"] not in set(Shown):
        asked["state"] = ""
    return Wish(**asked, sort=sort if sort.removeprefix("-") in ORDER else Wish.sort)


def listed(meeting, wish):
    """An ordered SELECT of the invitations that are wished for, as `invitations.queries.as_told` reads them."""
    statement = invitations.queries.told_rows().where(*_clauses(meeting, wish))
    columns = (each.desc() if wish.is_descending else each.asc() for each in ORDER[wish.column])
    return statement.order_by(*columns, Invitation.id.desc())


def counts_by_state(meeting, wish):
    """{Shown: how many the other filters let through}."""
    shown = invitations.queries.shown_column()
    statement = invitations.queries.joined(select(shown, func.count())).where(*_clauses(meeting, wish, stateless=True))
    return {Shown(state): count for state, count in db.session.execute(statement.group_by(shown))}


def counts_by_kind(meeting):
    """{kind key: {Shown: how many}}."""
    shown, found = invitations.queries.shown_column(), {}
    statement = invitations.queries.joined(select(Invitation.kind_id, shown, func.count()))
    statement = statement.where(Invitation.meeting_id == meeting.id).group_by(Invitation.kind_id, shown)
    for kind_id, state, count in db.session.execute(statement):
        found.setdefault(kind_id, {})[Shown(state)] = count
    return found


def budgets(meeting):
    """The budget codes of the meeting's invitations, in order."""
    statement = select(DiscountCode.budget_code).join(Invitation, Invitation.code_id == DiscountCode.id)
    mine = statement.where(Invitation.meeting_id == meeting.id, DiscountCode.budget_code != "")
    return list(db.session.scalars(mine.distinct().order_by(DiscountCode.budget_code)))


def table(meeting, wish):
    """(header, rows) of the invitations that are wished for; nobody's link is among them."""
    found = db.session.execute(listed(meeting, wish).execution_options(yield_per=500))
    return COLUMNS, (_row(invitations.queries.as_told(each)) for each in found)


def _clauses(meeting, wish, *, stateless=False):
    yield Invitation.meeting_id == meeting.id
    if wish.kind:
        yield InvitationKind.code == wish.kind
    if wish.budget:
        yield DiscountCode.budget_code == wish.budget
    if wish.q:
        folded = people.matching(wish.q)
        yield or_(
            *(column.icontains(wish.q, autoescape=True) for column in (Invitation.note, DiscountCode.code)),
            *_all(folded),
        )
    if wish.state and not stateless:
        yield invitations.queries.shown_column() == wish.state


def _all(clauses):
    """One clause of several that all hold; none of none."""
    if clauses:
        first, *others = clauses
        for each in others:
            first = first & each
        yield first


def _row(told):
    found, person = told.invitation, told.invitation.person
    about = (person.family_name, person.given_name, person.email or "", person.institution, found.category.code)
    when = (found.invited_at, found.invited_by.full_name if found.invited_by else "", found.valid_until)
    ended = (found.kept_until if told.shown == Shown.KEPT else None, found.opened_at, found.ended_at, found.end_note)
    return (
        found.kind.code,
        str(told.shown),
        *about,
        found.note,
        found.code.budget_code,
        told.off,
        *when,
        *ended,
        told.entry_ref or "",
    )
