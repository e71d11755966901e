"""Letting in, and taking it back."""

from sqlalchemy import update

from conference import audit
from conference.door import queries, words
from conference.door.models import CheckIn
from conference.door.rules import VerdictKind
from conference.kernel import Refusal, claimed, insert_once


def check_in(*, entry, meeting, by, way, now):
    """Whether this call let somebody in: False when they were in already. Refusal says why they cannot come in."""
    verdict = queries.verdict_on(entry, meeting, now)
    if verdict.kind is VerdictKind.BLOCKED:
        raise Refusal(words.reason(verdict, entry))
    if verdict.kind is VerdictKind.IN:
        return False
    row = {"registration_id": entry.id, "at": now, "by_id": by.id, "way": way}
    if not insert_once(CheckIn.__table__, row):
        return False
    audit.record(by=by, verb="checked in", subject=entry, now=now)
    return True


def undo(*, entry, by, now):
    """Take the arrival back; False when there is none. Nothing is deleted: the row says who took it back and when."""
    standing = update(CheckIn).where(CheckIn.registration_id == entry.id, CheckIn.undone_at.is_(None))
    if not claimed(standing.values(undone_at=now, undone_by_id=by.id)):
        return False
    audit.record(by=by, verb="undid check-in", subject=entry, now=now)
    return True
