"""Nobody fills the tables with schedules of nobody."""

from datetime import timedelta

import time_machine

from conference.accounts import rules
from conference.kernel import clock
from conference.schedule.models import Itinerary
from tests.conftest import browser
from tests.schedule.test_stars import rows, star


def test_one_network_begins_only_so_many_schedules_without_an_account(context, released, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "stars-from-client", (rules.Limit(2, timedelta(hours=1)),))
    visitors = [browser(context) for _ in range(3)]
    with time_machine.travel(rules.window_start(clock.now(), timedelta(hours=1)), tick=False):
        answers = [star(each, 40).status_code for each in visitors]
        more = star(visitors[0], 30).status_code

    assert (answers, more) == ([303, 303, 429], 303)
    assert rows(Itinerary) == 2


def test_a_cookie_made_up_begins_no_schedule_beyond_the_limit(client, released, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "stars-from-client", (rules.Limit(0, timedelta(hours=1)),))
    client.set_cookie("plenary_stars", "made-up")

    assert star(client, 40).status_code == 429
    assert rows(Itinerary) == 0
