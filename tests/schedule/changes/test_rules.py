"""What differs between two states of a programme, in words, and what of it is public."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings

from conference.schedule.changes import rules
from conference.schedule.formats import programme as values
from conference.schedule.formats.embargo import Embargo
from tests.schedule.any_programme import programmes
from tests.schedule.warnings.timetables import MORNING, a_programme, a_session, a_talk

NOW = datetime(2027, 1, 1, tzinfo=UTC)
SOME = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def between(old, new, now=NOW):
    return [(each.kind, each.guid) for each in rules.between(old, new, now)]


def numbered(session, **known):
    talks = tuple(replace(talk, number=10 + place) for place, talk in enumerate(session.presentations))
    return replace(session, number=1, presentations=talks, **known)


def a_state(**known):
    talk = a_talk("t", "ada", "ben", presenting=["ada"])
    return a_programme(numbered(a_session("s", room="Aula", presentations=(talk,)), **known))


@SOME
@given(programmes())
def test_nothing_differs_from_itself(programme):
    assert rules.between(programme, programme, NOW) == []


@SOME
@given(programmes(), programmes())
def test_every_change_is_kept_as_it_is_and_each_item_is_new_gone_or_neither(old, new):
    changes = rules.between(old, new, NOW)

    assert [rules.of_kept(each.as_kept) for each in changes] == changes
    comings = [each.guid for each in changes if each.kind in (rules.NEW, rules.GONE)]
    assert len(comings) == len(set(comings))


def test_a_session_that_moves_takes_its_talks_along_and_they_go_without_saying():
    later = a_state(starts=MORNING + timedelta(hours=1), ends=MORNING + timedelta(hours=2))

    changes = rules.between(a_state(), later, NOW)

    assert [(each.kind, each.guid, each.along) for each in changes] == [("moved", "s", False), ("moved", "t", True)]
    assert [each.guid for each in rules.by_day(changes)["2027-05-11"]] == ["s"]


def test_cancelled_it_is_gone_and_back_it_is_new():
    assert between(a_state(), a_state(withdrawn=True)) == [("gone", "s"), ("gone", "t")]
    assert between(a_state(withdrawn=True), a_state()) == [("new", "s"), ("new", "t")]
    assert between(a_state(withdrawn=True), a_programme()) == []


def test_titles_authors_and_texts_are_told_apart():
    (session,) = a_state().sessions
    (talk,) = session.presentations

    def changed(**known):
        return a_programme(replace(session, presentations=(replace(talk, **known),)))

    assert between(a_state(), changed(title="Other")) == [("renamed", "t")]
    assert between(a_state(), changed(authors=talk.authors[:1])) == [("authors", "t")]
    assert between(a_state(), changed(abstract="<p>Other</p>")) == [("changed", "t")]


def test_a_move_keeps_from_when_and_where_to_when_and_where():
    (moved, _talk) = rules.between(
        a_state(), a_state(starts=MORNING + timedelta(hours=1), ends=MORNING + timedelta(hours=2), room="Hall"), NOW
    )
    (roomed, _talk) = rules.between(a_state(), a_state(room="Hall"), NOW)

    assert (moved.was.room, moved.now.room) == ("Aula", "Hall")
    assert (roomed.was.starts, roomed.now.starts) == (MORNING.isoformat(), MORNING.isoformat())


def test_what_is_closed_opens_at_its_instant_and_never_when_it_went_before():
    opens = datetime(2027, 3, 1, tzinfo=UTC)
    abstract = values.AbstractItem("x", "Hidden", embargo=Embargo(listing=opens))
    talk = values.presenting(values.PresentationItem("t", "", number=3), abstract)
    held = replace(a_programme(numbered(a_session("s")), abstracts=(abstract,)))
    held = replace(held, sessions=(replace(held.sessions[0], presentations=(talk,)),))
    bare = a_programme(numbered(a_session("s")))

    (new,) = rules.between(bare, held, NOW)
    (gone,) = rules.between(held, bare, NOW)
    (late,) = rules.between(held, bare, opens)

    def seen(change, now, closed=frozenset(), held=frozenset("t")):
        return rules.is_public(change, closed, held, now)

    assert not seen(new, opens - timedelta(seconds=1))
    assert seen(new, opens + timedelta(seconds=1))
    assert not seen(new, opens + timedelta(seconds=1), held=frozenset())
    assert not seen(new, opens + timedelta(seconds=1), closed={"t"})
    assert not seen(gone, opens + timedelta(days=400))
    assert seen(late, opens)
