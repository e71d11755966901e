"""What stands in the way of a schedule of one's own: the sweep against comparing every pair, and each rule by its examples."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from conference.schedule.formats import programme as values
from conference.schedule.mine import rules
from conference.schedule.rules import talk_times
from conference.schedule.warnings.walking import NOWHERE, Walking

NINE = datetime(2027, 5, 11, 9, tzinfo=UTC)
WALKING = Walking(2, {frozenset(("A", "B")): 7, frozenset(("B", "C")): 12})


def a_session(guid, starts, lasts, room="A", **known):
    """A session so many minutes after nine."""
    begin = NINE + timedelta(minutes=starts)
    return values.SessionItem(guid, f"Session {guid}", begin, begin + timedelta(minutes=lasts), NINE.date(), room=room, **known)  # fmt: skip


def a_talk(guid, minutes=15, **known):
    return values.PresentationItem(guid, f"Talk {guid}", minutes=minutes, **known)


def held(*sessions, starred):
    times = {
        talk.guid: time
        for session in sessions
        for talk, time in zip(session.presentations, talk_times(session), strict=True)
    }
    seen = SimpleNamespace(programme=values.Programme(sessions=sessions), times=times)
    return rules.held(seen, frozenset(starred))


def troubles(*sessions, starred, walking=WALKING):
    return rules.troubles(held(*sessions, starred=starred), walking)


@st.composite
def schedules(draw):
    """Sessions within three hours in three rooms, some with talks and some part of the first; and what is starred of it."""
    sessions = []
    for index in range(draw(st.integers(1, 6))):
        talks = tuple(
            a_talk(f"{index}.{turn}", draw(st.sampled_from([0, 5, 15]))) for turn in range(draw(st.integers(0, 3)))
        )
        known = {
            "kind": draw(st.sampled_from(["Talks", "Talks", "Posters"])),
            "withdrawn": draw(st.integers(0, 5)) == 0,
            "parent": "0" if index and draw(st.booleans()) else "",
            "presentations": talks,
        }
        starts, lasts = draw(st.integers(0, 30)) * 5, draw(st.integers(1, 12)) * 5
        sessions.append(a_session(str(index), starts, lasts, draw(st.sampled_from("ABC")), **known))
    items = [each.guid for session in sessions for each in (session, *session.presentations)]
    return sessions, draw(st.sets(st.sampled_from(items)))


@settings(max_examples=150, deadline=None)
@given(schedules())
def test_the_sweep_finds_what_comparing_every_pair_finds(drawn):
    sessions, starred = drawn
    spans = held(*sessions, starred=starred)

    found = rules.troubles(spans, WALKING, most=len(spans))

    overlaps, late = by_every_pair(spans)
    assert {item: {each.item for each in others} for item, others in found.overlaps.items()} == overlaps
    assert {item: way.takes - way.gap for item, way in found.ways.items()} == late


def by_every_pair(spans):
    """({item: those that share time with it}, {item: by how much one comes too late to it at worst})."""
    overlaps, late = {}, {}
    for one in spans:
        for other in spans:
            guids, parents = {one.session.guid, other.session.guid}, {one.session.parent, other.session.parent}
            if len(guids) == 1 or guids & parents:
                continue
            gap = other.starts - one.ends
            if one.starts < other.ends and other.starts < one.ends:
                overlaps.setdefault(one.item, set()).add(other.item)
            elif timedelta(0) <= gap < WALKING.between(one.session.room, other.session.room):
                short = WALKING.between(one.session.room, other.session.room) - gap
                late[other.item] = max(late.get(other.item, short), short)
    return overlaps, late


def test_a_session_and_a_talk_within_it_are_no_conflict_and_go_as_one():
    session = a_session("s", 0, 60, presentations=(a_talk("t"), a_talk("u")))
    other = a_session("o", 40, 30, "B")

    both = troubles(session, other, starred={"s", "t", "o"})
    talk = troubles(session, other, starred={"t", "o"})

    assert {item: [each.item for each in others] for item, others in both.overlaps.items()} == {"s": ["o"], "o": ["s"]}
    assert talk.overlaps == {}  # the talk is over by then


def test_posters_breaks_and_what_is_withdrawn_bind_nobody():
    posters = a_session("p", 0, 240, "C", kind="Posters", presentations=(a_talk("q"),))
    coffee = a_session("c", 30, 30, "C", kind="Coffee break")
    gone = a_session("g", 0, 60, "B", withdrawn=True)
    talk = a_session("s", 0, 60, presentations=(a_talk("t", withdrawn=True), a_talk("u")))

    found = held(posters, coffee, gone, talk, starred={"p", "q", "c", "g", "t", "u"})

    assert [each.item for each in found] == ["u"]


def test_minutes_that_suffice_are_no_trouble_and_one_less_is():
    first, near, far = a_session("1", 0, 60), a_session("2", 67, 10, "B"), a_session("3", 66, 10, "B")

    assert troubles(first, near, starred={"1", "2"}).ways == {}
    (way,) = troubles(first, far, starred={"1", "3"}).ways.values()
    assert (way.before.item, way.gap, way.takes) == ("1", timedelta(minutes=6), timedelta(minutes=7))


def test_where_nobody_has_said_how_long_a_way_is_none_is_too_long():
    sessions = a_session("1", 0, 60), a_session("2", 60, 10, "B")

    assert troubles(*sessions, starred={"1", "2"}, walking=NOWHERE).ways == {}


def test_free_time_is_told_between_things_of_one_day_from_half_an_hour():
    spans = held(
        a_session("1", 0, 90), a_session("2", 30, 15), a_session("3", 119, 10), a_session("4", 159, 10),
        starred={"1", "2", "3", "4"},
    )  # fmt: skip

    assert rules.free(spans) == {NINE + timedelta(minutes=159): NINE + timedelta(minutes=129)}


def test_of_many_that_overlap_the_first_are_named_and_the_others_counted():
    sessions = [a_session(str(number), number, 60) for number in range(9)]

    found = troubles(*sessions, starred={each.guid for each in sessions})

    assert [each.item for each in found.overlaps["8"]] == ["0", "1", "2", "3", "4"]
    assert set(found.counts.values()) == {8}
