"""Makes the draft public: one frozen document and its exports, built once; going back is a new release of an old one."""

import gzip
from bisect import bisect_right
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import undefer

from conference import audit
from conference.kernel import Refusal, db, take_time
from conference.schedule import draft, embargo, openings
from conference.schedule.changes.rules import between
from conference.schedule.claiming import hold
from conference.schedule.formats import Edition, Report, Revision, json_source, nested_reader, write_nested
from conference.schedule.formats.embargo import GROUPS
from conference.schedule.models import Release
from conference.schedule.pruning import in_use
from conference.schedule.revising import revisions


class NothingToRelease(Refusal):
    """There is no session in the draft."""


class AlreadyPublic(Refusal):
    """The public sees exactly this."""


def release(*, meeting, url, now, by=None, note="", again=True):
    """Freeze the draft as the meeting's next release, public under `url`. NothingToRelease when it is empty.

    Whoever writes to the draft, or releases, holds the meeting: what is read here is of one moment, and numbers are given one at a time.
    AlreadyPublic when nothing has changed since the last release, unless that is released `again`.
    """
    take_time()
    hold(meeting)
    programme = in_use(draft.load(meeting))
    if not programme.sessions:
        raise NothingToRelease(_("There is nothing to release: the programme has no sessions yet."))
    previous = current(meeting)
    if not again:
        _refuse_same(previous, programme)
    return _publish(meeting, programme, previous, url=url, now=now, by=by, note=note)


def go_back(*, meeting, to, url, now, by=None):
    """Make an earlier release public again, as a new release with a number of its own. Refusal when that would end an embargo earlier than now, AlreadyPublic when it is as the current one."""
    take_time()
    hold(meeting)
    previous = current(meeting)
    programme, present = programme_of(to, meeting), programme_of(previous, meeting)
    _refuse_same(previous, programme)
    if count := opened_earlier(present, programme):
        raise Refusal(
            _(
                "Release %(number)s holds less back: of %(count)s presentations something would be public earlier. Change the draft and release that.",
                number=to.number,
                count=count,
            )
        )
    note = _("As release %(number)s", number=to.number)
    return _publish(meeting, programme, previous, url=url, now=now, by=by, note=note)


def programme_of(row, meeting):
    """The Programme that a release froze; its document must be loaded."""
    # It is our own: no limits that are for the files of strangers.
    tree = json_source.parse(gzip.decompress(row.document).decode())
    return nested_reader.read(tree, Report(), zone=meeting.zone)


def opened_earlier(old, new):
    """Of how many talks and abstracts of a Programme something opens earlier than in an older one; what it does not have opens nothing."""
    items = {talk.guid for session in new.sessions for talk in session.presentations}
    items |= {abstract.guid for abstract in new.abstracts}
    held = {guid: each for guid, each in embargo.embargoes(old).items() if guid in items}
    return embargo.opened_earlier(held, embargo.embargoes(new))


def edition_of(row):
    """The Edition of a release; its revisions must be loaded."""
    return Edition(row.number, row.at, row.url, _revisions(row.revisions))


def current(meeting):
    """The release that is public now, with its document and revisions, or None."""
    statement = select(Release).where(Release.meeting_id == meeting.id).order_by(Release.number.desc()).limit(1)
    return db.session.scalar(statement.options(undefer(Release.document), undefer(Release.revisions)))


def public_part(programme, edition, at):
    """(Programme, Edition) of a release as the public may see it at an instant; what has opened since counts as changed then."""
    held = embargo.embargoes(programme)
    opened = {
        guid: max((each for each in map(times.of, GROUPS) if each and each <= at), default=None)
        for guid, times in held.items()
    }
    revised = {guid: _opened(revision, opened.get(guid)) for guid, revision in edition.revisions.items()}
    return embargo.as_seen(programme, at, held), replace(edition, revisions=revised)


def moment_of(openings, opening):
    """An instant at which so many of a release's `openings` (seconds since 1970) have passed."""
    return datetime.fromtimestamp(openings[opening - 1], UTC) if opening else datetime.min.replace(tzinfo=UTC)


def _ever(meeting):
    """{guid: Revision} of all that was ever public, as it was last."""
    statement = select(Release.revisions).where(Release.meeting_id == meeting.id).order_by(Release.number)
    merged: dict = {}
    for each in db.session.scalars(statement):
        merged |= each
    return _revisions(merged)


def _revisions(kept):
    return {guid: Revision(sequence, datetime.fromisoformat(changed)) for guid, (sequence, changed) in kept.items()}


def _opened(revision, at):
    return replace(revision, changed_at=at) if at and at > revision.changed_at else revision


def _refuse_same(previous, programme):
    if previous is not None and gzip.decompress(previous.document) == write_nested(programme):
        raise AlreadyPublic(_("Release %(number)s is public, and nothing has changed since.", number=previous.number))


def _publish(meeting, programme, previous, *, url, now, by, note):
    before = programme_of(previous, meeting) if previous else None
    revised, changes = revisions(programme, before, _ever(meeting), now)
    edition = Edition((previous.number if previous else 0) + 1, now, url, revised)
    row = _row(meeting, programme, edition)
    if embargo.embargoes(programme_of(row, meeting)) != embargo.embargoes(programme):
        raise RuntimeError("a release must hold back what the draft holds back")
    row.by_id, row.note, row.changes = by.id if by else None, note, changes
    row.news = [change.as_kept for change in between(before, programme, now)] if before else []
    db.session.add(row)
    db.session.flush()
    _keep_as_seen(row, programme, edition)
    audit.record(
        by=by, verb="released the programme of", subject=meeting, now=now, after={"release": row.number}, note=note
    )
    db.session.flush()
    return row


def _keep_as_seen(row, programme, edition):
    """What is made of it as it is seen now; that of later moments is made when they come."""
    opening = bisect_right(row.openings, edition.published_at.timestamp())
    made = openings.made_of(*public_part(programme, edition, moment_of(row.openings, opening)))
    openings.keep(row.id, opening, made, edition.published_at)


def _row(meeting, programme, edition):
    held = [session for session in programme.sessions if not session.withdrawn]
    revised = edition.revisions.items()
    return Release(
        meeting_id=meeting.id,
        number=edition.number,
        at=edition.published_at,
        url=edition.url,
        sessions=len(held),
        presentations=sum(not talk.withdrawn for session in held for talk in session.presentations),
        openings=[ceil(each.timestamp()) for each in embargo.moments(embargo.embargoes(programme))],
        revisions={guid: [each.sequence, each.changed_at.isoformat()] for guid, each in revised},
        document=openings.zipped(write_nested(programme)),
    )
