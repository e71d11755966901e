"""My schedule as it is shown: by day, each item with what overlaps, ways that are too long, and what has moved."""

from dataclasses import dataclass, field

from conference.schedule import pages, words
from conference.schedule.changes import words as changes
from conference.schedule.mine import rules
from conference.schedule.mine.news import News
from conference.schedule.rules import is_poster_session
from conference.schedule.warnings.walking import NOWHERE

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Other:
    """Another item of the same schedule, to be named."""

    title: str
    anchor: str
    starts: str
    ends: str
    room: str


@dataclass(frozen=True, slots=True)
class Late:
    """Why one comes too late: minutes that the way takes from `before`, and minutes that there are."""

    before: Other
    takes: int
    gap: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A starred session or talk; `inside` is (title, address) of a talk's session, `free` the free time before it, `more` how many overlap that are not named."""

    row: pages.Row
    board: str = ""
    inside: tuple | None = None
    is_poster: bool = False
    overlaps: tuple = ()
    more: int = 0
    late: Late | None = None
    free: tuple | None = None
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that somebody has starred in one meeting; `lost` counts what the programme no longer holds, `gone` says of it what may be told."""

    days: list
    gone: list = field(default_factory=list)
    lost: int = 0

    @property
    def choices(self):
        """Every Choice, in order of time."""
        return [choice for _day, choices in self.days for choice in choices]

    @property
    def count(self):
        """How many items there are to see."""
        return len(self.choices)

    @property
    def moved(self):
        """How many have moved."""
        return sum(bool(choice.moved) for choice in self.choices)

    @property
    def clashing(self):
        """How many overlap with another."""
        return sum(bool(choice.overlaps) for choice in self.choices)

    @property
    def late(self):
        """To how many one comes too late."""
        return sum(choice.late is not None for choice in self.choices)

    @property
    def over(self):
        """How many are withdrawn or gone."""
        return self.lost + sum(choice.row.withdrawn for choice in self.choices)


def chosen(published, place, stars, *, walking=NOWHERE, news=None):
    """The Chosen of the guids `stars`, with the Walking between rooms and the News of what has moved."""
    return _Making(published, place, stars, walking, news or News()).chosen()


class _Making:
    def __init__(self, published, place, stars, walking, news):
        self.published, self.place, self.stars, self.news = published, place, stars, news
        spans = rules.held(published, stars)
        self.spans = {span.item: span for span in spans}
        self.troubles, self.free = rules.troubles(spans, walking), rules.free(spans)

    def chosen(self):
        days, found = {}, 0
        for (starts, *_), session, talk in sorted(self._items(), key=lambda item: item[0]):
            free = self._free(self.free.pop(starts, None), starts)
            days.setdefault(session.day, []).append(self._choice(session, talk, free))
            found += 1
        listed = [(words.long_day(day), choices) for day, choices in sorted(days.items())]
        gone = [(change.title, changes.in_words(change, self.published.zone)) for change in self.news.gone.values()]
        return Chosen(listed, sorted(gone), lost=len(self.stars) - found)

    def _items(self):
        """((start, whether a talk, end), session, talk or None) of everything that is starred."""
        for session in self.published.programme.sessions:
            if session.guid in self.stars:
                yield (session.starts, False, session.ends), session, None
            for talk in session.presentations:
                if talk.guid in self.stars:
                    starts, ends = self.published.times[talk.guid] or (session.starts, session.ends)
                    yield (starts, True, ends), session, talk

    def _choice(self, session, talk, free):
        guid = talk.guid if talk else session.guid
        moved, overlaps = self.news.moved.get(guid), self.troubles.overlaps.get(guid, ())
        return Choice(
            self._row(session, talk),
            board=talk.board if talk else "",
            inside=self._inside(session) if talk else None,
            is_poster=is_poster_session(session.kind),
            overlaps=tuple(map(self._other, overlaps)),
            more=self.troubles.counts.get(guid, 0) - len(overlaps),
            late=self._late(self.troubles.ways.get(guid)),
            free=free,
            moved=changes.in_words(moved, self.published.zone) if moved else "",
        )

    def _row(self, session, talk):
        if talk is None:
            return pages.row_of_session(self.published, self.place, session)
        return pages.row_of_talk(self.published, self.place, session, talk)

    def _inside(self, session):
        return words.title_of(session), pages.row_of_session(self.published, self.place, session).href

    def _other(self, span):
        item = next((each for each in span.session.presentations if each.guid == span.item), span.session)
        starts, ends = (words.clock(instant, self.published.zone) for instant in (span.starts, span.ends))
        return Other(words.title_of(item), f"s{item.number}", starts, ends, span.session.room)

    def _late(self, way):
        if way is None:
            return None
        takes, gap = (int(each.total_seconds() // MINUTE) for each in (way.takes, way.gap))
        return Late(self._other(way.before), takes, gap)

    def _free(self, since, until):
        if since is None:
            return None
        minutes = int((until - since).total_seconds() // MINUTE)
        return words.clock(since, self.published.zone), words.clock(until, self.published.zone), minutes
