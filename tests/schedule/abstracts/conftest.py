"""A meeting with abstracts, and somebody who works on its programme."""

from datetime import UTC, datetime, time, timedelta

import pytest

from conference import meetings
from conference.kernel import db
from conference.schedule import draft
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from tests.schedule.conftest import bring, publish
from tests.signing_in import signed_in

STARTS = datetime(2027, 5, 11, 14, 0, tzinfo=UTC)  # 9:00 on the clock of Chicago
GUIDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(90)]
DESK = "/staff/schedule/EX27"
INSTITUTE = values.AffiliationItem("Żurawska Institute", "Biology", "Łódź", "", "PL", "05dxps055")
CLINIC = values.AffiliationItem("Muster Clinic")
EVENING = datetime(2027, 5, 1, 21, 30, 45, tzinfo=UTC)
STANDING = (
    values.EmbargoRule("text", "session", "Oral"),
    values.EmbargoRule("files", "meeting", "Poster", clock=time(6)),
    values.EmbargoRule("award", "instant", at=EVENING),
)


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")


@pytest.fixture
def written(meeting, now):
    """The meeting with three abstracts in the draft: one is a talk and a poster, one a talk, one nowhere; the first release."""
    bring(meeting, write_nested(a_programme()), now)
    publish(meeting, now)
    return meeting


@pytest.fixture
def ruled(meeting, now):
    """The meeting with the same in the draft, and three rules."""
    bring(meeting, write_nested(a_programme(rules=STANDING)), now)
    return meeting


def a_programme(*, rules=(), own=values.NONE, more=0):
    """Three abstracts by Ada and Ben, two sessions; `more` abstracts beside them."""
    people = (
        values.PersonItem(GUIDS[1], "Ada Ångström", 1, "Ada", family="Ångström", disclosure=""),
        values.PersonItem(GUIDS[2], "Ben Muster", 2, "Ben", family="Muster"),
    )
    ada = values.Authorship(GUIDS[1], (INSTITUTE, CLINIC), presenting=True, corresponding=True)
    ben = values.Authorship(GUIDS[2], (CLINIC,))
    sections = (
        values.Section("Aims", "<p>One &lt; two.</p><p>Three.</p>"),
        values.Section("", "<p>H<sub>2</sub>O</p>"),
    )
    first = values.AbstractItem(
        GUIDS[3],
        "Capsids",
        1,
        late_breaking=True,
        award="Best paper",
        sections=sections,
        topics=("Vectors", "Eye"),
        links=(values.Link("https://example.org/slides", "Slides"),),
        authors=(ada, ben),
        embargo=own,
    )
    second = values.AbstractItem(GUIDS[4], "Eyes", 2, topics=("Eye",), authors=(ada,))
    third = values.AbstractItem(GUIDS[5], "Übersicht", 3, status="submitted")
    others = tuple(
        values.AbstractItem(GUIDS[20 + turn], f"More {turn}", 20 + turn, sections=sections, authors=(ada, ben))
        for turn in range(more)
    )
    talks = (
        _talk(6, 101, "Oral", first),
        _talk(7, 102, "Oral", second),
        *(_talk(50 + turn, 150 + turn, "Oral", each) for turn, each in enumerate(others)),
    )
    sessions = (
        _session(8, 100, "Talks", STARTS, talks),
        _session(9, 110, "Posters", STARTS + timedelta(hours=3), (_talk(10, 111, "Poster", first),)),
    )
    return values.Programme(
        title="Example 2027",
        acronym="EX27",
        timezone="America/Chicago",
        kinds=(values.Kind("Oral", 15), values.Kind("Poster"), values.Kind("Flash talk", 5)),
        embargoes=tuple(rules),
        people=people,
        abstracts=(first, second, third, *others),
        sessions=sessions,
    )


def the_meeting():
    """The meeting as it is now."""
    db.session.expire_all()
    return meetings.by_code("EX27")


def the_abstract(number=1):
    """An abstract of the draft as a value."""
    meeting = the_meeting()
    return next(draft.abstract_item(row) for row in draft.abstracts(meeting) if row.number == number)


def _talk(guid, number, kind, abstract):
    return values.presenting(values.PresentationItem(GUIDS[guid], "", number, kind=kind), abstract)


def _session(guid, number, title, starts, talks):
    return values.SessionItem(
        GUIDS[guid], title, starts, starts + timedelta(hours=2), starts.date(), number, room="Hall", presentations=talks
    )
