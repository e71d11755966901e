"""A talk for which no abstract was handed in gets one at the desk, and its authors are changed with it; nobody reads anything else for that."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from conference.kernel import transaction
from conference.schedule import draft, queries
from conference.schedule.abstracts import from_talks
from conference.schedule.formats import write_nested
from tests.conftest import empty_tables
from tests.schedule.abstracts.conftest import a_programme, ruled, the_meeting, written
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import a_meeting, bring
from tests.schedule.timetable.desk import DESK, plain, row_of
from tests.trying import tries

__all__ = ["a_programme", "ruled", "written"]
ADDRESS = f"{DESK}/40/talks/30"


def made(client, meeting, address=ADDRESS, number=40):
    return client.post(f"{address}/abstract", data={"version": row_of(meeting, number).version})


def read(programme):
    """All that anybody reads of a programme: presentations as they are printed."""
    return [replace(talk, submission="") for session in programme.sessions for talk in session.presentations]


def test_it_reads_as_before_and_its_authors_are_changed_with_the_form_of_abstracts(cleo, released):
    before = read(draft.load(released))

    answer = made(cleo, released)

    assert answer.status_code == 303
    assert read(draft.load(released)) == before
    edit = answer.location
    form = fields_of(cleo.get(edit).text, edit)
    names = [form[f"authors-{row}-name"] for row in range(2)]
    swapped = form | {"authors-0-place": "2", "authors-1-place": "1"}
    assert cleo.post(edit, data=swapped).status_code == 303
    talk = next(each for each in row_of(released, 40).presentations if each.number == 30)
    assert [each.contributor.name for each in talk.submission.authors] == names[::-1]


def test_a_talk_that_presents_one_has_it_and_gets_no_second(cleo, released):
    made(cleo, released)

    again = made(cleo, released)

    assert "This talk presents an abstract already." in cleo.get(again.location).text
    assert len(draft.load(released).abstracts) == 1
    assert "Make an abstract of it" not in cleo.get(ADDRESS).text


@pytest.mark.parametrize("version", ["1000", "", "nonsense", "9" * 40])
def test_whoever_saw_another_session_is_told_and_nothing_is_made(cleo, released, version):
    answer = cleo.post(f"{ADDRESS}/abstract", data={"version": version})

    assert "Somebody else has changed this session" in plain(cleo.get(answer.location).text)
    assert draft.load(released).abstracts == ()


def test_where_embargoes_go_by_kinds_a_talk_without_one_gets_no_abstract(cleo, ruled):
    with transaction():
        talk = next(each for each in row_of(ruled, 100).presentations if each.number == 102)
        talk.kind, talk.abstract_id, talk.title = "", None, "Untold"
    before = draft.load(the_meeting())

    answer = made(cleo, ruled, f"{DESK}/100/talks/102", 100)

    assert "Embargoes go by kinds here" in cleo.get(answer.location).text
    assert draft.load(the_meeting()) == before


@settings(deadline=None, max_examples=tries(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programme=programmes())
def test_of_any_talk_nobody_reads_anything_else_for_it(context, now, programme):
    empty_tables()
    meeting = a_meeting()
    bring(meeting, write_nested(replace(programme, embargoes=())), now)
    before = read(draft.load(meeting))

    for number, talk_number in talks_without_one(meeting):
        make(meeting, number, talk_number, now)

    after = draft.load(meeting)
    assert read(after) == before
    assert all(talk.submission for session in after.sessions for talk in session.presentations)


def talks_without_one(meeting):
    """[(number of a session, number of a talk that presents no abstract)]."""
    found = draft.load(meeting).sessions
    return [(each.number, talk.number) for each in found for talk in each.presentations if not talk.submission]


def make(meeting, number, talk_number, now):
    session = queries.session_numbered(meeting, number)
    talk = next(each for each in session.presentations if each.number == talk_number)
    with transaction():
        from_talks.make(meeting, talk, session, version=session.version, by=None, now=now)
