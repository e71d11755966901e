"""What of the draft is under embargo, worked out from few columns, with the rules by which the public is kept from it."""

from collections import defaultdict

from sqlalchemy import select

from conference.kernel import db
from conference.schedule import draft, embargo
from conference.schedule.formats.embargo import NONE, Embargo
from conference.schedule.formats.programme import AbstractItem, PresentationItem, Programme, SessionItem
from conference.schedule.models import Abstract, Presentation, Session


def sketch(meeting, rules=None):
    """The draft as a Programme that holds only what decides over embargoes; `rules` stand for the meeting's own."""
    if rules is None:
        rules = [draft.rule_item(row) for row in draft.embargo_rules(meeting)]
    talks = _talks(meeting)
    return Programme(
        timezone=meeting.timezone,
        embargoes=tuple(rules),
        abstracts=tuple(AbstractItem(guid, "", embargo=own) for guid, own in _own(meeting).items()),
        sessions=tuple(_session(row, talks.get(row.id, ())) for row in _sessions(meeting)),
    )


def embargoes(meeting):
    """{guid: Embargo} of presentations and abstracts; of one that is nowhere presented what it says of itself."""
    found = {guid: own for guid, own in _own(meeting).items() if own != NONE}
    return found | embargo.embargoes(sketch(meeting))


def closed(meeting, now):
    """{guid of an abstract: groups that are closed} of all of which something is."""
    guids = set(db.session.scalars(select(Abstract.guid).where(Abstract.meeting_id == meeting.id)))
    held = {guid: each.closed(now) for guid, each in embargoes(meeting).items() if guid in guids}
    return {guid: groups for guid, groups in held.items() if groups}


def presentations_closed(programme, now):
    """How many presentations of a sketched Programme have something closed."""
    held = embargo.embargoes(programme)
    talks = (talk for session in programme.sessions for talk in session.presentations)
    return sum(bool(held.get(talk.guid, NONE).closed(now)) for talk in talks)


def _own(meeting):
    columns = (Abstract.guid, Abstract.listing_at, Abstract.text_at, Abstract.files_at, Abstract.award_at)
    rows = db.session.execute(select(*columns).where(Abstract.meeting_id == meeting.id))
    return {guid: Embargo(*instants) for guid, *instants in rows}


def _sessions(meeting):
    columns = (Session.id, Session.guid, Session.starts_at, Session.ends_at, Session.day, Session.withdrawn)
    return db.session.execute(select(*columns).where(Session.meeting_id == meeting.id, Session.day.is_not(None)))


def _talks(meeting):
    statement = (
        select(Presentation.session_id, Presentation.guid, Presentation.kind, Presentation.withdrawn, Abstract.guid)
        .outerjoin(Abstract, Abstract.id == Presentation.abstract_id)
        .where(Presentation.meeting_id == meeting.id)
    )
    found = defaultdict(list)
    for session_id, guid, kind, withdrawn, submission in db.session.execute(statement):
        talk = PresentationItem(guid, "", kind=kind, withdrawn=withdrawn, submission=submission or "")
        found[session_id].append(talk)
    return found


def _session(row, talks):
    return SessionItem(
        guid=row.guid,
        title="",
        starts=row.starts_at,
        ends=row.ends_at,
        day=row.day,
        withdrawn=row.withdrawn,
        presentations=tuple(talks),
    )
