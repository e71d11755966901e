"""The desk sees the programme whole and as the public will; nobody else sees anything of either."""

from datetime import timedelta

import pytest
import time_machine

from conference.schedule import draft
from conference.schedule.abstracts import looking
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from tests.schedule.abstracts.conftest import DESK, STARTS, a_programme, the_meeting
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
