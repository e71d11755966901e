"""What has changed between two states of a programme, item by item, and from when the public may read of it."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime

from conference.schedule.embargo import embargoes
from conference.schedule.formats.embargo import GROUPS, LISTING, NONE, Embargo
from conference.schedule.pruning import standing
from conference.schedule.rules import lengths_of, room_of, talk_times

NEW, GONE, MOVED, RENAMED, AUTHORS, CHANGED = KINDS = ("new", "gone", "moved", "renamed", "authors", "changed")
NEVER = -1
AT_ONCE = 0


@dataclass(frozen=True)
class Place:
    """Where and when: instants in ISO 8601, and the room."""

    starts: str
    ends: str
    room: str


@dataclass(frozen=True)
class Change:
    """One thing that has changed of one session or presentation.

    `was` and `now` are its places before and after, `before` the title that it had. `opens` is the second since 1970 from which the public may read of it:
    AT_ONCE, or NEVER where it went before its title was public. `along` says of a talk that it has moved with its session and no further.
    """

    kind: str
    guid: str
    number: int
    title: str
    day: str
    was: Place | None = None
    now: Place | None = None
    before: str = ""
    opens: int = AT_ONCE
    along: bool = False

    @property
    def as_kept(self):
        """As JSON keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class _State:
    """An item as it stands in one programme."""

    item: object
    title: str
    number: int
    day: str
    place: Place
    people: tuple
    held: bool
    words: tuple
    embargo: Embargo = NONE
    inside: tuple = ()  # of a talk: its session, how long after its start it begins and ends, its hall

    def opens(self, groups):
        """The instant from which all of these groups of fields are public; None where nothing holds them back."""
        return max((each for each in map(self.embargo.of, groups) if each), default=None)


def between(old, new, now):
    """[Change] from one Programme to another, in order of day and time; what the public may not read at `now` opens later."""
    before, after = _states(old), _states(new)
    found = [change for guid, state in after.items() for change in _of_one(guid, before.get(guid), state)]
    found += [
        _gone(guid, (state, after.get(guid)), now)
        for guid, state in before.items()
        if state.held and not (guid in after and after[guid].held)
    ]
    # Of what begins together the longest comes first: a session before its talks.
    longest_first = sorted(found, key=lambda each: (each.now or each.was).ends, reverse=True)
    return sorted(longest_first, key=lambda each: (each.day, (each.now or each.was).starts))


def of_kept(kept):
    """A Change as it was kept."""
    places = {name: Place(**kept[name]) if kept[name] else None for name in ("was", "now")}
    return Change(**{**kept, **places})


def by_day(changes):
    """{day: its changes}, in order; talks that have moved along with their session go without saying."""
    found: dict = {}
    for change in (each for each in changes if not each.along):
        found.setdefault(change.day, []).append(change)
    return found


def counted(changes):
    """{kind: how many}, in the order of KINDS, of the kinds that there are."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def is_public(change, closed, held, now):
    """Whether the public may read of a change at an instant, as things stand.

    `closed` are the guids whose titles are under embargo, `held` those of all that is held: what went before its time had come is
    told to nobody, also later.
    """
    if change.opens == AT_ONCE:
        return change.guid not in closed
    return 0 < change.opens <= now.timestamp() and change.guid in held and change.guid not in closed


def _of_one(guid, old, new):
    """The changes of an item that is held now."""
    if not new.held:
        return
    if old is None or not old.held:
        yield _change(NEW, guid, new, None, (LISTING,))
        return
    if old.place != new.place:
        yield _change(MOVED, guid, new, old, (LISTING,))
    if old.title != new.title:
        yield _change(RENAMED, guid, new, old, (LISTING,))
    if old.people != new.people:
        yield _change(AUTHORS, guid, new, old, (LISTING,))
    if old.words != new.words and old.title == new.title:
        yield _change(CHANGED, guid, new, old, GROUPS)


def _change(kind, guid, new, old, groups):
    opens = [instant for state in (new, old) if state for instant in (state.opens(groups),) if instant]
    return Change(
        kind, guid, new.number, new.title, new.day,
        was=old.place if old and kind == MOVED else None,
        now=new.place,
        before=old.title if old and kind == RENAMED else "",
        along=bool(kind == MOVED and new.inside and old.inside == new.inside),
        opens=int(max(opens).timestamp()) + 1 if opens else AT_ONCE,
    )  # fmt: skip


def _gone(guid, states, now):
    """What was held, and is withdrawn or in the programme no more: told to nobody when either state holds its title back."""
    state = states[0]
    opens = [each.opens((LISTING,)) for each in states if each]
    hidden = any(instant is not None and now < instant for instant in opens)
    return Change(GONE, guid, state.number, state.title, state.day, was=state.place, opens=NEVER if hidden else AT_ONCE)


def _states(programme):
    """{guid: _State} of all sessions and presentations."""
    if programme is None:
        return {}
    held, lengths, found = embargoes(programme), lengths_of(programme.kinds), {}
    for session in standing(programme).sessions:
        place = _place(session.starts, session.ends, session.room)
        people = tuple((part.person, part.role) for part in session.people)
        words = (session.subtitle, session.abstract, session.description, session.track, session.kind, session.links)
        day, is_held = session.day.isoformat(), not session.withdrawn
        found[session.guid] = _State(session, session.title, session.number, day, place, people, is_held, words)
        for talk, time in zip(session.presentations, talk_times(session, lengths), strict=True):
            starts, ends = time or (session.starts, session.ends)
            where = _place(starts, ends, room_of(session, talk))
            authors = tuple((each.person, each.affiliations, each.presenting) for each in talk.authors)
            own = (talk.abstract, talk.keywords, talk.award, talk.links, talk.kind, talk.track, talk.board)
            stands = is_held and not talk.withdrawn
            found[talk.guid] = _State(
                talk,
                talk.title,
                talk.number,
                day,
                where,
                authors,
                stands,
                own,
                held.get(talk.guid, NONE),
                (session.guid, starts - session.starts, ends - session.starts, talk.hall),
            )
    return found


def _place(starts: datetime, ends: datetime, room):
    return Place(starts.isoformat(), ends.isoformat(), room)
