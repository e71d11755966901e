"""What is warned of: the sweep against looking at every pair, and each rule by its examples."""

from itertools import combinations

from hypothesis import given, settings

from conference.schedule.formats import programme as values
from conference.schedule.rules import is_poster_session, talk_times
from conference.schedule.warnings.engagements import ROLES, is_break
from conference.schedule.warnings.rules import Disclosing, Kind, Known, Severity, warnings
from conference.schedule.warnings.walking import Walking
from tests.schedule.warnings.timetables import a_programme, a_session, a_talk, at, crowded

MANY = settings(max_examples=300)
TIMED = (Kind.ROOM, Kind.CHAIR, Kind.SPEAKER, Kind.AUTHOR, Kind.WALKING)


def found(*sessions, **known):
    """[(kind, items, people)] of the warnings in a programme of these sessions."""
    kept = {name: known.pop(name) for name in ("people", "abstracts", "kinds") if name in known}
    return [(each.kind, each.items, each.people) for each in warnings(Known(a_programme(*sessions, **kept), **known))]


@MANY
@given(crowded())
def test_the_sweep_finds_what_looking_at_every_pair_finds(drawn):
    programme, walking = drawn

    swept = {(each.kind, each.items, each.people) for each in warnings(Known(programme, walking)) if each.kind in TIMED}

    assert swept == by_every_pair(programme, walking)


@MANY
@given(crowded())
def test_keys_tell_warnings_apart_and_do_not_depend_on_the_order_of_sessions(drawn):
    programme, walking = drawn
    turned = values.Programme(sessions=tuple(reversed(programme.sessions)))

    one = {each.key: each.state for each in warnings(Known(programme, walking)) if each.kind in TIMED}
    other = {each.key: each.state for each in warnings(Known(turned, walking)) if each.kind in TIMED}

    assert one == other
    assert len(one) == sum(each.kind in TIMED for each in warnings(Known(programme, walking)))


def by_every_pair(programme, walking):
    """The same by comparing each session with each, and for each person each part with each."""
    held = [session for session in programme.sessions if not session.withdrawn]
    told = set()
    for one, other in combinations(held, 2):
        quiet = any(is_poster_session(each.kind) or is_break(each) for each in (one, other))
        if one.room and one.room == other.room and not quiet and _share(one, other) and not _kin(one, other):
            told.add((Kind.ROOM, tuple(sorted((one.guid, other.guid))), ()))
    parts = [part for session in held for part in _parts(session)]
    pairs = {}
    for one, other in combinations(parts, 2):
        if one[0] == other[0] and not _kin(one[4], other[4]) and (kind := _kind(one, other, walking)):
            key = kind, one[0], frozenset((one[4].guid, other[4].guid))
            pairs.setdefault(key, set()).update((one, other))
    for (kind, person, _sessions), items in pairs.items():
        ordered = {part[3]: part for part in sorted(items, key=lambda part: (part[1], part[2], part[3]))}
        told.add((kind, tuple(ordered), (person,)))
    return told


def _parts(session):
    """(person, starts, ends, item, session, what) of everybody who is bound to an hour of a session."""
    for part in session.people:
        what = "chair" if ROLES.get(part.role) else "speaker"
        yield part.person, session.starts, session.ends, session.guid, session, what
    for talk, time in zip(session.presentations, talk_times(session), strict=True):
        if not talk.withdrawn and not is_poster_session(session.kind):
            for author in talk.authors:
                what = "speaker" if author.presenting else "author"
                yield author.person, *(time or (session.starts, session.ends)), talk.guid, session, what


def _kind(one, other, walking):
    first, second = sorted((one, other), key=lambda part: (part[1], part[2]))
    what = {one[5], other[5]}
    if one[1] < other[2] and other[1] < one[2]:
        return Kind.AUTHOR if "author" in what else Kind.CHAIR if "chair" in what else Kind.SPEAKER
    too_far = second[1] - first[2] < walking.between(first[4].room, second[4].room)
    return Kind.WALKING if too_far and "author" not in what else None


def _share(one, other):
    return one.starts < other.ends and other.starts < one.ends


def _kin(one, other):
    return one.guid == other.guid or one.parent == other.guid or other.parent == one.guid


def test_two_sessions_in_one_room_clash_and_touching_ones_do_not():
    first, second, third = (
        a_session("a", 0, 60, room="Aula"),
        a_session("b", 50, 90, room="Aula"),
        a_session("c", 90, 120, room="Aula"),
    )

    assert found(first, second, third) == [(Kind.ROOM, ("a", "b"), ())]


def test_posters_breaks_and_parts_share_a_room_without_a_word():
    whole = a_session("a", 0, 60, room="Hall")
    others = [
        a_session("b", 0, 60, room="Hall", kind="Poster session"),
        a_session("c", 0, 60, room="Hall", kind="Coffee break"),
        a_session("d", 0, 30, room="Hall", parent="a"),
        a_session("e", 0, 60, room="Hall", withdrawn=True),
    ]

    assert found(whole, *others) == []


