"""Changing a meeting: its facts, its price windows, its deadlines; each change is kept with what stood before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from conference import audit, society
from conference.kernel import Refusal, claim_version, db
from conference.meetings import queries
from conference.meetings.actions import check_days
from conference.meetings.models import Deadline, Window

# Where windows wait while their ends change places, so that no two ever end at the same instant.
_ASIDE = datetime(9000, 1, 1, tzinfo=UTC)


class Stale(Refusal):
    """Somebody else saved the meeting first."""


def change(meeting, *, by, version, now, **facts):
    """Change facts that were read at `version`; Stale when they have changed since, Refusal when they cannot be."""
    before, after = audit.changes(meeting, facts)
    if not before:
        return meeting
    _check(meeting, facts)
    _claim(meeting, version, now, facts)
    audit.record(by=by, verb="changed", subject=meeting, now=now, before=_as_text(before), after=_as_text(after))
    society.touch()
    return meeting


def set_dates(meeting, *, opens_at, windows, deadlines, by, version, now):
    """Set when registration opens (None: now), price windows [(code, name, ends_at)] and deadlines [(title, at, url)].

    A window keeps its prices under its code. Refusal when two windows share a code or an end, when none is left, or
    when prices still stand in one that is left out.
    """
    _check_windows(windows)
    before = _dates(meeting)
    _claim(meeting, version, now, {"opens_at": opens_at})
    _replace_windows(meeting, windows)
    _replace_deadlines(meeting, deadlines)
    before, after = audit.differing(before, _dates(meeting))
    audit.record(by=by, verb="set dates", subject=meeting, now=now, before=before, after=after)
    society.touch()


def _claim(meeting, version, now, facts):
    if not claim_version(meeting, version, {**facts, "changed_at": now}):
        raise Stale(_("Somebody else has saved this since you opened it. What you typed is still here."))


def _check(meeting, facts):
    check_days(facts.get("starts", meeting.starts), facts.get("ends", meeting.ends))
    if facts.get("timezone", meeting.timezone) not in available_timezones():
        raise Refusal(_("There is no such time zone; write for example America/New_York"), field="timezone")


def _check_windows(windows):
    if not windows:
        raise Refusal(_("A meeting needs at least one price window"))
    if len({code for code, _name, _end in windows}) < len(windows):
        raise Refusal(_("Two price windows have the same code"))
    if len({end for _code, _name, end in windows}) < len(windows):
        raise Refusal(_("Two price windows end on the same day"))


def _replace_windows(meeting, windows):
    known = {window.code: window for window in meeting.windows}
    _drop([window for code, window in known.items() if code not in {code for code, _name, _end in windows}])
    for count, window in enumerate(known.values()):
        window.ends_at = _ASIDE + timedelta(days=count)
    db.session.flush()
    for code, name, ends_at in windows:
        window = known.get(code) or Window(meeting_id=meeting.id, code=code)
        window.name, window.ends_at = name, ends_at
        db.session.add(window)
    db.session.flush()
    db.session.refresh(meeting, ["windows"])


def _drop(windows):
    try:
        with db.session.begin_nested():
            for window in windows:
                db.session.delete(window)
            db.session.flush()
    except IntegrityError:
        raise Refusal(_("Prices stand in a window that you took away. Take the prices away first.")) from None


def _replace_deadlines(meeting, deadlines):
    for deadline in queries.deadlines_of(meeting):
        db.session.delete(deadline)
    db.session.add_all(Deadline(meeting_id=meeting.id, title=title, at=at, url=url) for title, at, url in deadlines)
    db.session.flush()


def _as_text(facts):
    return {name: str(value) for name, value in facts.items()}


def _dates(meeting):
    opens = {"opens": meeting.opens_at.isoformat() if meeting.opens_at else ""}
    windows = {f"window {window.code}": f"{window.name}, {window.ends_at.isoformat()}" for window in meeting.windows}
    deadlines = {f"deadline {each.title}": each.at.isoformat() for each in queries.deadlines_of(meeting)}
    return opens | windows | deadlines
