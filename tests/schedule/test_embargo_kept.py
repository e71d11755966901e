"""Embargo: what could end one unasked does not: slips in a kind, withdrawn places, odd files, an old release, the way of a title out of the programme."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from conference import schedule
from conference.kernel import Refusal, db, transaction
from conference.schedule import draft, embargo, importing, queries, releasing
from conference.schedule.formats import UnreadableFile, write_nested
from conference.schedule.formats import programme as values
from conference.schedule.models import Presentation, Session
from tests.schedule.conftest import URL, bring, publish
from tests.schedule.programmes import CHICAGO, read_in
from tests.schedule.test_embargo import GUIDS, NOTIFIED, STARTS, a_programme

ORAL = [values.EmbargoRule("text", "session", "Oral")]


def held_of(programme, guid=GUIDS[5]):
    return embargo.embargoes(programme).get(guid, values.NONE)


def changed(programme, turn, **facts):
    """The programme with the first talk of one of its sessions changed."""
    sessions = list(programme.sessions)
    first, *others = sessions[turn].presentations
    sessions[turn] = replace(sessions[turn], presentations=(replace(first, **facts), *others))
    return replace(programme, sessions=tuple(sessions))


@pytest.mark.parametrize("kind", ["oral", "ORAL"])
def test_a_kind_is_the_same_in_any_letters(kind):
    assert held_of(changed(a_programme(rules=ORAL), 0, kind=kind)).text == STARTS


def test_a_presentation_that_no_rule_is_for_opens_nothing():
    assert held_of(changed(a_programme(rules=ORAL, times=2), 1, kind="")).text == STARTS


def test_what_is_withdrawn_opens_nothing():
    programme = changed(a_programme(rules=ORAL, times=2), 0, withdrawn=True)

    assert held_of(programme).text == STARTS + timedelta(hours=1)


def test_an_abstract_whose_places_are_all_withdrawn_stays_under_embargo():
    assert held_of(changed(a_programme(rules=ORAL), 0, withdrawn=True)).text == STARTS


def test_of_an_hour_that_comes_twice_the_later_one_counts():
    rule = values.EmbargoRule("text", "day", clock=time(1, 30))
    programme = a_programme(rules=[rule])
    night = replace(programme.sessions[0], day=date(2027, 11, 7))

    assert held_of(replace(programme, sessions=(night,))).text == datetime(2027, 11, 7, 7, 30, tzinfo=UTC)


def test_a_rejected_abstract_is_not_held_for_the_public():
    programme = a_programme()
    rejected = replace(programme, abstracts=(replace(programme.abstracts[0], status="rejected"),))

    assert [talk.withdrawn for talk in embargo.as_seen(rejected, STARTS).sessions[0].presentations] == [True, False]


@pytest.mark.parametrize("until", ["9999-12-31T00:00:00Z", "June 1 2027", 31])
def test_an_embargo_that_cannot_be_read_has_no_end(until):
    tree = json.loads(write_nested(a_programme()))
    tree["abstracts"][0]["embargo"] = {"listing": until}

    programme, report = read_in(json.dumps(tree).encode(), CHICAGO)

    assert held_of(programme).listing.year == 9989
    assert [entry["where"] for entry in report.repaired] == ["embargo"]


def test_a_release_holds_back_what_the_draft_does_for_ever(meeting, now):
    far = datetime(9990, 1, 1, 4, 59, tzinfo=UTC)
    bring(meeting, write_nested(a_programme()), now)
    with transaction():
        draft.abstracts(meeting)[0].listing_at = far

    with pytest.raises(RuntimeError, match="must hold back"):
        publish(meeting, now)

    assert queries.all_releases(meeting) == []


def test_a_file_that_says_nothing_of_an_embargo_does_not_end_it(meeting, now):
    bring(meeting, write_nested(a_programme()), now)
    with transaction():
        draft.abstracts(meeting)[0].listing_at = NOTIFIED

    report = bring(meeting, write_nested(a_programme()), now)

    assert draft.load(meeting).abstracts[0].embargo == values.Embargo(listing=NOTIFIED)
    assert report.changed == 0


def test_an_embargo_that_nothing_could_keep_is_refused(meeting, now):
    tree = json.loads(write_nested(a_programme()))
    tree["sessions"][0]["presentations"][1]["embargo"] = {"listing": NOTIFIED.isoformat()}

    with pytest.raises(UnreadableFile, match="no abstract that could keep it"):
        bring(meeting, json.dumps(tree).encode(), now)

    assert draft.load(meeting).sessions == ()


def test_going_back_does_not_end_an_embargo(meeting, now):
    bring(meeting, write_nested(a_programme()), now)
    publish(meeting, now)
    bring(meeting, write_nested(a_programme(rules=ORAL)), now)
    publish(meeting, now)

    with pytest.raises(Refusal, match="holds less back"), transaction():
        schedule.go_back(meeting=meeting, to=queries.release_numbered(meeting, 1), url=URL, now=now)

    assert releasing.current(meeting).number == 2


def test_a_title_that_leaves_the_programme_under_embargo_is_told_of_nowhere(client, meeting, now):
    bring(meeting, write_nested(a_programme()), now)
    publish(meeting, now)
    bring(meeting, write_nested(a_programme(own=values.Embargo(listing=NOTIFIED))), now)
    publish(meeting, now)
    with transaction():
        for row in db.session.query(Session):
            row.day = row.starts_at = row.ends_at = None
        db.session.add(
            Session(meeting_id=meeting.id, guid=GUIDS[19], number=77, title="Open", day=STARTS.date(), starts_at=STARTS, ends_at=STARTS + timedelta(hours=1))
        )  # fmt: skip
    publish(meeting, now)

    with time_machine.travel(NOTIFIED - timedelta(days=1), tick=False):
        pages = [
            client.get(f"/meetings/EX27/schedule/{path}").text
            for path in ("changes", "changes/1", "changes.atom", "changes.rss")
        ]

    assert not any("Xanthophyll" in page for page in pages)


def test_a_talk_that_was_made_at_the_desk_outlives_the_next_import(meeting, now):
    bring(meeting, write_nested(a_programme()), now)
    with transaction():
        session = db.session.query(Session).one()
        talks = [
            Presentation(meeting_id=meeting.id, session_id=session.id, guid=guid, number=90 + place, position=5 + place, title="Mine", source=source)
            for place, (guid, source) in enumerate([(GUIDS[17], "desk"), (GUIDS[18], "")])
        ]  # fmt: skip
        db.session.add_all(talks)

    programme, report = read_in(write_nested(a_programme()), CHICAGO)
    report.format = "frab"
    with transaction():
        importing.apply(meeting=meeting, programme=programme, report=report, now=now)

    db.session.expire_all()
    assert {row.guid: row.withdrawn for row in db.session.query(Presentation).where(Presentation.title == "Mine")} == {
        GUIDS[17]: False,
        GUIDS[18]: True,
    }
