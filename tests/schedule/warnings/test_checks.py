"""What a programme is checked against, who may look, and the command that tells it."""

import json

import pytest
from sqlalchemy import select

from conference import audit, schedule
from conference.kernel import db
from conference.schedule.models import Room
from tests.schedule.warnings.looking import told
from tests.signing_in import signed_in

DESK = "/staff/schedule/EX27"


def room(name):
    return db.session.scalar(select(Room).where(Room.name == name))


def test_ways_between_rooms_are_kept_in_both_directions_and_taken_away(cleo, crowded):
    first, second = room("Room 1").id, room("Hall").id

    for one, other, minutes in ((first, second, 5), (second, first, 7)):
        form = {"one": one, "other": other, "minutes": minutes}
        assert cleo.post(f"{DESK}/ways", data=form).status_code == 303

    (way,) = schedule.warnings.ways_of(crowded)
    assert ({way.one, way.other}, way.minutes) == ({"Room 1", "Hall"}, 7)
    assert cleo.post(f"{DESK}/ways/{way.id}/gone").status_code == 303
    assert schedule.warnings.ways_of(crowded) == []


@pytest.mark.parametrize(("one", "other", "minutes"), [(0, 0, "5"), (0, 1, "-1"), (0, 1, "241"), (0, 1, "x")])
def test_a_way_that_is_none_is_refused(cleo, crowded, one, other, minutes):
    ids = [room("Room 1").id, room("Hall").id]

    answer = cleo.post(f"{DESK}/ways", data={"one": ids[one], "other": ids[other], "minutes": minutes})

    assert answer.status_code == 422
    assert schedule.warnings.ways_of(crowded) == []


def test_what_is_checked_is_decided_and_remembered(cleo, crowded, now):
    assert "disclosure" in [kind for kind, *_ in told(crowded)]

    cleo.post(f"{DESK}/checks", data={"walk_minutes": "5", "disclosing": "nobody"})

    assert "disclosure" not in [kind for kind, *_ in told(crowded)]
    assert schedule.warnings.policy(crowded).walk_minutes == 5
    entries = audit.happenings(audit.story_of(crowded))
    assert any("checked against" in entry["what"] for entry in entries)


@pytest.mark.parametrize("path", ["/warnings", "/warnings.csv", "/checks", f"/warnings/{'0' * 32}"])
def test_others_are_kept_out(context, crowded, path):
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert dov.get(DESK + path).status_code == 403


def test_the_command_tells_it_to_people_and_to_scripts(app, crowded):
    def run(*words):
        return app.test_cli_runner().invoke(args=["schedule", "check", *words])

    whole = json.loads(run("--meeting", "ex27", "--json").output.splitlines()[-1])
    spoken = run("--meeting", "EX27").output

    assert whole["counts"]["room"] == 1
    assert whole["warnings"][0]["text"] == "Two sessions are in Room 1 at once."
    assert "wrong: Two sessions are in Room 1 at once." in spoken
    assert run("--meeting", "XX").exit_code == 2
