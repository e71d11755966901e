"""A programme to be looked at by the desk: the draft or a release, with everything or as the public sees it at an instant."""

from collections import namedtuple

from conference.schedule import draft, embargo, published, queries, releasing, words
from conference.schedule.formats import Edition
from conference.schedule.pruning import in_use
from conference.schedule.seen import About, Published

Look = namedtuple("Look", ("days", "day", "sessions", "programme", "closed"))
Line = namedtuple("Line", ("talk", "title", "authors", "time"))


def released(meeting, number=None):
    """The Published release with everything: the current one, or the one with a number; None where there is none."""
    if number is None:
        return published.whole(published.place_of(meeting))
    row = queries.release_numbered(meeting, number)
    if row is None:
        return None
    about = About(row.key, row.number, row.at, row.note)
    return Published(about, releasing.programme_of(row, meeting), releasing.edition_of(row), is_whole=True)


def drafted(meeting, now):
    """The draft as if it were released now, or None when it has no session with a time."""
    programme = in_use(draft.load(meeting))
    if not programme.sessions:
        return None
    return Published(About("", 0, now, ""), programme, Edition(0, now, ""), is_whole=True)


def at(whole, instant):
    """A whole Published programme as the public sees it at an instant."""
    seen = embargo.as_seen(whole.programme, instant)
    return Published(About(whole.key, whole.number, whole.at, whole.note), seen, whole.edition)


def look(programme, day):
    """The Look at one day of a Published programme, the first where there is no such day."""
    days = list(programme.days)
    day = day if day in programme.days else days[0]
    held = programme.days[day]
    talks = [talk for session in programme.programme.sessions for talk in session.presentations]
    sessions = [(session, [_line(programme, talk) for talk in session.presentations]) for session in held]
    return Look(days, day, sessions, programme, sum(bool(talk.closed) for talk in talks))


def whole_file(meeting, of, number=None):
    """(name, Programme) for the desk's whole file: the draft with what is nowhere presented, or a release; None without one."""
    if of == "draft":
        return f"{meeting.code}-draft", draft.load(meeting)
    row = releasing.current(meeting) if number is None else queries.release_numbered(meeting, number)
    return row and (f"{meeting.code}-release-{row.number}", releasing.programme_of(row, meeting))


def _line(programme, talk):
    authors = [programme.people[author.person].name for author in talk.authors]
    time = programme.times[talk.guid]
    return Line(talk, words.title_of(talk), ", ".join(authors), time and words.clock(time[0], programme.zone))
