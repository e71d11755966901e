"""The desk sees the programme whole and as the public will; nobody else sees anything of either."""

from datetime import timedelta

import pytest
import time_machine

from conference.schedule import draft, releasing
from conference.schedule.abstracts import looking
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from tests.schedule.abstracts.conftest import DESK, STANDING, STARTS, a_programme, the_meeting
from tests.schedule.conftest import bring


def test_it_is_seen_as_the_public_will(cleo, ruled):
    before, after = (cleo.get(f"{DESK}/as-seen?at={at}").text for at in ("2027-05-11T08:59", "2027-05-12T09:00"))

    assert "something of 3 presentations is under embargo" in before
    assert "something of 0 presentations is under embargo" in after
    assert "Best paper" in after


@pytest.mark.parametrize(
    "query", ["", "?of=release", "?at=never&day=never", "?at=0001-01-01T00:00", "?of=x&day=2027-05-11"]
)
def test_looking_bears_every_address(cleo, ruled, query):
    assert cleo.get(f"{DESK}/as-seen{query}").status_code == 200


def test_only_the_desk_looks_at_what_is_closed(cleo, client, written, now):
    bring(the_meeting(), write_nested(a_programme(own=values.Embargo(listing=STARTS))), now)
    cleo.post(f"{DESK}/release", data={"note": ""})

    desk = [cleo.get(f"{DESK}{path}") for path in ("/whole", "/whole/101", "/whole.json", "/whole.json?of=release")]
    with time_machine.travel(STARTS - timedelta(seconds=1), tick=False):
        public = [client.get(f"/meetings/EX27/schedule/{path}") for path in ("2027-05-11", "presentations/101")]
        strangers = [client.get(f"{DESK}{path}") for path in ("/whole", "/whole/101", "/whole.json")]

    assert all("Capsids" in page.text for page in desk)
    assert all("Not for the public" in page.text for page in desk[:2])
    assert not any("Capsids" in page.text for page in public + strangers)
    assert {page.status_code for page in strangers} == {303}


def test_the_whole_draft_brought_in_again_changes_nothing(cleo, ruled, now):
    content = cleo.get(f"{DESK}/whole.json").data
    before = draft.load(the_meeting())

    report = bring(the_meeting(), content, now)

    assert (report.added, report.changed, report.withdrawn) == (0, 0, 0)
    assert draft.load(the_meeting()) == before


def test_a_look_reads_no_release_anew(written):
    assert looking.released(the_meeting()) is looking.released(the_meeting())


def test_any_release_can_be_looked_at_whole_and_as_the_public_saw_it(cleo, written, now):
    bring(the_meeting(), write_nested(a_programme(rules=STANDING, more=1)), now)
    cleo.post(f"{DESK}/release", data={"note": ""})

    paths = ("/whole?release={}", "/as-seen?of=release&release={}", "/whole.json?of=release&release={}")
    first, second = ([cleo.get(DESK + path.format(number)).text for path in paths] for number in (1, 2))

    assert not any("More 0" in page for page in first)
    assert all("More 0" in page for page in second)
    assert cleo.get(f"{DESK}/whole/150?release=1").status_code == 404
    assert cleo.get(f"{DESK}/whole/150?release=2").status_code == 200
    assert [cleo.get(DESK + path.format(3)).status_code for path in paths] == [404, 404, 404]


def test_a_release_is_seen_as_when_it_was_made_and_keeps_to_itself_from_day_to_day(cleo, ruled, now):
    cleo.post(f"{DESK}/release", data={"note": ""})

    made, listed = releasing.current(the_meeting()).at, cleo.get(DESK).text

    with time_machine.travel(made + timedelta(hours=2), tick=False):
        then = cleo.get(f"{DESK}/as-seen?of=release&release=1").text
        today = cleo.get(f"{DESK}/as-seen?of=release").text

    local = made.astimezone(the_meeting().zone)
    assert f'name="at" value="{local:%Y-%m-%dT%H:%M}"' in then
    assert f'name="at" value="{local + timedelta(hours=2):%Y-%m-%dT%H:%M}"' in today
    assert 'name="release" value="1"' in then
    assert f'{DESK}/whole?release=1"' in listed and f'{DESK}/as-seen?of=release&amp;release=1"' in listed
