"""Reports: every number, and every part of a picture, is that of the list it leads to."""

import io
import itertools
import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from werkzeug.datastructures import MultiDict

from conference.kernel import clock, transaction
from conference.payments import Order
from conference.registration import Registration
from conference.staff import report_charts, reporting, reporting_days
from conference.staff.listing import Listing
from conference.staff.reporting_days import Curve, stretches
from tests.cast import a_membership
from tests.staff.cast import a_meeting, a_registration, an_order, lapse, page, settle, somebody

REPORTS = "/staff/reports/T1"


@pytest.fixture
def crowd(meeting):
    """A member with a dinner, one who is virtual, one of no country with a day; one who waits for payment; one who gave up."""
    ada = somebody("Ada", country="DE")
    with transaction():
        a_membership(ada, clock.now())
    settle(an_order(meeting, ada, extras=("dinner",))[1])
    a_registration(meeting, "Ben", known={"country": "DE"}, mode="virtual")
    gus, _order = a_registration(meeting, "Gus", span=meeting.starts.isoformat())
    _entry, eves = an_order(meeting, somebody("Eve", country="FR"))
    lapse(an_order(meeting, somebody("Hal"))[1])
    with transaction():
        gus.person.country = ""  # as of somebody in a group who has not filled in anything yet
    some_days_ago(5, Registration.confirmed_at, Registration.id == gus.id)
    some_days_ago(2, Order.placed_at, Order.id == eves.id)
    return meeting


def some_days_ago(number, column, clause):
    """Let something have been so many days ago."""
    with transaction() as session:
        session.execute(update(column.class_).where(clause).values({column: clock.now() - timedelta(days=number)}))


def listed(meeting, href):
    """How many the list of an address has."""
    return len(Listing(meeting, MultiDict(parse_qsl(urlsplit(href).query)), with_answers=False).keys())


def links_of(text):
    """[(address, number)] of the numbers of a page that lead to lists."""
    return [(href.replace("&amp;", "&"), int(number)) for href, number in re.findall(
        r'<a href="(/staff/registrations/\w+\?[^"]+)">(\d+)</a>', text
    )]  # fmt: skip


@pytest.mark.parametrize("path", ["", "/places"])
def test_every_number_is_that_of_the_list_it_leads_to(crowd, cleo, path):
    found = links_of(page(cleo.get(REPORTS + path)))

    wrong = []
    for href, count in found:
        shown = re.search(r"\d+–\d+ of (\d+)", page(cleo.get(href)))
        wrong += [] if shown and int(shown[1]) == count else [(href, count, shown and shown[1])]
    assert len(found) >= (3 if path else 15)
    assert wrong == []


@pytest.mark.parametrize("subject", reporting.SUBJECTS)
def test_every_row_of_every_report_is_its_list_state_by_state(crowd, subject):
    rows = reporting.report(crowd, subject)

    for row in rows:
        counts = [len(Listing(crowd, MultiDict({**row.asked, "state": state}), with_answers=False).keys())
                  for state in ("confirmed", "held")]  # fmt: skip
        assert counts == [row.confirmed, row.held], row
    assert rows or subject == "code"


def test_every_part_of_every_picture_leads_to_as_many_as_it_stands_for(context, crowd):
    today = clock.now().astimezone(crowd.zone).date()
    some_days_ago(60, Registration.confirmed_at, Registration.mode == "virtual")
    days = stretches(reporting_days.days_of(crowd), today=today)
    assert {(each.last - each.first).days for each in days[:-1]} == {6}

    with context.test_request_context():
        parts = [*report_charts.columns(crowd, days).parts]
        for subject in ("category", "country", "mode"):
            drawn = report_charts.bars(crowd, reporting.report(crowd, subject))
            parts += [each for _row, bar in drawn for each in bar]

    assert len(parts) > 8
    for part in parts:
        assert f": {listed(crowd, part.href)} " in part.says, part


def test_who_waits_stands_on_the_day_of_the_order(crowd):
    today = clock.now().astimezone(crowd.zone).date()

    assert reporting_days.days_of(crowd) == {
        today - timedelta(days=5): (1, 0),
        today - timedelta(days=2): (0, 1),
        today: (2, 0),
    }


def test_totals_tie_out(crowd, cleo):
    for subject in ("category", "day", "country", "price", "mode"):
        rows = list(load_workbook(io.BytesIO(cleo.get(f"{REPORTS}/{subject}.xlsx").data)).active.values)[1:]
        assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == (3, 1), subject
    assert page(cleo.get(f"{REPORTS}/country.csv")).splitlines()[1] == "Germany,2,0,2"
    assert "Venue,5,2,1,0,2,0" in page(cleo.get(f"{REPORTS}/places.csv"))


def test_this_meeting_and_the_last_are_compared_as_long_before_each(crowd, cleo):
    last = a_meeting(code="T0")
    with transaction():
        last.starts, last.ends = (each - timedelta(days=400) for each in (last.starts, last.ends))
    for name, ago in (("Ivy", 405), ("Zoe", 395)):
        entry, _order = a_registration(last, name)
        some_days_ago(ago, Registration.confirmed_at, Registration.id == entry.id)

    shown = page(cleo.get(REPORTS))

    assert "Registered so far: 3. As many days before Meeting T0 began: 1." in shown
    found = [(href, count) for href, count in links_of(shown) if "/T0?" in href]
    assert found and all(listed(last, href) == count for href, count in found)
    assert shown.count("<polyline") == 2


def test_a_curve_is_level_between_the_days_on_which_it_rises(meeting):
    day = [meeting.starts + timedelta(days=number) for number in range(-20, 1)]

    curve = Curve(meeting, {day[0]: 2, day[1]: 1, day[10]: 4})

    assert curve.points(day[20]) == [(-21, 0), (-20, 2), (-19, 3), (-11, 3), (-10, 7), (0, 7)]
    assert [curve.until(each) for each in (day[0] - timedelta(days=1), day[1], day[20])] == [0, 3, 7]


@pytest.mark.parametrize(("length", "count"), [(1, 1), (45, 45), (46, 8), (400, 14)])
def test_days_become_weeks_and_months_when_there_are_many_and_nobody_is_lost(length, count):
    today = clock.now().date().replace(year=2026, month=11, day=30)
    days = {today - timedelta(days=number): (number + 1, 1) for number in range(length)}

    found = stretches(days, today=today)

    assert abs(len(found) - count) <= 1
    assert sum(each.confirmed for each in found) == sum(each for each, _held in days.values())
    assert sum(each.held for each in found) == length
    assert all(one.last + timedelta(days=1) == other.first for one, other in itertools.pairwise(found))
    assert found[0].first <= min(days) and found[-1].last == today


def test_a_meeting_that_nobody_has_registered_for_says_so(meeting, cleo):
    shown = [page(cleo.get(REPORTS + path)) for path in ("", "/places", "/money")]

    assert "None yet." in shown[0] and "<svg class" not in shown[0].partition("<main")[2].partition("By day")[0]
    assert "Venue" in shown[1] and "No money yet" in shown[2]


def test_reports_are_for_the_office(meeting, dov, fay, cleo):
    paths = ("", "/places", "/money", "/money-by-day.csv", "/places.xlsx")

    assert [[client.get(REPORTS + path).status_code for path in paths] for client in (dov, fay, cleo)] == [
        [403] * 5,
        [200] * 5,
        [200] * 5,
    ]
    assert fay.get(f"{REPORTS}/nonsense.csv").status_code == 404
