"""Values for the arguments of the programme's addresses."""

import re

from sqlalchemy import select

from conference import audit
from conference.kernel import db
from tests.site.desk_values import made


def of_the_programme(site, meeting):
    """{key: value} of the programme's addresses; somebody has stars, and a session was copied in the timetable."""
    ada, schedule = site.browser("ada"), f"/meetings/{meeting.code}/schedule"
    for number in (100, 101):
        ada.post(f"{schedule}/stars/{number}", data={"starred": "1"})
    ada.post(f"{schedule}/mine/share", data={"with_name": "yes"})
    mine = ada.get(f"{schedule}/mine").text
    return {
        "secret": re.search(r"/shared/(\w+)", mine)[1],
        "schedule.feed.secret": re.search(r"/mine/(\w+)\.ics", mine)[1],
        "schedule.export.name": "ics",
        "schedule.paper.kind": "pocket",
        "schedule.number": 100,
        "schedule.presentation.number": 101,
        "schedule.presentation_calendar.number": 101,
        "schedule.person.number": 901,
        "schedule.person_calendar.number": 901,
        "schedule_staff.number": 100,
        "schedule_staff.go_back.number": 1,
        "schedule_staff.table": "sessions",
        "schedule.changes.release": 1,
        "schedule.feed_of_changes.name": "rss",
        "schedule.index.index": "institutions",
        "schedule.heading.index": "rooms",
        "schedule.heading.slug": re.search(r"/rooms/([a-z0-9-]+)\"", ada.get(f"{schedule}/rooms").text)[1],
        "staff.programme_release.number": 1,
        "staff.tell_of_release.number": 1,
        "abstracts_staff.number": 1,
        "abstracts_staff.item": 101,
        "abstracts_staff.disclosure.number": 901,
        "abstracts_staff.change_disclosure.number": 901,
        "abstracts_staff.whole_presentation.number": 101,
        "talk_number": 101,
        "entry_id": _a_copy(site, meeting),
    }


def _a_copy(site, meeting):
    """The id of the trail's entry about a session that was copied in the timetable."""
    made(site, "programme", f"/staff/schedule/{meeting.code}/timetable/100/copy", {})
    return db.session.scalar(select(audit.Entry.id).where(audit.Entry.verb == "added a session"))
