"""An abstract is presented one way, from wherever it is asked for."""

import pytest

from conference.schedule import draft
from tests.schedule.abstracts.conftest import DESK, the_meeting
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.timetable.desk import plain, undo_of


def test_what_is_presented_at_its_abstract_is_among_the_last_changes_and_taken_back_there(cleo, written):
    there = {"session": "110", "kind": "Poster", "minutes": "", "board": "7", "hall": ""}
    cleo.post(f"{DESK}/abstracts/2/present", data=there)
    board = cleo.get(f"{DESK}/timetable").text
    assert "Talk added" in plain(board)

    address, form = undo_of(board)

    assert cleo.post(address, data=form).status_code == 303
    assert [talk.number for talk in draft.load(the_meeting()).sessions[1].presentations] == [111]
    assert cleo.post(f"{DESK}/abstracts/2/present", data=there).status_code == 303


def test_a_talk_does_not_go_to_a_session_that_has_its_abstract(cleo, written):
    address = f"{DESK}/timetable/100/talks/101"

    refused = cleo.post(address, data=fields_of(cleo.get(address).text, address) | {"session": "110"})

    assert refused.status_code == 422
    assert "This session has the abstract already" in refused.text


@pytest.mark.parametrize("kind", ["", "Postr"])
def test_where_embargoes_go_by_kinds_only_a_kind_that_there_is_gets_a_place(cleo, ruled, kind):
    before = draft.load(the_meeting())

    answer = cleo.post(f"{DESK}/abstracts/2/present", data={"session": "110", "kind": kind})

    assert answer.status_code == 409
    assert "Embargoes go by kinds here" in answer.text
    assert draft.load(the_meeting()) == before
