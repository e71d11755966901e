"""The changes of releases as they were kept, as the public may read them, and between any two releases."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from conference.kernel import Refusal, db
from conference.schedule import draft, queries, releasing
from conference.schedule.changes import rules
from conference.schedule.formats import write_nested
from conference.schedule.formats.embargo import LISTING
from conference.schedule.models import Release
from conference.schedule.pruning import in_use
from conference.web import paginate

# Releases on a page and in a feed.
PER_PAGE = 20


@dataclass(frozen=True)
class Next:
    """What the next release would do: its [Change], whether it is the first one and whether anything at all differs, how many items would open earlier."""

    changes: tuple
    is_first: bool
    differs: bool
    earlier: int


def of_draft(meeting, now):
    """The Next release of a meeting, as its draft is now."""
    new, current = in_use(draft.load(meeting)), releasing.current(meeting)
    if current is None:
        return Next(tuple(rules.between(None, new, now)), True, bool(new.sessions), 0)
    old = releasing.programme_of(current, meeting)
    return Next(
        tuple(rules.between(old, new, now)),
        is_first=False,
        differs=write_nested(old) != write_nested(new),
        earlier=releasing.opened_earlier(old, new),
    )


def kept(meeting, number):
    """(Release, [Change]) of a release as it was kept when it was made, for the desk; None when there is no such release."""
    statement = select(Release).where(Release.meeting_id == meeting.id, Release.number == number)
    row = db.session.scalar(statement.options(undefer(Release.news)))
    return row and (row, [rules.of_kept(each) for each in row.news])


def compared(meeting, old, new, now):
    """[Change] from one release to another, by their numbers; Refusal when one is not there."""
    rows = [queries.release_numbered(meeting, number) for number in (old, new)]
    if None in rows:
        raise Refusal(_("There is no such release."))
    before, after = (releasing.programme_of(row, meeting) for row in rows)
    return rules.between(before, after, now)


def public(meeting_id, seen, now, *, number=1):
    """The `number`th Page of (Release, [Change]), the latest first, with what the public may read of their changes now; `seen` is what it sees.

    What went while its title was held back is not told of in that release nor in any before it.
    """
    statement = select(Release).where(Release.meeting_id == meeting_id).options(undefer(Release.news))
    page = paginate(statement.order_by(Release.number.desc()), number=number, per_page=PER_PAGE)
    never = _never_after(meeting_id, seen, page.items[0].number) if page.items else frozenset()
    return replace(page, items=_readable(page.items, seen, now, never))


def public_since(meeting_id, seen, now, *, at, number):
    """[(Release, [Change])] of those after an instant and a number, the latest first, as in `public`."""
    statement = select(Release).where(Release.meeting_id == meeting_id, Release.at > at, Release.number > number)
    rows = db.session.scalars(statement.options(undefer(Release.news)).order_by(Release.number.desc()))
    return _readable(rows, seen, now, frozenset())


def _readable(rows, seen, now, never):
    found = []
    for row in rows:
        never |= _never(row.news)
        found.append((row, [change for change in readable(row.news, seen, now) if change.guid not in never]))
    return found


def page_of(meeting_id, release):
    """On which page of `public` a release with this number stands."""
    later = select(func.count()).where(Release.meeting_id == meeting_id, Release.number > release)
    return db.session.scalar(later) // PER_PAGE + 1


def _never_after(meeting_id, seen, release):
    """The guids that releases after this one tell of to nobody: releases do not change, so they are read once for what is seen."""
    if release == seen.number:
        return frozenset()
    key = ("never after", release)
    if key not in seen.kept:
        statement = select(Release.news).where(Release.meeting_id == meeting_id, Release.number > release)
        seen.kept[key] = frozenset().union(*(_never(news) for news in db.session.scalars(statement)))
    return seen.kept[key]


def _never(news):
    return frozenset(change["guid"] for change in news if change.get("opens") == rules.NEVER)


def readable(news, seen, now):
    """[Change] of what was kept, without what is under embargo at an instant in a Published programme."""
    closed = {talk.guid for _session, talk in seen.presentations.values() if LISTING in talk.closed}
    held = {
        item.guid
        for session in seen.programme.sessions
        if not session.withdrawn
        for item in (session, *(talk for talk in session.presentations if not talk.withdrawn))
    }
    changes = map(rules.of_kept, news)
    return [change for change in changes if rules.is_public(change, closed, held, now)]
