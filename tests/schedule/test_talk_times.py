"""When talks begin and end: pins win, others follow the one before them, and calendars share out what is free."""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from conference.schedule.formats import programme as values
from conference.schedule.pruning import standing
from conference.schedule.revising import revisions
from conference.schedule.rules import calendar_times, is_poster_session, lengths_of, talk_times
from tests.schedule.any_programme import programmes
from tests.schedule.warnings.timetables import MORNING, a_programme, a_session, a_talk


def told(times):
    """Minutes from the morning on, for reading."""
    return [time and tuple(int((each - MORNING) / timedelta(minutes=1)) for each in time) for time in times]


def of(*talks, calendar=False, **session):
    """Times of the talks of one session of an hour."""
    held = a_session("s", presentations=talks, **session)
    return told(calendar_times(held) if calendar else talk_times(held))


def test_what_follows_a_pin_follows_it_and_what_is_before_it_stays():
    talks = a_talk("a", minutes=15), a_talk("b", starts=25, minutes=15), a_talk("c", minutes=10)

    assert of(*talks) == of(*talks, calendar=True) == [(0, 15), (25, 40), (40, 50)]


def test_what_does_not_fit_before_a_pin_has_no_time_and_shares_what_is_free_in_calendars():
    talks = a_talk("a", minutes=20), a_talk("b", minutes=20), a_talk("c", starts=30, minutes=10), a_talk("d")

    assert of(*talks) == [None, None, (30, 40), None]
    assert of(*talks, calendar=True) == [(0, 15), (15, 30), (30, 40), (40, 60)]


def test_a_pinned_talk_of_unknown_length_lasts_until_the_next_one_or_the_end():
    assert of(a_talk("a", starts=0), a_talk("b", starts=20), a_talk("c")) == [(0, 20), (20, 60), None]
    assert of(a_talk("a", starts=90), a_talk("b", starts=-30)) == [(90, 95), (-30, -25)]


def test_where_nobody_has_a_minute_a_calendar_has_no_times():
    assert calendar_times(a_session("s", 0, 2, presentations=tuple(a_talk(f"t{turn}") for turn in range(3)))) is None


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_calendars_never_replace_a_time_that_is_known(programme):
    lengths = lengths_of(programme.kinds)
    for session in (each for each in programme.sessions if not is_poster_session(each.kind)):
        known = talk_times(session, lengths)
        shown = calendar_times(session, lengths) or known
        assert all(one in (None, other) for one, other in zip(known, shown, strict=True))


def released(*programmes_in_turn):
    """[({guid: sequence}, counts)] of releases that follow each other."""
    ever, before, found = {}, None, []
    for programme in programmes_in_turn:
        revised, counts = revisions(programme, before, ever, MORNING)
        ever, before = ever | revised, programme
        found.append(({guid: each.sequence for guid, each in revised.items()}, counts))
    return found


def hour(first, **known):
    """A session of three talks, the first of them so long."""
    talks = a_talk("a", minutes=first, **known), a_talk("b", minutes=15), a_talk("c", minutes=15)
    return a_programme(a_session("s", presentations=talks))


def test_whatever_moves_a_talk_raises_its_sequence():
    _, (sequences, counts) = released(hour(15), hour(20))

    assert sequences == {"s": 0, "a": 1, "b": 1, "c": 1}
    assert counts["moved"] == 3


def test_what_comes_back_goes_on_from_its_last_sequence():
    late = a_programme(a_session("s", 10))
    *_, (sequences, _counts) = released(a_programme(a_session("s")), late, a_programme(), late)

    assert sequences == {"s": 2}


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "submitted"])
def test_a_talk_whose_abstract_is_not_accepted_is_cancelled_for_calendars_too(status):
    def programme(state):
        held = hour(15, submission="x")
        return values.Programme(sessions=held.sessions, abstracts=(values.AbstractItem("x", "x", status=state),))

    _, (sequences, counts) = released(programme("accepted"), programme(status))

    assert sequences == {"s": 0, "a": 1, "b": 1, "c": 1}
    assert [talk.withdrawn for talk in standing(programme(status)).sessions[0].presentations] == [True, False, False]
    assert counts["moved"] == 3
