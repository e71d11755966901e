"""Finding what was printed."""

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from conference.kernel import db, in_parts
from conference.schedule.models import Paper, Release

SHOWN = 30


def papers_of(meeting):
    """The newest files of a meeting, with their release and who asked for them."""
    return list(
        db.session.scalars(_with_release(meeting).order_by(Paper.created_at.desc(), Paper.id.desc()).limit(SHOWN))
    )


def paper_by_ref(meeting, ref):
    """One file of a meeting, or None."""
    statement = _with_release(meeting).where(Paper.ref == ref)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def public_paper(place, kind):
    """The finished file of a kind that the public may have of the current release, or None."""
    return next((row for row in _public(place) if row.kind == kind), None)


def public_kinds(place):
    """The kinds of which the public may have a file now: {kind: pages}."""
    return {row.kind: row.pages for row in _public(place)}


def of_earlier_releases(before):
    """The references of files finished before an instant whose release is not the current one of its meeting any more."""
    statement = select(Paper.ref).where(Paper.state == "done", Paper.finished_at < before, _is_earlier())
    return list(db.session.scalars(statement))


def online_of_earlier_releases():
    """The files that are online though their meeting has a newer release."""
    return list(db.session.scalars(select(Paper).where(Paper.is_public, _is_earlier())))


def failed_before(before):
    """The references of files that could not be made, given up before an instant."""
    return list(db.session.scalars(select(Paper.ref).where(Paper.state == "failed", Paper.finished_at < before)))


def done_among(refs):
    """Which of these references are of finished files."""
    found = select(Paper.ref).where(Paper.state == "done")
    return [ref for some in in_parts(refs) for ref in db.session.scalars(found.where(Paper.ref.in_(some)))]


def _is_earlier():
    return Paper.release_id.not_in(select(func.max(Release.id)).group_by(Release.meeting_id))


def _public(place):
    if place.release_id is None:
        return []
    statement = select(Paper).where(Paper.release_id == place.release_id, Paper.is_public, Paper.state == "done")
    return list(db.session.scalars(statement))


def _with_release(meeting):
    return (
        select(Paper)
        .join(Paper.release)
        .where(Release.meeting_id == meeting.id)
        .options(contains_eager(Paper.release), joinedload(Paper.requested_by))
    )
