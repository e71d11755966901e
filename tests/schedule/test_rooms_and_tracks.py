"""Rooms and tracks at the desk: renamed, put in order, coloured, added, taken away when nothing uses them."""

import pytest

from conference import audit
from conference.kernel import transaction
from conference.schedule import draft, queries
from tests.schedule.abstracts.conftest import the_meeting
from tests.schedule.abstracts.filled import fields_of
from tests.signing_in import signed_in

DESK = "/staff/schedule/EX27"
ROOMS, TRACKS = f"{DESK}/rooms", f"{DESK}/tracks"
ALIKE = "R\u043e\u043em 1"  # with Cyrillic letters in the middle


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")


def filled(client, address=ROOMS, **known):
    return fields_of(client.get(ROOMS).text, address) | known


def rooms():
    return [row.name for row in draft.rooms(the_meeting())]


def tracks():
    return [(row.name, row.colour) for row in draft.tracks(the_meeting())]


def test_a_room_is_renamed_wherever_it_stands(cleo, released):
    with transaction():
        talk = queries.session_numbered(released, 41).presentations[0]
        talk.hall = "Room 1"

    assert cleo.post(ROOMS, data=filled(cleo, **{"rooms-1-name": "Aula"})).status_code == 303

    programme = draft.load(the_meeting())
    assert {session.number: session.room for session in programme.sessions} == {40: "Aula", 41: "Hall"}
    assert [talk.hall for session in programme.sessions for talk in session.presentations if talk.hall] == ["Aula"]
    entry = audit.story_of(the_meeting())[0]
    assert (entry.verb, entry.before["rooms"], entry.after["rooms"]) == ("set rooms of", ["Hall", "Room 1"], ["Hall", "Aula"])  # fmt: skip


def test_who_has_a_session_open_when_its_room_is_renamed_makes_no_second_one(cleo, released):
    editor = f"{DESK}/sessions/40"
    seen = fields_of(cleo.get(editor).text, editor)
    cleo.post(ROOMS, data=filled(cleo, **{"rooms-1-name": "Aula"}))

    assert cleo.post(editor, data=seen).status_code == 409
    assert rooms() == ["Hall", "Aula"]


def test_rooms_are_put_in_order_added_and_taken_away(cleo, released):
    added = filled(cleo, **{"rooms-0-place": "2", "rooms-1-place": "1", "rooms-2-name": "Attic"})
    assert cleo.post(ROOMS, data=added).status_code == 303
    assert rooms() == ["Room 1", "Hall", "Attic"]

    assert cleo.post(ROOMS, data=filled(cleo, **{"rooms-2-gone": "y"})).status_code == 303

    assert rooms() == ["Room 1", "Hall"]


def test_tracks_get_a_colour_and_another_name(cleo, released):
    form = filled(cleo, TRACKS, **{"tracks-0-name": "Delivery", "tracks-0-colour": "#0B5D78", "tracks-1-name": "Eye"})

    assert cleo.post(TRACKS, data=form).status_code == 303

    assert tracks() == [("Delivery", "#0b5d78"), ("Eye", "")]
    talks = [talk.track for session in draft.load(the_meeting()).sessions for talk in session.presentations]
    assert set(talks) == {"Delivery"}


@pytest.mark.parametrize(
    ("address", "known", "status"),
    [
        (ROOMS, {"rooms-0-gone": "y"}, 409),
        (ROOMS, {"rooms-1-name": "Hall"}, 409),
        (ROOMS, {"rooms-0-name": "Room 1", "rooms-1-name": "Hall"}, 409),
        (ROOMS, {"rooms-2-name": ALIKE}, 409),
        (ROOMS, {"rooms-2-name": "x" * 301}, 422),
        (ROOMS, {"seen": ""}, 409),
        (TRACKS, {"tracks-0-gone": "y"}, 409),
        (TRACKS, {"tracks-0-colour": "red"}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_kept(cleo, released, address, known, status):
    before = rooms(), tracks()

    answer = cleo.post(address, data=filled(cleo, address, **known))

    assert answer.status_code == status
    assert {name: fields_of(answer.text, address)[name] for name in known if name != "seen"} == {
        name: value for name, value in known.items() if name != "seen"
    }
    assert (rooms(), tracks()) == before


def test_names_that_look_alike_are_two_when_that_is_said_and_are_pointed_out(cleo, released):
    refused = cleo.post(ROOMS, data=filled(cleo, **{"rooms-2-name": ALIKE}))

    assert "These names look the same" in refused.text
    again = fields_of(refused.text, ROOMS) | {"is_apart": "y"}
    assert cleo.post(ROOMS, data=again).status_code == 303
    assert rooms() == ["Hall", "Room 1", ALIKE]
    assert "Rooms that look the same and are not" in cleo.get(ROOMS).text


def test_whoever_was_slower_is_told_and_may_save_again(cleo, released):
    mine = filled(cleo, **{"rooms-3-name": "Attic"})
    cleo.post(ROOMS, data=filled(cleo, **{"rooms-2-name": "Cellar"}))

    refused = cleo.post(ROOMS, data=mine)

    assert refused.status_code == 409
    assert cleo.post(ROOMS, data=fields_of(refused.text, ROOMS)).status_code == 303
    assert rooms() == ["Hall", "Room 1", "Cellar", "Attic"]


def test_rooms_that_are_not_sent_stay(cleo, released):
    seen = filled(cleo)["seen"]

    assert cleo.post(ROOMS, data={"seen": seen}).status_code == 303

    assert rooms() == ["Hall", "Room 1"]


def test_a_name_that_is_emptied_and_ticked_is_taken_away_and_one_that_is_too_long_for_a_talk_is_refused(cleo, released):
    cleo.post(ROOMS, data=filled(cleo, **{"rooms-2-name": "Foyer"}))
    assert "Foyer" in rooms()
    place = rooms().index("Foyer")

    assert (
        cleo.post(ROOMS, data=filled(cleo, **{f"rooms-{place}-name": "", f"rooms-{place}-gone": "y"})).status_code
        == 303
    )
    assert "Foyer" not in rooms()
    assert cleo.post(ROOMS, data=filled(cleo, **{"rooms-0-name": "x" * 201})).status_code == 422