def test_a_chair_may_speak_in_the_own_session_and_in_a_part_of_it():
    own = a_session(
        "a", 0, 60, people=(values.SessionPerson("ada", "chair"),),
        presentations=(a_talk("t", "ada", presenting=["ada"]),),
    )  # fmt: skip
    part = a_session("b", 0, 30, parent="a", presentations=(a_talk("u", "ada", presenting=["ada"]),))

    assert found(own, part, disclosing=Disclosing.NOBODY) == []


def test_who_chairs_one_session_cannot_speak_in_another():
    chaired = a_session("a", 0, 60, people=(values.SessionPerson("ada", "chair"),))
    talk = a_session("b", 30, 50, presentations=(a_talk("t", "ada", presenting=["ada"]),))

    assert found(chaired, talk) == [(Kind.CHAIR, ("a", "t"), ("ada",))]


def test_only_the_hour_of_the_talk_counts_and_an_author_who_does_not_present_is_a_note():
    talks = (a_talk("t", "ada", minutes=30, presenting=["ada"]), a_talk("u", "ben", minutes=30))
    session = a_session("a", 0, 60, presentations=talks)
    late = a_session("b", 30, 60, presentations=(a_talk("v", "ada", "ben", presenting=["ada", "ben"]),))

    (note,) = warnings(Known(a_programme(session, late)))

    assert (note.kind, note.items, note.people) == (Kind.AUTHOR, ("u", "v"), ("ben",))
    assert note.severity is Severity.NOTE


def test_the_minutes_of_a_kind_of_talk_count_where_a_talk_says_nothing():
    talks = (a_talk("t", "ben", kind="Oral"), a_talk("u", "ada", kind="Oral", presenting=["ada"]))
    session = a_session("a", 0, 60, presentations=talks)
    early = a_session("b", 0, 30, people=(values.SessionPerson("ada", "speaker"),))

    assert found(session, early, kinds=(values.Kind("oral", 30),)) == []
    assert found(session, early) == [(Kind.SPEAKER, ("b", "u"), ("ada",))]


def test_a_poster_binds_nobody_to_an_hour():
    poster = a_session("a", 0, 60, kind="Poster session", presentations=(a_talk("t", "ada", presenting=["ada"]),))
    talk = a_session("b", 0, 60, presentations=(a_talk("u", "ada", presenting=["ada"]),))

    assert found(poster, talk) == []


def test_a_way_takes_its_minutes_in_either_direction_and_else_the_usual():
    one = a_session("a", 0, 60, room="Aula", people=(values.SessionPerson("ada", "chair"),))
    other = a_session("b", 65, 90, room="Hall", people=(values.SessionPerson("ada", "speaker"),))
    ways = {frozenset(("Hall", "Aula")): 6}

    assert found(one, other) == []
    assert found(one, other, walking=Walking(0, ways)) == [(Kind.WALKING, ("a", "b"), ("ada",))]
    assert found(one, other, walking=Walking(10)) == [(Kind.WALKING, ("a", "b"), ("ada",))]
    assert found(one, other, walking=Walking(10, {frozenset(("Hall", "Aula")): 5})) == []


def test_more_stars_than_places_are_told_and_the_state_changes_with_every_tenth():
    session = a_session("a", capacity=100)

    def state(stars):
        return [each.state for each in warnings(Known(a_programme(session), stars={"a": stars}))]

    assert found(session, stars={"a": 100}) == []
    assert found(session, stars={"a": 101}) == [(Kind.CAPACITY, ("a",), ())]
    assert state(101) == state(109) != state(110)


def test_who_presents_is_registered_or_told_apart_from_who_is_not_known():
    people = tuple(values.PersonItem(each, each, disclosure="") for each in ("ada", "ben", "cleo", "dov"))
    talk = a_talk("t", "ada", "ben", "cleo", "dov", presenting=["ada", "ben", "cleo"])
    session = a_session("a", kind="Posters", presentations=(talk,))
    known = {"people": people, "persons": {"ada": 1, "ben": 2}}

    assert found(session, **known) == []
    assert found(session, **known, registered=frozenset([1])) == [
        (Kind.UNREGISTERED, ("t",), ("ben",)),
        (Kind.UNKNOWN, ("t",), ("cleo",)),
    ]


def test_what_a_warning_rests_on_changes_with_time_and_room():
    def state(**second):
        sessions = a_session("a", room="Aula"), a_session("b", **{"starts": 30, "ends": 90, "room": "Aula", **second})
        return [(each.key, each.state) for each in warnings(Known(a_programme(*sessions)))]

    ((key, first),) = state()

    ((same, later),) = state(starts=40)
    assert same == key
    assert later != first


def test_grave_ones_come_first_and_each_kind_in_order_of_time():
    late = [a_session("a", 100, 160, room="Aula"), a_session("b", 100, 160, room="Aula")]
    early = [a_session("c", 0, 60, room="Aula"), a_session("d", 0, 60, room="Aula", capacity=1)]

    told = warnings(Known(a_programme(*late, *early), stars={"d": 5}))

    assert [(each.kind, each.starts) for each in told] == [
        (Kind.ROOM, at(0)),
        (Kind.ROOM, at(100)),
        (Kind.CAPACITY, at(0)),
    ]
