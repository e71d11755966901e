"""Deciding a meeting's policy; what was sold keeps the one it was sold under."""

from datetime import date

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, claim_version, db, insert_once
from conference.registration.pricing.models import PricePolicy
from conference.registration.pricing.queries import policy_row


def set_policy(meeting, *, seen, by, now, **facts):
    """Decide the meeting's policy for those who register from now on.

    `seen` is the version that was looked at (0: none yet). Refusal when somebody else was faster; again with the same changes nothing.
    """
    insert_once(PricePolicy.__table__, _fresh(meeting))
    row = policy_row(meeting)
    before, after = audit.changes(row, {name: _plain(value) for name, value in facts.items()})
    if not after:
        return row.policy
    if not claim_version(row, max(seen, 1), after):
        raise Refusal(_("Somebody else has saved this since you opened it. What you typed is still here."))
    told = {"before": _told(before), "after": _told(after)}
    audit.record(by=by, verb="decided prices of", subject=meeting, now=now, **told)
    db.session.flush()
    return row.policy


def _fresh(meeting):
    columns = PricePolicy.__table__.c
    defaults = {column.name: column.default.arg for column in columns if column.default is not None}
    plain = {name: _plain(value) for name, value in defaults.items()}
    return {"meeting_id": meeting.id, **plain}


def _plain(value):
    return str(value) if isinstance(value, str) else value


def _told(facts):
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
