"""Finding policies, texts, requests and refused visas; sealed columns are read only by the functions that say so."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from conference import people
from conference.kernel import db
from conference.meetings import Meeting
from conference.people import Person
from conference.registration.models import Registration
from conference.registration.rules import Mode, State
from conference.registration.visa.models import VisaPolicy, VisaRefusal, VisaRequest, VisaText
from conference.registration.visa.passports import unpacked
from conference.registration.visa.rules import LIVE, ClaimState, Policy, RequestState, purged_from

SORTS = {"asked": (VisaRequest.asked_at,), "name": (Person.family_name, Person.given_name), "nationality": (VisaRequest.nationality,)}  # fmt: skip


def policy_of(meeting):
    """The meeting's Policy."""
    row = policy_row(meeting)
    return row.policy if row else Policy()


def policy_row(meeting):
    """The row of a meeting's policy as it is now, or None."""
    statement = select(VisaPolicy).where(VisaPolicy.meeting_id == meeting.id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def texts_of(meeting):
    """{language: the newest version of its text} of a meeting, those out of use too."""
    statement = select(VisaText).where(VisaText.meeting_id == meeting.id).order_by(VisaText.version)
    return {each.language: each for each in db.session.scalars(statement)}


def request_of(registration):
    """The newest request of a registration, or None."""
    statement = _whole().where(VisaRequest.registration_id == registration.id)
    return db.session.scalar(statement.order_by(VisaRequest.id.desc()).limit(1))


def newest_ref(registration):
    """The reference of the newest request of a registration, or None; nothing else is loaded anew."""
    mine = select(VisaRequest.ref).where(VisaRequest.registration_id == registration.id)
    return db.session.scalar(mine.order_by(VisaRequest.id.desc()).limit(1))


def requests_of(registration):
    """Every request of a registration, the newest first."""
    statement = _whole().where(VisaRequest.registration_id == registration.id)
    return list(db.session.scalars(statement.order_by(VisaRequest.id.desc())))


def request_in(meeting, ref):
    """A request of a meeting for staff, or None."""
    return db.session.scalar(_whole().where(VisaRequest.ref == ref, VisaRequest.meeting_id == meeting.id))


def requests_in(meeting, refs):
    """Requests of a meeting by their references, those that wait longest first."""
    statement = _whole().where(VisaRequest.meeting_id == meeting.id, VisaRequest.ref.in_(refs))
    return list(db.session.scalars(statement.order_by(VisaRequest.asked_at, VisaRequest.id)))


def passport_of(request):
    """What a request says of the passport, opened; None once it is purged."""
    packed = db.session.scalar(select(VisaRequest.passport).where(VisaRequest.id == request.id))
    return unpacked(packed) if packed else None


def letter_of(request):
    """The sealed snapshot of a letter, opened; None where there is none (any more)."""
    return db.session.scalar(select(VisaRequest.letter).where(VisaRequest.id == request.id))


def is_valid(code, now):
    """Whether the letter with this code holds now: issued, not purged, and its registration stands as it stood then."""
    statement = select(VisaRequest).where(VisaRequest.code == code).options(
        joinedload(VisaRequest.registration), joinedload(VisaRequest.meeting)
    )  # fmt: skip
    found = db.session.scalar(statement.execution_options(populate_existing=True))
    return found is not None and holds(found, now)


def holds(request, now):
    """The same of a request that is at hand, with its registration and meeting."""
    is_kept = request.purged_at is None and now < purge_day(request.meeting)
    return request.state == RequestState.ISSUED and is_kept and stands(request)


def stands(request):
    """Whether the registration of a request is the one that it was: confirmed, in person, and never cancelled since."""
    entry = request.registration
    is_same = entry.state == State.CONFIRMED and entry.confirmed_at == request.confirmed_at
    return is_same and entry.mode == Mode.IN_PERSON


def purge_day(meeting):
    """The instant from which the meeting's passport data is deleted."""
    return purged_from(meeting.ends, policy_of(meeting).keep_days, meeting.zone)


def queue(meeting, *, state, text="", sort="asked", nationality=""):
    """An ordered SELECT of a meeting's requests in a state, found by the words of `text`; `sort` as SORTS, with "-" turned around."""
    mine = (VisaRequest.meeting_id == meeting.id, VisaRequest.state == state, *people.matching(text))
    statement = _whole().join(Registration, VisaRequest.registration_id == Registration.id).join(Registration.person)
    if nationality:
        statement = statement.where(VisaRequest.nationality == nationality)
    columns = SORTS.get(sort.lstrip("-"), SORTS["asked"])
    turned = (each.desc() if sort.startswith("-") else each.asc() for each in columns)
    return statement.where(*mine).order_by(*turned, VisaRequest.id)


def counts(meeting):
    """{state: how many requests} of a meeting; every state is named."""
    rows = select(VisaRequest.state, func.count()).where(VisaRequest.meeting_id == meeting.id)
    counted = db.session.execute(rows.group_by(VisaRequest.state))
    return dict.fromkeys(RequestState, 0) | {RequestState(state): count for state, count in counted}


def claim_of(registration):
    """The newest wish of a registration for its money after a refused visa, or None."""
    statement = _claims().where(VisaRefusal.registration_id == registration.id)
    return db.session.scalar(statement.order_by(VisaRefusal.id.desc()).limit(1))


def claim_in(meeting, ref):
    """A refused visa of a meeting for staff, or None."""
    return db.session.scalar(_claims().where(VisaRefusal.ref == ref, VisaRefusal.meeting_id == meeting.id))


def claims(meeting, *, state, text=""):
    """An ordered SELECT of a meeting's refused visas in a state, those that wait longest first."""
    mine = (VisaRefusal.meeting_id == meeting.id, VisaRefusal.state == state, *people.matching(text))
    statement = _claims().join(Registration, VisaRefusal.registration_id == Registration.id).join(Registration.person)
    return statement.where(*mine).order_by(VisaRefusal.asked_at, VisaRefusal.id)


def claim_counts(meeting):
    """{state: how many refused visas}; every state is named."""
    rows = select(VisaRefusal.state, func.count()).where(VisaRefusal.meeting_id == meeting.id)
    counted = db.session.execute(rows.group_by(VisaRefusal.state))
    return dict.fromkeys(ClaimState, 0) | {ClaimState(state): count for state, count in counted}


def document_of(claim):
    """The consulate's letter as it was handed in, opened: bytes; None where there is none (any more)."""
    return db.session.scalar(select(VisaRefusal.content).where(VisaRefusal.id == claim.id))


def waiting_for_staff(meeting):
    """How many requests and refused visas wait for somebody at the desk."""
    return counts(meeting)[RequestState.WAITING] + claim_counts(meeting)[ClaimState.WAITING]


def live(request):
    """Whether a request waits or has its letter."""
    return request is not None and request.state in LIVE


def meetings_holding():
    """The meetings of which passport data or documents are kept."""
    held = select(VisaRequest.meeting_id).where(VisaRequest.purged_at.is_(None))
    papers = select(VisaRefusal.meeting_id).where(VisaRefusal.purged_at.is_(None), VisaRefusal.media_type != "")
    return list(db.session.scalars(select(Meeting).where(Meeting.id.in_(held) | Meeting.id.in_(papers))))


def _whole():
    return (
        select(VisaRequest)
        .execution_options(populate_existing=True)
        .options(
            joinedload(VisaRequest.registration).options(
                joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.meeting)
            ),
            joinedload(VisaRequest.meeting),
            joinedload(VisaRequest.decided_by),
        )
    )


def _claims():
    return (
        select(VisaRefusal)
        .execution_options(populate_existing=True)
        .options(
            joinedload(VisaRefusal.registration).options(
                joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.meeting)
            ),
            joinedload(VisaRefusal.meeting),
            joinedload(VisaRefusal.decided_by),
        )
    )
