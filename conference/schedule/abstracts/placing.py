"""Presenting abstracts: a place in a session for one, taken back and given again; a kind that opens an embargo earlier is told."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit
from conference.kernel import Refusal, claimed, db
from conference.schedule import presenting
from conference.schedule.abstracts import held
from conference.schedule.claiming import hold
from conference.schedule.formats.embargo import GROUPS, NONE
from conference.schedule.models import Presentation, Session


def present(meeting, abstract, *, session_number, by, now, **facts):
    """A presentation of an abstract at the end of a session, of `kind`, `minutes`, `board`, `hall`.

    Refusal when it is not accepted, when there is no such session, or when the session has it already.
    """
    hold(meeting)
    session = _claimed(meeting, session_number)
    row, _entry = presenting.present(meeting, session, abstract, by=by, now=now, **facts)
    return row


def withdraw(meeting, abstract, presentation, withdrawn, *, by, now):
    """Mark one of its presentations as withdrawn, or give it its place again; whether that was new.

    It is a change of its session: who has looked at that before learns of it.
    """
    if presentation.withdrawn == withdrawn:
        return False
    hold(meeting)
    _raise_version_of_session(presentation)
    changes = update(Presentation).where(Presentation.id == presentation.id, Presentation.withdrawn != withdrawn)
    if not claimed(changes.values(withdrawn=withdrawn)):
        return False
    told = {"session": presentation.session.title, "withdrawn": not withdrawn}
    after = {**told, "withdrawn": withdrawn}
    audit.record(by=by, verb="changed a presentation", subject=abstract, now=now, before=told, after=after)
    return True


def earlier(before, after):
    """The groups of fields that an Embargo lets be read earlier than another one did."""
    before, after = before or NONE, after or NONE
    return [
        group
        for group in GROUPS
        if before.of(group) and (after.of(group) is None or after.of(group) < before.of(group))
    ]


def embargo_of(meeting, abstract):
    """The Embargo of an abstract as it is in the draft now; None where nothing holds it back."""
    return held.embargoes(meeting).get(abstract.guid)


def _raise_version_of_session(presentation):
    """Before the presentation itself, as the timetable does: who comes second waits there and is told."""
    its = select(Presentation.session_id).where(Presentation.id == presentation.id).scalar_subquery()
    db.session.execute(update(Session).where(Session.id == its).values(version=Session.version + 1))


def _claimed(meeting, number):
    """A session whose row is held until this is done, so that two who present at once stand behind each other."""
    of_it = (Session.meeting_id == meeting.id, Session.number == number, ~Session.withdrawn)
    raised = update(Session).where(*of_it).values(version=Session.version + 1)
    if not claimed(raised):
        raise Refusal(_("There is no such session."), field="session")
    return db.session.scalars(select(Session).where(*of_it)).one()
