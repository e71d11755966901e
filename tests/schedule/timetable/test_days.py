"""Which day the board shows."""

import re
from datetime import UTC, datetime

import time_machine

from tests.schedule.timetable.desk import DESK
from tests.signing_in import signed_in


def test_it_opens_on_the_day_that_it_is_where_the_meeting_is(context, released):
    with time_machine.travel(datetime(2027, 5, 13, 3, 0, tzinfo=UTC), tick=False):  # 22:00 of the 12th in Chicago
        desk = signed_in(context, "cleo@example.org", roles=["programme"])
        page = desk.get(DESK).text

    assert re.search(r'day=2027-05-12"[^>]*aria-current|aria-current[^>]*day=2027-05-12"', page)
