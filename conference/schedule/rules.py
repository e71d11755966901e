"""Pure decisions about a programme: meeting days, times of talks, clashes, numbered affiliations."""

from datetime import time, timedelta
from types import MappingProxyType

# What begins before this hour belongs to the evening before.
DAY_CHANGE = time(4)
LARGEST_NUMBER = 2**31 - 1
HUES = 8
NO_LENGTHS = MappingProxyType({})


def day_of(local, day_change=DAY_CHANGE):
    """The meeting day of a local start: the small hours belong to the day before."""
    return local.date() - timedelta(days=1) if local.time() < day_change else local.date()


def hue_of(position):
    """The track hue, 1 to 8, of the track at a position counted from 0."""
    return position % HUES + 1


def is_poster_session(kind):
    """Whether a kind of session shows everything at once, so that its items have no times of their own."""
    return "poster" in kind.casefold()


def lengths_of(kinds):
    """{folded name: minutes} of the Kinds of presentations that say how long one lasts."""
    return {kind.name.casefold(): kind.minutes for kind in kinds if kind.minutes}


def minutes_of(talk, lengths):
    """How long a talk lasts: its own minutes, else those of its kind, else 0."""
    return talk.minutes or lengths.get(talk.kind.casefold(), 0)


def talk_times(session, lengths=NO_LENGTHS):
    """(start, end) of each presentation in order, or None where order is all that is known.

    Pinned starts win; otherwise talks follow each other by their minutes, or those of their kind (`lengths`), as long as all fit into
    the session. A single talk has all of it; withdrawn talks take no time.
    """
    held = [talk for talk in session.presentations if not talk.withdrawn]
    times = dict(zip((talk.guid for talk in held), _times_of(held, session, lengths), strict=True))
    return [times.get(talk.guid) for talk in session.presentations]


def calendar_times(session, lengths=NO_LENGTHS):
    """(start, end) of each presentation, shared out evenly where the times are not known; None for posters and crowds."""
    times = talk_times(session, lengths)
    if not times or is_poster_session(session.kind):
        return None
    held = {index: turn for turn, index in enumerate(_held(session))}
    if any(times[index] is None for index in held):
        shares = _even_times(session, len(held))
        if shares is None:
            return None
        times = [shares[held[index]] if index in held else None for index in range(len(times))]
    return [time or (session.starts, session.ends) for time in times]


def numbered_affiliations(authors):
    """(affiliations in order of first appearance, for each author the numbers of theirs), as printed in a paper."""
    order = {}
    marks = []
    for author in authors:
        distinct = dict.fromkeys(author.affiliations)
        marks.append([order.setdefault(affiliation, len(order) + 1) for affiliation in distinct])
    return list(order), marks


def clashes(entries):
    """The ids among (id, starts, ends) that overlap in time with another one."""
    ordered = sorted(entries, key=lambda entry: (entry[1], entry[2]))
    found = set()
    open_entry = None
    for entry in ordered:
        if open_entry is not None and entry[1] < open_entry[2]:
            found |= {open_entry[0], entry[0]}
        if open_entry is None or entry[2] > open_entry[2]:
            open_entry = entry
    return found


def overlaps(one, other):
    """Whether two items with starts and ends share any time."""
    return one.starts < other.ends and other.starts < one.ends


def now_and_next(sessions, now):
    """(sessions that are on, sessions that begin next, on the same day as each other); withdrawn ones left out."""
    held = [session for session in sessions if not session.withdrawn]
    running = [session for session in held if session.starts <= now < session.ends]
    first = min((session.starts for session in held if session.starts > now), default=None)
    return running, [session for session in held if session.starts == first]


def blocks(sessions):
    """[(start, sessions that begin then)] in order of time: the rows of a day."""
    rows = {}
    for session in sorted(sessions, key=lambda item: item.starts):
        rows.setdefault(session.starts, []).append(session)
    return list(rows.items())


def _held(session):
    return [index for index, talk in enumerate(session.presentations) if not talk.withdrawn]


def _times_of(talks, session, lengths):
    if not talks or is_poster_session(session.kind):
        return [None] * len(talks)
    if len(talks) == 1 and talks[0].starts is None:
        return [(session.starts, session.ends)]
    if any(talk.starts for talk in talks):
        return [_pinned(talk, lengths) for talk in talks]
    if not all(minutes_of(talk, lengths) for talk in talks):
        return [None] * len(talks)
    return _in_turn(talks, session, lengths)


def _pinned(talk, lengths):
    return talk.starts and (talk.starts, talk.starts + timedelta(minutes=minutes_of(talk, lengths) or 5))


def _in_turn(talks, session, lengths):
    times, start = [], session.starts
    for talk in talks:
        times.append((start, start + timedelta(minutes=minutes_of(talk, lengths))))
        start = times[-1][1]
    return times if start <= session.ends else [None] * len(times)


def _even_times(session, count):
    share = (session.ends - session.starts) // timedelta(minutes=1) // count if count else 0
    if share < 1:
        return None
    step = timedelta(minutes=share)
    return [(session.starts + index * step, session.starts + (index + 1) * step) for index in range(count)]
