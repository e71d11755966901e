"""Telling people of a release: presenters and chairs of what is theirs, others of what they have starred, each once a release."""

from collections import defaultdict
from functools import partial

from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from conference import audit, jobs, mail, meetings
from conference.kernel import claimed, clock, db, in_parts, transaction
from conference.people import Person
from conference.schedule import published
from conference.schedule.changes import rules
from conference.schedule.changes.queries import readable
from conference.schedule.changes.words import line_of
from conference.schedule.models import (
    Author,
    Contributor,
    Itinerary,
    Presentation,
    Release,
    Session,
    SessionPerson,
    Star,
)
from conference.web import absolute_url

KIND = "programme-release"
JOB = "schedule.letters"
# Whoever has it in a schedule is told of these; whoever presents or chairs it also of those that make it theirs.
TOLD = (rules.MOVED, rules.GONE, rules.RENAMED)
THEIRS = (*TOLD, rules.NEW, rules.AUTHORS)


def concerned(meeting, release, now, also=None):
    """{id of a person: [Change]} of everybody whom a release concerns and who has not been told of it.

    Who presents or chairs something is told of it as it is, also that it is new or has other people; who has starred it, only of what the
    public may read, and so are those in `also`, {guid: ids of people}, who have signed up for it.
    """
    place = published.find(meeting.code)
    if place is None or not release.news:
        return {}
    news = [change for change in map(rules.of_kept, release.news) if change.kind in THEIRS]
    open_to_all = {each for each in readable(release.news, published.of(place), now) if each.kind in TOLD}
    theirs, starred = _theirs(meeting), _starred(meeting)
    for guid, people in (also or {}).items():
        starred[guid] |= people
    found: dict = defaultdict(list)
    for change in news:
        people = theirs.get(change.guid, set()) | (starred.get(change.guid, set()) if change in open_to_all else set())
        for person in people:
            found[person].append(change)
    done = mail.addressed(KIND, [_cause(release, person) for person in found])
    return {person: changes for person, changes in found.items() if _cause(release, person) not in done}


def begin(release, *, by, now):
    """Have the worker write to everybody whom a release concerns and who has not been told; False when it is at it already."""
    asked = {
        "telling_since": now,
        "telling_by_id": by.id if by else None,
        "telling_language": str(get_locale() or "en"),
    }
    if not claimed(update(Release).where(Release.id == release.id, Release.telling_since.is_(None)).values(**asked)):
        return False
    jobs.soon(JOB)
    return True


def write_letters(signed_up):
    """Write the letters of all releases whose people are being told; how many. Safe to repeat: each is written in a transaction of its own, once.

    `signed_up(meeting)` gives {guid: ids of people} of those who are to come, whom only a package above knows.
    """
    waiting = select(Release).where(Release.telling_since.is_not(None)).options(undefer(Release.news))
    waiting = waiting.order_by(Release.id).execution_options(populate_existing=True)
    return sum(_write_all(release, signed_up) for release in list(db.session.scalars(waiting)))


def _write_all(release, signed_up):
    meeting = db.session.get(meetings.Meeting, release.meeting_id)
    with force_locale(release.telling_language):
        found = concerned(meeting, release, clock.now(), signed_up(meeting))
        write = partial(_write_one, meeting, release, found)
        written = jobs.each(_with_addresses(found), write, what="letters of a release")
        with transaction():
            _end(meeting, release, written, clock.now())
    return written


def _write_one(meeting, release, found, person_id):
    """Whether somebody got a letter; another worker that is at the same waits here."""
    db.session.execute(select(Release.id).where(Release.id == release.id).with_for_update())
    cause, person = _cause(release, person_id), db.session.get(Person, person_id)
    if person is None or not person.email or mail.addressed(KIND, [cause]):
        return False
    mail.post(
        kind=KIND,
        cause=cause,
        to=person,
        subject=_("The programme of %(meeting)s has changed", meeting=meeting.title),
        template="schedule/mail/release.txt",
        now=clock.now(),
        meeting=meeting,
        note=release.note,
        lines=[line_of(change, meeting.zone) for change in found[person_id]],
        link=absolute_url("schedule.mine", code=meeting.code),
    )
    return True


def _end(meeting, release, written, now):
    """Who could not be written to can be tried again from the page."""
    over = update(Release).where(Release.id == release.id, Release.telling_since == release.telling_since)
    if claimed(over.values(telling_since=None)):
        by = db.session.get(Person, release.telling_by_id) if release.telling_by_id else None
        told = {"release": release.number, "letters": written}
        audit.record(by=by, verb="told people of a release of", subject=meeting, now=now, after=told)


def _with_addresses(keys):
    return [
        person
        for some in in_parts(sorted(keys))
        for person in db.session.scalars(select(Person.id).where(Person.id.in_(some), Person.email.is_not(None)))
    ]


def _theirs(meeting):
    """{guid of an item: ids of the known people who present, speak in or chair it}: as the draft names them, whose rows of what is gone stay."""
    found: dict = defaultdict(set)
    known = (Contributor.meeting_id == meeting.id, Contributor.person_id.is_not(None))
    sessions = select(Session.guid, Contributor.person_id).join(SessionPerson, SessionPerson.session_id == Session.id)
    own = select(Presentation.guid, Contributor.person_id).join(Author, Author.presentation_id == Presentation.id)
    papers = select(Presentation.guid, Contributor.person_id).join(
        Author, Author.abstract_id == Presentation.abstract_id
    )
    for statement in (
        sessions.join(Contributor, SessionPerson.contributor_id == Contributor.id),
        own.join(Contributor, Author.contributor_id == Contributor.id).where(Author.presenting),
        papers.join(Contributor, Author.contributor_id == Contributor.id).where(Author.presenting),
    ):
        for guid, person in db.session.execute(statement.where(*known)):
            found[guid].add(person)
    return found


def _starred(meeting):
    """{guid of an item: ids of the people who have starred it in their account}."""
    found: dict = defaultdict(set)
    statement = select(Star.item, Itinerary.person_id).join(Itinerary, Star.itinerary_id == Itinerary.id)
    mine = statement.where(Star.meeting_id == meeting.id, Itinerary.person_id.is_not(None))
    for guid, person in db.session.execute(mine):
        found[guid].add(person)
    return found


def _cause(release, person):
    return f"{release.key}:{person}"
