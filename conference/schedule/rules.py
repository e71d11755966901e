"""Pure decisions about a programme: meeting days, times of talks, clashes, numbered affiliations."""

from datetime import time, timedelta
from itertools import accumulate, groupby, pairwise
from types import MappingProxyType

# What begins before this hour belongs to the evening before.
DAY_CHANGE = time(4)
LARGEST_NUMBER = 2**31 - 1
HUES = 8
SHORTEST = 5  # minutes of a talk of which nothing else is known
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

    A pinned start wins; others follow the talk before them by their minutes, or those of their kind (`lengths`), as long as all fit
    before the next pin and into the session. A single talk has all of it; withdrawn talks take no time.
    """
    held = [talk for talk in session.presentations if not talk.withdrawn]
    times = dict(zip((talk.guid for talk in held), _times_of(held, session, lengths), strict=True))
    return [times.get(talk.guid) for talk in session.presentations]


def calendar_times(session, lengths=NO_LENGTHS):
    """(start, end) of each presentation; those that are not known share what is free around the known ones. None for posters and crowds."""
    times = talk_times(session, lengths)
    if not times or is_poster_session(session.kind):
        return None
    held = _held(session)
    shares = _shared_out([times[index] for index in held], session)
    if shares is None:
        return None
    found = dict(zip(held, shares, strict=True))
    return [found.get(index, (session.starts, session.ends)) for index in range(len(times))]


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


def room_of(session, talk):
    """Where a presentation is held, or hangs: in a hall of its own, else in its session's room."""
    return talk.hall or session.room


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
    return [time for run, until in _runs(talks) for time in _in_turn(run, until, session, lengths)]


def _runs(talks):
    """[(talks that follow each other, where the next run begins or None)]: a new run begins with each pin."""
    runs = []
    for talk in talks:
        if talk.starts or not runs:
            runs.append([])
        runs[-1].append(talk)
    pins = [run[0].starts for run in runs[1:]]
    return list(zip(runs, [*pins, None], strict=True))


def _in_turn(talks, until, session, lengths):
    """The times of a run; of its pinned talk alone where lengths are missing or they do not all fit."""
    pin, until = talks[0].starts, min(until or session.ends, session.ends)
    minutes = [minutes_of(talk, lengths) for talk in talks]
    ends = list(accumulate(map(_minutes, minutes), initial=pin or session.starts))
    if all(minutes) and ends[-1] <= max(until, ends[1] if pin else until):
        return list(pairwise(ends))
    if pin and not minutes[0]:  # it lasts until the next one, or its session, is over
        ends[1] = until if session.starts <= pin < until else pin + _minutes(SHORTEST)
    return [pin and (pin, ends[1]), *[None] * (len(talks) - 1)]


def _minutes(count):
    return timedelta(minutes=count)


def _shared_out(times, session):
    """The times with an even share of what is free in place of each None; None for a crowd in which nobody has a minute."""
    found: list = []
    for is_known, group in groupby(times, key=bool):
        run = list(group)
        shares = run if is_known else _even_times(_gap(found, times[len(found) + len(run) :], session), len(run))
        if shares is None and len(run) == len(times):
            return None
        found += shares or [(session.starts, session.ends)] * len(run)
    return found


def _gap(before, after, session):
    """From when until when a session has nothing between some known times and others."""
    begin = max(before[-1][1], session.starts) if before else session.starts
    return begin, min(after[0][0], session.ends) if after else session.ends


def _even_times(gap, count):
    begin, end = gap
    share = (end - begin) // _minutes(1) // count
    if share < 1:
        return None
    step = _minutes(share)
    return [(begin + turn * step, begin + (turn + 1) * step) for turn in range(count)]
