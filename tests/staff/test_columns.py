"""The list's columns, its filters on what stands in other tables, and its downloads that hold just what it shows."""

import csv
import io
from datetime import datetime, time, timedelta

import pytest
from openpyxl import load_workbook

from conference import door, registration
from conference.kernel import clock, transaction
from conference.staff.columns import columns_of
from tests.cast import a_membership
from tests.staff.cast import a_registration, an_order, page, settle, somebody

LIST = "/staff/registrations/T1"
EVERYBODY = {"ada", "ben", "eve"}


@pytest.fixture
def crowd(meeting, cleo):
    """Ada: member, dinner, has arrived. Ben: virtual. Eve: has not paid."""
    ada = somebody("Ada", country="DE", institution="=1+1")
    with transaction():
        a_membership(ada, clock.now())
    _entry, order = an_order(meeting, ada, extras=("dinner",), diet="Vegan")
    settle(order)
    a_registration(meeting, "Ben", known={"country": "JP"}, mode="virtual")
    an_order(meeting, somebody("Eve", country="FR"), diet="vegetarian")
    entry, dot = registration.by_ref(_entry.ref), somebody("Dot")
    noon = datetime.combine(meeting.starts, time(12), tzinfo=meeting.zone)
    with transaction():
        door.check_in(entry=entry, meeting=meeting, by=dot, way="search", now=noon)
    return order


def names_in(text):
    return {name for name in EVERYBODY if f"{name.title()}</bdi>" in text}


def shown_as_csv(client, asked):
    text = page(client.get(f"{LIST}/list.csv?{asked}")).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("balance=yes", {"eve"}),
        ("balance=no", {"ada", "ben"}),
        ("here=yes", {"ada"}),
        ("here=no", {"ben", "eve"}),
        ("printed=yes", set()),
        ("printed=no", EVERYBODY),
        ("redeemed=HALF", set()),
        ("a.diet=VEG", {"ada", "eve"}),
        ("a.diet=Vegan", {"ada"}),
        ("a.diet=%25", set()),
        ("a.first=yes", set()),
        ("a.nonsense=x", EVERYBODY),
        ("since=2020-01-01&until=2100-01-01", {"ada", "ben", "eve"}),
        ("since=2020-01-01&until=2100-01-01&state=confirmed", {"ada", "ben"}),
        ("until=2020-01-01", set()),
        ("mode=in_person&balance=no&a.diet=vegan", {"ada"}),
    ],
)
def test_filters_combine_and_the_downloads_hold_the_same_people(meeting, crowd, cleo, asked, shown):
    listed, rows = page(cleo.get(f"{LIST}?{asked}")), shown_as_csv(cleo, asked + "&columns=given_name,state")

    assert names_in(listed) == shown
    assert {row[0].lower() for row in rows[1:]} == shown


def test_answers_are_neither_shown_to_finance_nor_searched_by_it(meeting, crowd, cleo, fay):
    asked = "columns=name,a.diet&a.diet=Vegan"

    told, hidden = page(cleo.get(f"{LIST}?{asked}")), page(fay.get(f"{LIST}?{asked}"))

    assert "Vegan" in told
    assert names_in(hidden) == EVERYBODY
    assert "What do you eat?" not in hidden


def test_the_download_has_just_the_columns_that_are_shown_in_their_order(meeting, crowd, cleo):
    header, *rows = shown_as_csv(cleo, "columns=family_name,institution,total,paid,owed,add_ons,a.diet&sort=name")

    assert header == ["Family name", "Institution", "Total", "Paid", "Owed", "Add-ons", "What do you eat?"]
    assert rows[0][1:] == ["'=1+1", "305.00", "305.00", "0.00", "Dinner", "Vegan"]
    assert rows[2][2:5] == ["440.00", "0.00", "440.00"]


def test_a_workbook_holds_dates_and_numbers_and_no_formula(meeting, crowd, cleo):
    answer = cleo.get(f"{LIST}/list.xlsx?columns=given_name,institution,total,confirmed&sort=name")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    header, ada = list(sheet.iter_rows(min_row=1, max_row=2))

    assert [cell.value for cell in header] == ["Given name", "Institution", "Total", "Registered"]
    assert [cell.data_type for cell in ada] == ["s", "s", "n", "d"]
    assert (ada[1].value, ada[2].value, ada[2].number_format) == ("'=1+1", 305, "#,##0.00 [$USD]")
    assert abs(ada[3].value - clock.now().astimezone(meeting.zone).replace(tzinfo=None)) < timedelta(minutes=5)
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("key", [*columns_of([]), "a.diet"])
def test_every_column_can_be_shown_and_sorted_by_both_ways(meeting, crowd, cleo, key):
    for sort in (key, f"-{key}"):
        text = page(cleo.get(f"{LIST}?columns=name,{key}&sort={sort}"))

        assert names_in(text) == EVERYBODY
        assert 'aria-sort="' in text


def test_all_columns_cost_a_query_each_and_none_for_a_row(meeting, cleo, statements):
    every = f"{LIST}?columns={','.join([*columns_of([]), 'a.diet'])}"
    a_registration(meeting, "Ada", extras=("dinner",))
    cleo.get(every)
    with statements() as few:
        cleo.get(every)
    for name in ("Ben", "Eve"):
        a_registration(meeting, name)

    with statements() as many:
        assert names_in(page(cleo.get(every))) == EVERYBODY

    assert len(many) == len(few)


@pytest.mark.parametrize("columns", ["", ",,,", "nonsense", "name,name", "a.", "%00", "x" * 5000])
def test_nonsense_for_columns_is_the_usual_ones_or_what_makes_sense(meeting, crowd, cleo, columns):
    assert names_in(page(cleo.get(f"{LIST}?columns={columns}"))) == EVERYBODY
