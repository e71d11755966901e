"""Tables put talks into sessions and order, and know those that were taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from conference.kernel import db, transaction
from conference.schedule.models import Presentation
from tests.schedule.conftest import bring
from tests.schedule.programmes import a_program
from tests.schedule.test_tables_draft import sessions_of


def test_rows_of_presentations_add_move_and_order_talks(meeting, now):
    bring(meeting, a_program(), now)
    talks = sessions_of(meeting)["Talks"].presentations

    report = bring(
        meeting,
        f"id,session,order,title\n{talks[1].guid},Posters,1,Capsids\nnew,40,1,First\n".encode(),
        now,
    )

    after = sessions_of(meeting)
    assert [talk.title for talk in after["Talks"].presentations] == ["First", "Vectors"]
    assert after["Posters"].presentations[0].guid == talks[1].guid
    assert report.withdrawn == 0


@pytest.mark.parametrize(
    "rows", ["{0},Talks,2", "{1},Talks,1", "{0},Talks,2\n{1},Talks,1", "{1},Talks,9\n{0},Talks,20"]
)
def test_an_order_is_the_place_itself_and_the_same_file_again_changes_nothing(meeting, now, rows):
    bring(meeting, a_program(), now)
    talks = [talk.guid for talk in sessions_of(meeting)["Talks"].presentations]
    content = f"id,session,order\n{rows.format(*talks)}\n".encode()

    bring(meeting, content, now)
    ordered = sessions_of(meeting)["Talks"].presentations
    again = bring(meeting, content, now)

    assert [talk.guid for talk in ordered] == talks[::-1]
    assert sessions_of(meeting)["Talks"].presentations == ordered
    assert (again.added, again.changed, again.withdrawn) == (0, 0, 0)


def taken_back(meeting, title):
    """A talk of the draft without its place, as the undo of a timetable leaves it."""
    with transaction():
        talk = db.session.scalar(
            select(Presentation).where(Presentation.meeting_id == meeting.id, Presentation.title == title)
        )
        talk.session_id, talk.withdrawn = None, True
    return talk


def test_a_talk_that_was_taken_back_is_known_by_its_number_and_comes_back_whole(meeting, now):
    bring(meeting, a_program(), now)
    (before,) = [talk for talk in sessions_of(meeting)["Talks"].presentations if talk.title == "Vectors"]
    talk = taken_back(meeting, "Vectors")

    report = bring(meeting, f"number,session,board\n{talk.number},Posters,B7\n".encode(), now)

    (after,) = [each for each in sessions_of(meeting)["Posters"].presentations if each.guid == talk.guid]
    assert after == replace(before, board="B7")
    assert (report.added, report.changed) == (0, 2)  # the session has another talk


def test_a_talk_that_was_taken_back_is_not_found_by_its_title_and_has_no_authors_to_be_set(meeting, now):
    bring(meeting, a_program(), now)
    talk = taken_back(meeting, "Vectors")

    by_title = bring(meeting, b"presentation,session,name\nVectors,,Ada Example\n", now)
    by_number = bring(meeting, f"presentation,session,name\n{talk.number},,Ada Example\n".encode(), now)

    assert "there is no presentation" in str(by_title.skipped)
    assert "it was taken back and is in no session" in str(by_number.skipped)
