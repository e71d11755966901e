"""Finding what categories ask, which tier a country has on a day, and proofs."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from conference import membership
from conference.kernel import db
from conference.meetings import Meeting
from conference.people import Person
from conference.registration.eligibility.models import (
    CategoryRequirement,
    Proof,
    ProofFile,
    ProofPolicy,
    Provision,
    TierList,
    TierRow,
)
from conference.registration.eligibility.rules import (
    Facts,
    ProofState,
    ProvisionState,
    Requirement,
    UntilCleared,
    needs_proof,
)
from conference.registration.models import Category, Registration


def requirements_of(meeting):
    """{category key: what it asks} of a meeting's categories that ask anything."""
    statement = select(CategoryRequirement).join(Category, Category.id == CategoryRequirement.category_id)
    rows = db.session.scalars(statement.where(Category.meeting_id == meeting.id))
    return {row.category_id: row for row in rows}


def requirement_of(category):
    """What a category asks, or None when it is open to all."""
    return db.session.get(CategoryRequirement, category.id)


def as_requirement(row):
    """A row as the rules need it."""
    return Requirement(row.members_only, frozenset(row.stages), frozenset(row.tiers), row.proof)


def policy_of(meeting):
    """The meeting's setting for proofs; an unsaved one of the usual values when nobody has decided."""
    usual = {"until_cleared": UntilCleared.HIGHER, "hand_in_days": 14, "pay_days": 14, "keep_days": 30}
    found = db.session.get(ProofPolicy, meeting.id)
    return found or ProofPolicy(meeting_id=meeting.id, **usual)


def tier_lists():
    """Every list of tiers with how many countries it names, the newest first."""
    counted = select(TierRow.list_id, func.count().label("rows")).group_by(TierRow.list_id).subquery()
    statement = select(TierList, func.coalesce(counted.c.rows, 0))
    statement = statement.outerjoin(counted, counted.c.list_id == TierList.id)
    return list(db.session.execute(statement.order_by(TierList.valid_from.desc())))


def tier_list_on(day):
    """The list in force on a day, or None."""
    statement = select(TierList).where(TierList.valid_from <= day)
    return db.session.scalar(statement.order_by(TierList.valid_from.desc()).limit(1))


def tiers_in(tier_list):
    """{country: tier} of a list."""
    rows = select(TierRow.country, TierRow.tier).where(TierRow.list_id == tier_list.id)
    return {row.country: row.tier for row in db.session.execute(rows.order_by(TierRow.country))}


def facts_of(person, *, today, dues=None):
    """The Facts of a person (None: nobody yet) on a day, with the membership that they buy in the same order."""
    if person is None:
        return Facts(on=today)
    in_force = tier_list_on(today)
    return Facts(
        on=today,
        member=_is_member(person, today, dues),
        stage=person.stage_on(today),
        country=person.country,
        tier=_tier(in_force, person.country),
        tier_list=in_force.name if in_force else "",
        cleared=cleared_of(person),
    )


def cleared_of(person):
    """{kind of proof: last day on which it is good, None for ever} of what staff have cleared, decisions that can be undone apart."""
    statement = select(Proof.kind, Proof.good_until).where(
        Proof.person_id == person.id, Proof.state == ProofState.CLEARED, Proof.followed_at.is_not(None)
    )
    found = {}
    for kind, until in db.session.execute(statement.order_by(Proof.good_until.desc().nulls_first())):
        found.setdefault(kind, until)
    return found


def wanted_of(registration):
    """What the registration's category asks to be proved, as (row, newest proof or None, whether it is cleared); None for nothing."""
    row = db.session.get(CategoryRequirement, registration.category_id) if registration.category_id else None
    if row is None or not row.proof:
        return None
    person = db.session.get(Person, registration.person_id)
    meeting = db.session.get(Meeting, registration.meeting_id)
    facts = Facts(on=meeting.starts, cleared=cleared_of(person))
    is_cleared = not needs_proof(as_requirement(row), facts, until=meeting.starts)
    return row, newest_proof(person, row.proof), is_cleared


def newest_proof(person, kind):
    """The proof of this kind that the person handed in last, or None."""
    statement = select(Proof).where(Proof.person_id == person.id, Proof.kind == kind)
    return db.session.scalar(statement.order_by(Proof.id.desc()).limit(1))


def proofs_of(person, kind):
    """Every proof of this kind of a person, the newest first, with its file's type and size (None when purged)."""
    statement = select(Proof, ProofFile.media_type, ProofFile.size).outerjoin(ProofFile)
    return list(
        db.session.execute(statement.where(Proof.person_id == person.id, Proof.kind == kind).order_by(Proof.id.desc()))
    )


def proof_of(person, ref):
    """A proof if it is this person's, or None."""
    return db.session.scalar(select(Proof).where(Proof.person_id == person.id, Proof.ref == ref))


def proof_by_ref(ref):
    """A proof for staff, with its person, meeting and category; or None."""
    statement = select(Proof).where(Proof.ref == ref).options(*_whole())
    return db.session.scalar(statement.execution_options(populate_existing=True))


def file_of(proof):
    """The document of a proof with its content, or None when it was purged."""
    return db.session.scalar(
        select(ProofFile).where(ProofFile.proof_id == proof.id).options(undefer(ProofFile.content))
    )


def queue(meeting, *, state, category_id=None):
    """A SELECT of the meeting's proofs in a state, those that wait longest first."""
    statement = select(Proof).where(Proof.meeting_id == meeting.id, Proof.state == state).options(*_whole())
    if category_id:
        statement = statement.where(Proof.category_id == category_id)
    return statement.order_by(Proof.handed_in_at, Proof.id)


def proof_counts(meeting):
    """{state: how many proofs} of a meeting; every state is named."""
    rows = select(Proof.state, func.count()).where(Proof.meeting_id == meeting.id).group_by(Proof.state)
    return dict.fromkeys(ProofState, 0) | {ProofState(state): count for state, count in db.session.execute(rows)}


def next_in_queue(meeting, *, after=None):
    """The proof that waits longest, another than `after`; or None."""
    statement = queue(meeting, state=ProofState.WAITING)
    return db.session.scalar(statement.where(Proof.id != after.id).limit(1) if after else statement.limit(1))


def provisions_of(registration):
    """Every price of a registration that waits or waited for a proof, the newest first."""
    statement = select(Provision).where(Provision.registration_id == registration.id)
    return list(db.session.scalars(statement.order_by(Provision.id.desc())))


def unpaid_balances(meeting):
    """Balances that were not paid in time, on which staff decide: [Provision]."""
    statement = select(Provision).join(Registration).where(Registration.meeting_id == meeting.id)
    return list(
        db.session.scalars(
            statement.where(Provision.state == ProvisionState.UNPAID)
            .options(joinedload(Provision.registration).joinedload(Registration.person))
            .order_by(Provision.id)
        )
    )


def _whole():
    return joinedload(Proof.person), joinedload(Proof.meeting), joinedload(Proof.category), joinedload(Proof.decided_by)


def _tier(in_force, country):
    if in_force is None or not country:
        return ""
    row = select(TierRow.tier).where(TierRow.list_id == in_force.id, TierRow.country == country)
    return db.session.scalar(row) or ""


def _is_member(person, today, dues):
    if membership.standing_of(person, today).gives_member_price:
        return True
    return dues is not None and membership.standing_with(person, dues, today).gives_member_price
