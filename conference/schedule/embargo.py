"""A programme as the public sees it at an instant: what is under embargo is not in it, so nothing made of it can tell."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from conference.schedule.formats.embargo import (
    AWARD,
    DAY,
    FILES,
    GROUPS,
    INSTANT,
    LISTING,
    NONE,
    SESSION,
    TEXT,
    Embargo,
)
from conference.schedule.formats.programme import presenting
from conference.schedule.pruning import in_use, standing

# Stands for a title that is not public; files cannot be without one.
HIDDEN_TITLE = "Title under embargo"
_LISTED = {"title": HIDDEN_TITLE, "authors": (), "late_breaking": False}
_OF_TALKS = {
    LISTING: {**_LISTED, "keywords": ()},
    TEXT: {"abstract": ""},
    FILES: {"links": ()},
    AWARD: {"award": ""},
}
_OF_ABSTRACTS = {**_OF_TALKS, LISTING: {**_LISTED, "topics": ()}, TEXT: {"sections": ()}}


def embargoes(programme):
    """{guid: Embargo} of every presentation and of each abstract that is presented, as far as something holds it back.

    What an abstract says of itself goes before the meeting's rules. Of several rules that fit, the latest counts; of several presentations of one
    abstract, the first that a rule lets open it: one that no rule is for opens nothing, and one that is not held neither.
    """
    own = {abstract.guid: abstract.embargo for abstract in programme.abstracts}
    ruled, shared, fallen = {}, {}, {}
    for session, talk in _talks(programme):
        found = ruled[talk.guid] = _ruled(programme, session, talk)
        if talk.submission:
            placed = fallen if session.withdrawn or talk.withdrawn else shared
            placed.setdefault(talk.submission, []).append(found)
    whole = {guid: _over(own[guid], _earliest(found)) for guid, found in (fallen | shared).items()}
    for _session, talk in _talks(programme):
        ruled[talk.guid] = whole[talk.submission] if talk.submission else ruled[talk.guid]
    return {guid: found for guid, found in (ruled | whole).items() if found != NONE}


def moments(held):
    """The instants at which something opens, in order, of {guid: Embargo}."""
    return sorted({embargo.of(group) for embargo in held.values() for group in GROUPS if embargo.of(group)})


def opened_earlier(before, after):
    """How many of {guid: Embargo} hold a group of fields back shorter, or not at all any more."""
    return sum(
        any(was.of(group) and (now.of(group) is None or now.of(group) < was.of(group)) for group in GROUPS)
        for guid, was in before.items()
        for now in (after.get(guid, NONE),)
    )


def as_seen(programme, now, held=None):
    """The Programme without what is under embargo at `now`, and without what only the desk works with."""
    held = embargoes(programme) if held is None else held
    programme = standing(programme)
    shown = {
        abstract.guid: _stripped_abstract(abstract, held.get(abstract.guid, NONE), now)
        for abstract in _presented(programme)
    }
    sessions = tuple(
        replace(session, presentations=tuple(_stripped(talk, shown, held, now) for talk in session.presentations))
        for session in programme.sessions
    )
    return in_use(replace(programme, embargoes=(), abstracts=tuple(shown.values()), sessions=sessions))


def _talks(programme):
    return ((session, talk) for session in programme.sessions for talk in session.presentations)


def _presented(programme):
    presented = {talk.submission for _session, talk in _talks(programme)}
    return (abstract for abstract in programme.abstracts if abstract.guid in presented)


def _stripped_abstract(abstract, embargo, now):
    hidden = _empty(_OF_ABSTRACTS, embargo.closed(now))
    return replace(abstract, status="accepted", embargo=NONE, **hidden)


def _stripped(talk, shown, held, now):
    embargo = held.get(talk.guid, NONE)
    closed = embargo.closed(now)
    if talk.submission:
        talk = presenting(talk, shown[talk.submission])
    else:
        talk = replace(talk, **_empty(_OF_TALKS, closed))
    return replace(talk, embargo=embargo, closed=closed)


def _empty(fields, closed):
    return {name: value for group in GROUPS if group in closed for name, value in fields[group].items()}


def _ruled(programme, session, talk):
    kinds = ("", talk.kind.casefold())
    rules = [rule for rule in programme.embargoes if rule.kind.casefold() in kinds]
    return Embargo(**{group: _latest(rules, group, session, programme) for group in GROUPS}) if rules else NONE


def _latest(rules, group, session, programme):
    return max((_moment(rule, session, programme) for rule in rules if rule.group == group), default=None)


def _moment(rule, session, programme):
    """The instant until which a rule holds something of a session back."""
    if rule.anchor == INSTANT:
        return rule.at
    if rule.anchor == SESSION:
        return session.starts
    day = session.day if rule.anchor == DAY else _first_day(programme)
    local = datetime.combine(day, rule.clock, ZoneInfo(programme.timezone))
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))  # of an hour that comes twice the later one


def _first_day(programme):
    """The meeting's first day on which something is held; of one that is called off, on which it was to be."""
    held = [session.day for session in programme.sessions if not session.withdrawn]
    return min(held or [session.day for session in programme.sessions])


def _over(own, ruled):
    return Embargo(**{group: own.of(group) or ruled.of(group) for group in GROUPS})


def _earliest(found):
    """Of several presentations of one abstract: the first moment of those that have one, so that a slip in a kind opens nothing."""
    times = {group: [embargo.of(group) for embargo in found if embargo.of(group)] for group in GROUPS}
    return Embargo(**{group: min(each, default=None) for group, each in times.items()})
