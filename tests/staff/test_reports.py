"""Reports: every number is that of the list it leads to."""

import io
import re

from openpyxl import load_workbook

from conference.kernel import clock, transaction
from tests.cast import a_membership
from tests.staff.cast import a_registration, an_order, page, settle, somebody

REPORTS = "/staff/reports/T1"


def a_crowd(meeting):
    ada = somebody("Ada", country="DE")
    with transaction():
        a_membership(ada, clock.now())
    settle(an_order(meeting, ada, extras=("dinner",))[1])
    a_registration(meeting, "Ben", known={"country": "DE"}, mode="virtual")
    an_order(meeting, somebody("Eve", country="FR"))


def test_every_number_is_that_of_the_list_it_leads_to(meeting, cleo):
    a_crowd(meeting)
    links = re.findall(r'<a href="(/staff/registrations/T1\?[^"]+)">(\d+)</a>', page(cleo.get(REPORTS)))

    wrong = []
    for href, count in links:
        listed = page(cleo.get(href.replace("&amp;", "&")))
        shown = re.search(r"With th(?:is|ese) (\d+) registration", listed)
        wrong += [] if shown and shown[1] == count else [(href, count, shown and shown[1])]

    assert len(links) >= 10
    assert wrong == []


def test_totals_tie_out(meeting, cleo):
    a_crowd(meeting)

    for subject in ("category", "country", "price", "mode"):
        rows = list(load_workbook(io.BytesIO(cleo.get(f"{REPORTS}/{subject}.xlsx").data)).active.values)[1:]
        assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == (2, 1), subject
    assert page(cleo.get(f"{REPORTS}/country.csv")).splitlines()[1] == "Germany,2,0,2"


def test_reports_are_for_the_office(meeting, dov, fay):
    assert [client.get(REPORTS).status_code for client in (dov, fay)] == [403, 200]
    assert fay.get(f"{REPORTS}/nonsense.csv").status_code == 404
