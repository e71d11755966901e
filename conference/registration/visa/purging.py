"""Passport data and consulates' letters are deleted when their time is over, or when the registration has ended."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from conference import audit
from conference.kernel import claimed, db
from conference.registration.models import Registration
from conference.registration.rules import State
from conference.registration.visa import queries
from conference.registration.visa.actions import purge
from conference.registration.visa.models import VisaRefusal, VisaRequest
from conference.registration.visa.rules import ClaimState, RequestState

LONGEST_WAIT = timedelta(days=180)  # after which a document is deleted although nobody has decided


def due(now):
    """(requests, documents) of which the sealed data is to be deleted now."""
    requests, documents = _ended(), []
    for meeting in queries.meetings_holding():
        day, keep = queries.purge_day(meeting), timedelta(days=queries.policy_of(meeting).keep_days)
        if day <= now:
            requests += _of(VisaRequest, meeting)
        decided = (VisaRefusal.state != ClaimState.WAITING, VisaRefusal.decided_at <= now - keep)
        documents += _of(VisaRefusal, meeting, VisaRefusal.media_type != "", *decided)
        if day + LONGEST_WAIT <= now:
            waiting = VisaRefusal.state == ClaimState.WAITING
            documents += _of(VisaRefusal, meeting, VisaRefusal.media_type != "", waiting)
    return list(dict.fromkeys(requests)), documents


def purge_request(request_id, *, now):
    """Delete what one request has sealed; whether it was there. A request that still waited is declined."""
    request = db.session.get(VisaRequest, request_id, populate_existing=True)
    is_late = request.state == RequestState.WAITING
    state, why = (RequestState.DECLINED, {"reason": _("Not looked at in time")}) if is_late else (request.state, {})
    if not purge(request, state=state, now=now, **why):
        return False
    audit.record(by=None, verb="purged the passport of", subject=request, now=now)
    return True


def purge_document(claim_id, *, now):
    """Delete the consulate's letter of one wish for a refund; whether it was there."""
    mine = update(VisaRefusal).where(VisaRefusal.id == claim_id, VisaRefusal.purged_at.is_(None))
    if not claimed(mine.values(content=None, purged_at=now)):
        return False
    audit.record(by=None, verb="purged", subject=db.session.get(VisaRefusal, claim_id), now=now)
    return True


def _ended():
    """Requests whose registration does not stand any more, or is another one by now."""
    is_another = or_(Registration.state != State.CONFIRMED, Registration.confirmed_at != VisaRequest.confirmed_at)
    statement = select(VisaRequest.id).join(Registration, VisaRequest.registration_id == Registration.id)
    return list(db.session.scalars(statement.where(VisaRequest.purged_at.is_(None), is_another)))


def _of(table, meeting, *clauses):
    statement = select(table.id).where(table.meeting_id == meeting.id, table.purged_at.is_(None), *clauses)
    return list(db.session.scalars(statement.order_by(table.id).limit(500)))
