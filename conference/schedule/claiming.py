"""Nobody writes over what somebody else has changed since: every change names the version that was seen."""

from flask_babel import gettext as _
from sqlalchemy import select

from conference import audit, meetings
from conference.kernel import Stale, claim_version, db
from conference.schedule import draft
from conference.schedule.models import Session

IMPORTED = "imported the programme of"


def hold(meeting):
    """Others who hold the meeting's programme wait until this transaction has ended, without a lock that a registration would wait for."""
    row = select(meetings.Meeting.id).where(meetings.Meeting.id == meeting.id)
    db.session.execute(row.with_for_update(key_share=True))


def claim(session, version, values):
    """Write `values` into a session that was seen at `version`; it is read again with all below it. Stale when somebody was faster."""
    if not claim_version(session, version, values):
        raise Stale(
            _("Somebody else has changed this session since you opened the page. Nothing of theirs was overwritten.")
        )
    reread(session)


def last_of(session):
    """The newest Entry of the trail about a session, its talks, their abstracts or an import of the whole programme; None without one."""
    abstracts = (talk.submission for talk in session.presentations if talk.submission)
    about = [session, *session.presentations, *abstracts]
    imports = [(meetings.Meeting, select(meetings.Meeting.id).where(meetings.Meeting.id == session.meeting_id))]
    found = audit.stories_of(about, limit=1) + audit.latest_of(imports, [IMPORTED], limit=1)
    return max(found, key=lambda entry: (entry.at, entry.id), default=None)


def stale_in_words(refusal, last):
    """Who was faster and what they changed, by the last Entry or None, for somebody whose typed text is still there."""
    kept = _("What you typed is still here: save it again, and it replaces theirs.")
    if last is None or not last.after:
        return f"{refusal} {kept}"
    if last.verb == IMPORTED:
        return " ".join((_("%(who)s has imported a file since you opened it.", who=audit.who_in_words(last)), kept))
    facts = {"who": audit.who_in_words(last), "what": audit.values_in_words(last.after)}
    return " ".join((_("%(who)s has saved this since you opened it: %(what)s.", **facts), kept))


def reread(session):
    """The session with all below it as the database has it now."""
    db.session.flush()
    statement = select(Session).where(Session.id == session.id).options(*draft.everything())
    return db.session.scalars(statement, execution_options={"populate_existing": True}).one()
