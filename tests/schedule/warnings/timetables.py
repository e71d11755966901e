"""Small crowded programmes: few rooms, few people, a short day, so that everything clashes that can."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from conference.schedule.formats import programme as values
from conference.schedule.warnings.walking import Walking

MORNING = datetime(2027, 5, 11, 9, tzinfo=UTC)
ROOMS = ("", "Aula", "Hall", "Room 1")
PEOPLE = ("ada", "ben", "cleo")


def at(minutes):
    """An instant so many minutes into the morning."""
    return MORNING + timedelta(minutes=minutes)


def a_session(guid, starts=0, ends=60, **known):
    """One session, from and until so many minutes into the morning."""
    return values.SessionItem(guid, guid, at(starts), at(ends), date(2027, 5, 11), **known)


def a_talk(guid, *authors, starts=None, minutes=0, presenting=(), **known):
    """One talk with authors, some of them presenting."""
    named = tuple(values.Authorship(each, (), each in presenting) for each in authors)
    return values.PresentationItem(
        guid, guid, starts=None if starts is None else at(starts), minutes=minutes, authors=named, **known
    )


def a_programme(*sessions, **known):
    """A programme of these sessions."""
    return values.Programme(sessions=sessions, **known)


@st.composite
def crowded(draw):
    """(programme, walking) of up to seven sessions."""
    count = draw(st.integers(0, 7))
    sessions = tuple(_session(draw, number) for number in range(count))
    pairs = [frozenset(pair) for pair in (("Aula", "Hall"), ("Aula", "Room 1"), ("Hall", "Room 1"))]
    minutes = {pair: draw(st.integers(0, 30)) for pair in pairs if draw(st.booleans())}
    return a_programme(*sessions), Walking(draw(st.integers(0, 20)), minutes)


def _session(draw, number):
    starts = draw(st.integers(0, 24)) * 10
    talks = tuple(_talk(draw, number, place, starts) for place in range(draw(st.integers(0, 3))))
    people = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(values.ROLES)), max_size=2))
    return a_session(
        f"s{number}",
        starts,
        starts + draw(st.integers(1, 12)) * 10,
        room=draw(st.sampled_from(ROOMS)),
        kind=draw(st.sampled_from(["", "Talks", "Poster session", "Coffee break"])),
        withdrawn=draw(st.integers(0, 5)) == 0,
        parent=f"s{draw(st.integers(0, number - 1))}" if number and draw(st.booleans()) else "",
        people=tuple(values.SessionPerson(*each) for each in people),
        presentations=talks,
    )


def _talk(draw, number, place, starts):
    authors = draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))
    presenting = [each for each in authors if draw(st.booleans())]
    return a_talk(
        f"t{number}.{place}",
        *authors,
        starts=draw(st.none() | st.integers(0, 6).map(lambda step: starts + step * 10)),
        minutes=draw(st.sampled_from([0, 10, 20])),
        presenting=presenting,
        withdrawn=draw(st.integers(0, 5)) == 0,
    )
