"""Which sessions need sign-up, and on what terms: written by staff."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from conference import audit
from conference.attending.signups import actions, queries
from conference.attending.signups.models import SignUp
from conference.kernel import Refusal, claim_version, db, insert_once

TERMS = ("places", "has_list", "opens_at", "closes_at", "only_for")


def save(session, *, meeting, version, by, now, **terms):
    """Have a session of the draft need sign-up on these terms (TERMS), or change them; the SignUp.

    More places go to those who wait at once. Refusal when fewer than are taken are wanted, or somebody else was faster (version 0: there
    was none yet).
    """
    if terms["opens_at"] and terms["closes_at"] and terms["opens_at"] >= terms["closes_at"]:
        raise Refusal(_("Sign-up closes after it opens."), field="closes_at")
    if not version:
        return _begin(session, meeting, by, now, terms)
    found = queries.of_item(meeting.id, session.guid)
    if found is None:
        raise Refusal(_stale())
    row = queries.lock(found.id)
    if terms["places"] < row.taken:
        raise Refusal(_fewer(row), field="places")
    before = {name: getattr(row, name) for name in TERMS}
    if not claim_version(row, version, terms):
        raise Refusal(_stale())
    changed = [name for name in TERMS if before[name] != terms[name]]
    told = {
        "before": {name: said(before[name], meeting) for name in changed},
        "after": {name: said(terms[name], meeting) for name in changed},
    }
    if changed:
        audit.record(by=by, verb="changed the sign-up of", subject=session, now=now, **told)
    actions.move_up(row, meeting=meeting, now=now)
    return row


def stop(session, *, meeting, by, now):
    """A session needs no sign-up any more; Refusal as long as somebody has a place or waits: they would not know."""
    found = queries.of_item(meeting.id, session.guid)
    row = found and queries.lock(found.id)
    if row is None:
        return
    if row.taken or row.waiting:
        raise Refusal(_("Somebody has a place or waits for one. Take them out first; each is told why."))
    db.session.delete(row)
    audit.record(by=by, verb="ended the sign-up of", subject=session, now=now)
    db.session.flush()


def said(value, meeting):
    """A term as the trail keeps it: instants on the venue's clock."""
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value.astimezone(meeting.zone):%Y-%m-%d %H:%M %Z}" if isinstance(value, datetime) else value


def _begin(session, meeting, by, now, terms):
    values = {"meeting_id": meeting.id, "item": session.guid, "taken": 0, "waiting": 0, "turn": 0, "version": 1}
    if not insert_once(SignUp.__table__, values | terms):
        raise Refusal(_stale())
    told = {name: said(terms[name], meeting) for name in TERMS if terms[name]}
    audit.record(by=by, verb="asked for sign-up to", subject=session, now=now, after=told)
    return queries.of_item(meeting.id, session.guid)


def _fewer(row):
    return ngettext(
        "%(num)s place is taken: there cannot be fewer. Take somebody out first.",
        "%(num)s places are taken: there cannot be fewer. Take people out first.",
        row.taken,
    )


def _stale():
    return _("Somebody else has changed this meanwhile. What stands now is shown below; look at it and save again.")
