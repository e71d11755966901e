"""Any programme, as values: with nested sessions, abstracts that are presented more than once, embargoes."""

import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from conference.schedule.formats import programme as values
from conference.schedule.formats.embargo import GROUPS
from conference.schedule.formats.text import line, safe_html

KINDS = ["", "Oral", "Poster", "Keynote"]

_letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
_line = st.text(_letters, max_size=30).map(line)
_title = _line.filter(bool)
_html = st.text(_letters | st.sampled_from("<>&\"'/ap"), max_size=60).map(safe_html)
_guid = st.uuids().map(str)
# Any hour, and often those in which the clocks of New York go forward and back.
_spans = [
    (datetime(1990, 1, 1), datetime(2090, 1, 1)),
    (datetime(2027, 3, 14, 6), datetime(2027, 3, 14, 8)),
    (datetime(2027, 11, 7, 4), datetime(2027, 11, 7, 8)),
]
_instants = st.one_of(st.datetimes(*span, timezones=st.just(UTC)) for span in _spans).map(
    lambda moment: moment.replace(microsecond=0, fold=0)
)
_links = st.lists(
    st.builds(
        values.Link,
        st.text(string.ascii_lowercase, min_size=1, max_size=8).map("https://example.org/{}".format),
        _line,
        st.sampled_from(values.LINK_KINDS),
    ),
    max_size=2,
).map(tuple)
_embargoes = st.builds(values.Embargo, *(st.none() | _instants,) * 4)
_clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
_rules = st.lists(
    st.sampled_from(KINDS).flatmap(
        lambda kind: st.one_of(
            st.builds(values.EmbargoRule, st.sampled_from(GROUPS), st.just("instant"), st.just(kind), _instants),
            st.builds(values.EmbargoRule, st.sampled_from(GROUPS), st.just("session"), st.just(kind)),
            st.builds(
                values.EmbargoRule,
                st.sampled_from(GROUPS),
                st.sampled_from(["day", "meeting"]),
                st.just(kind),
                st.none(),
                _clocks,
            ),
        )
    ),
    max_size=3,
    unique_by=lambda rule: (rule.group, rule.kind),
)
_places = st.lists(
    st.builds(values.AffiliationItem, _line, _line, _line, ror=st.sampled_from(["", "00x6h5n95", "05gqaka33"])),
    max_size=2,
).map(tuple)


@st.composite
def programmes(draw, as_public=False):
    """Any programme whose people, guids and numbers are in order; `as_public` as its readers have it, with what is closed marked."""
    guids = iter(draw(st.lists(_guid, min_size=60, max_size=60, unique=True)))
    numbers = iter(draw(st.permutations(range(1, 61))))
    people = tuple(_person(draw, guids, numbers) for _ in range(draw(st.integers(0, 4))))
    abstracts = tuple(_abstract(draw, guids, numbers, people) for _ in range(draw(st.integers(0, 3))))
    sessions = _nested(
        draw, [_session(draw, guids, numbers, people, abstracts, as_public) for _ in range(draw(st.integers(0, 4)))]
    )
    return values.Programme(
        title=draw(_line),
        acronym=draw(_line)[:60].strip(),
        timezone="America/New_York",
        kinds=tuple(
            values.Kind(name, draw(st.integers(0, 60))) for name in sorted(draw(st.sets(st.sampled_from(KINDS[1:]))))
        ),
        embargoes=tuple(draw(_rules)),
        people=people,
        abstracts=abstracts,
        sessions=tuple(sorted(sessions, key=lambda item: (item.starts, item.room, item.guid))),
    )


def _person(draw, guids, numbers):
    told = draw(st.none() | _line)
    return values.PersonItem(next(guids), draw(_title), next(numbers), draw(_line), disclosure=told)


def _abstract(draw, guids, numbers, people):
    """Numbers of abstracts are counted apart, so that they may be those of sessions too."""
    return values.AbstractItem(
        guid=next(guids),
        number=next(numbers),
        title=draw(_title),
        status=draw(st.sampled_from(values.STATUSES)),
        late_breaking=draw(st.booleans()),
        award=draw(_line)[:100].strip(),
        sections=tuple(draw(st.lists(st.builds(values.Section, _title, _html), max_size=2))),
        topics=tuple(dict.fromkeys(draw(st.lists(_title, max_size=2)))),
        links=draw(_links),
        authors=_authors(draw, people),
        embargo=draw(_embargoes),
    )


def _nested(draw, sessions):
    """Some of the sessions as parts of the first."""
    if not sessions:
        return []
    whole, *others = sessions
    return [whole, *(replace(each, parent=whole.guid) if draw(st.booleans()) else each for each in others)]


def _session(draw, guids, numbers, people, abstracts, as_public):
    starts = draw(_instants)
    kept = people if draw(st.booleans()) else ()
    talks = tuple(_talk(draw, guids, numbers, kept, abstracts, as_public) for _ in range(draw(st.integers(0, 3))))
    return values.SessionItem(
        guid=next(guids),
        number=next(numbers),
        title=draw(_title),
        starts=starts,
        ends=starts + timedelta(minutes=draw(st.integers(1, 600))),
        day=draw(st.dates(date(1990, 1, 1), date(2090, 1, 1))),
        kind=draw(st.sampled_from(["", "Talks", "Posters"])),
        room=draw(_line),
        abstract=draw(_html),
        withdrawn=draw(st.booleans()),
        capacity=draw(st.integers(0, 500)),
        links=draw(_links),
        people=tuple(values.SessionPerson(each.guid, draw(st.sampled_from(values.ROLES))) for each in kept),
        presentations=talks,
    )


def _talk(draw, guids, numbers, people, abstracts, as_public):
    talk = values.PresentationItem(
        guid=next(guids),
        number=next(numbers),
        title=draw(_title),
        abstract=draw(_html),
        minutes=draw(st.integers(0, 90)),
        starts=draw(st.none() | _instants),
        keywords=tuple(dict.fromkeys(draw(st.lists(_title, max_size=2)))),
        withdrawn=draw(st.booleans()),
        kind=draw(st.sampled_from(KINDS)),
        hall=draw(_line),
        late_breaking=draw(st.booleans()),
        embargo=draw(_embargoes) if as_public else values.NONE,
        closed=frozenset(draw(st.sets(st.sampled_from(GROUPS)))) if as_public else frozenset(),
        authors=_authors(draw, people),
    )
    return values.presenting(talk, draw(st.sampled_from(abstracts))) if abstracts and draw(st.booleans()) else talk


def _authors(draw, people):
    return tuple(
        values.Authorship(each.guid, draw(_places), draw(st.booleans()), draw(st.booleans())) for each in people
    )
