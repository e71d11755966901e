"""What a talk is can be changed once it exists: kind, board, hall, track, and its words where no abstract has them."""

import pytest
from sqlalchemy import select

from conference.kernel import db, transaction
from conference.schedule import draft
from conference.schedule.abstracts import held
from conference.schedule.models import Presentation, Track
from tests.schedule.abstracts.conftest import a_programme, ruled, the_meeting, written
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.timetable.desk import DESK, row_of, undo_of

__all__ = ["a_programme", "ruled", "written"]
ADDRESS = f"{DESK}/40/talks/30"
COLUMNS = ("title", "kind", "board", "hall", "abstract", "minutes")


def filled(client, address=ADDRESS, **known):
    return fields_of(client.get(address).text, address) | known


def facts_of(meeting, number=30):
    talk = next(each for each in row_of(meeting, 40).presentations if each.number == number)
    return {name: getattr(talk, name) for name in COLUMNS} | {"track": talk.track and talk.track.name}


@pytest.fixture
def track(released):
    with transaction():
        row = Track(meeting_id=released.id, name="Delivery", position=7)
        db.session.add(row)
    return str(row.id)


def test_a_talk_gets_other_words_and_they_are_taken_back(cleo, released, track):
    before = facts_of(released)
    typed = {"title": "Shells", "kind": "Keynote", "board": "P7", "hall": "Hall", "text": "New < old.", "track": track}

    saved = cleo.post(ADDRESS, data=filled(cleo, **typed))

    assert saved.status_code == 303
    assert facts_of(released) == before | {
        "title": "Shells", "kind": "Keynote", "board": "P7", "hall": "Hall", "abstract": "<p>New &lt; old.</p>", "track": "Delivery",
    }  # fmt: skip
    address, form = undo_of(cleo.get(saved.location).text)
    assert cleo.post(address, data=form).status_code == 303
    assert facts_of(released) == before


def test_what_is_not_sent_of_a_talk_stays(cleo, released, track):
    cleo.post(ADDRESS, data=filled(cleo, board="P7", track=track))
    before = facts_of(released)

    sent = {"session": "40", "place": "1", "minutes": "20", "version": row_of(released, 40).version}
    assert cleo.post(ADDRESS, data=sent).status_code == 303

    assert facts_of(released) == before | {"minutes": 20}


@pytest.mark.parametrize(("field", "value"), [("title", ""), ("track", "999"), ("board", "x" * 41), ("kind", "x" * 101), ("hall", "x" * 201)])  # fmt: skip
def test_words_that_cannot_be_are_refused_at_their_field(cleo, released, field, value):
    answer = cleo.post(ADDRESS, data=filled(cleo, **{field: value}))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_a_talk_of_an_abstract_has_its_words_from_there(cleo, ruled):
    address = f"{DESK}/100/talks/101"
    form = filled(cleo, address)

    assert cleo.post(address, data=form | {"title": "Mine", "text": "Mine", "board": "9"}).status_code == 303

    db.session.expire_all()
    talk = db.session.scalar(select(Presentation).where(Presentation.number == 101))
    assert not {"title", "text"} & {*form}
    assert (talk.title, talk.abstract, talk.board) == ("", "", "9")


@pytest.mark.parametrize("kind", ["", "Postr"])
def test_where_embargoes_go_by_kinds_no_talk_gets_a_kind_that_there_is_not(cleo, ruled, kind):
    before, address = draft.load(the_meeting()), f"{DESK}/100/talks/102"

    answer = cleo.post(address, data=filled(cleo, address, kind=kind))

    assert answer.status_code == 422
    assert "Embargoes go by kinds here" in answer.text
    assert draft.load(the_meeting()) == before


def test_another_kind_that_opens_something_earlier_says_so_and_so_does_taking_it_back(cleo, ruled):
    before, address = held.embargoes(the_meeting()), f"{DESK}/100/talks/102"

    saved = cleo.post(address, data=filled(cleo, address, kind="Poster"))

    page = cleo.get(saved.location).text
    assert held.embargoes(the_meeting()) != before
    assert "opens earlier than before" in page
    back = cleo.post(undo_of(page)[0], data=undo_of(page)[1])
    assert held.embargoes(the_meeting()) == before
    assert "opens earlier than before" in cleo.get(back.location).text
