"""The list of registrations: its address decides what it shows, and the export is the same."""

import csv
import io

import pytest

from conference import audit
from conference.kernel import clock, transaction
from tests.cast import a_membership
from tests.staff.cast import a_registration, an_order, page, settle, somebody

LIST = "/staff/registrations/T1"
EXPORT = LIST + "/export.csv"
EVERYBODY = {"ada", "ben", "eve"}


@pytest.fixture
def crowd(meeting):
    """Ada: member, with dinner, from Germany. Ben: virtual, from Japan. Eve: one day, not paid yet."""
    ada = somebody("Ada", country="DE", institution='=HYPERLINK("http://example.org")')
    with transaction():
        a_membership(ada, clock.now())
    _entry, order = an_order(meeting, ada, extras=("dinner",), diet="Vegan")
    settle(order)
    a_registration(meeting, "Ben", known={"country": "JP"}, mode="virtual")
    an_order(meeting, somebody("Eve", country="FR"), span=meeting.starts.isoformat())
    return order


def names_in(text):
    return {name for name in EVERYBODY if f"{name.title()}</bdi>" in text}


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(page(answer).removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", EVERYBODY),
        ("state=confirmed", {"ada", "ben"}),
        ("state=held", {"eve"}),
        ("category=full", EVERYBODY),
        ("category=regular", set()),
        ("mode=virtual", {"ben"}),
        ("country=DE", {"ada"}),
        ("price=member", {"ada"}),
        ("price=other", {"ben", "eve"}),
        ("extra=dinner", {"ada"}),
        ("q=eve", {"eve"}),
        ("q=ben%40example.org", {"ben"}),
        ("sold=2020-01-01", set()),
        ("country=JP&mode=virtual&state=confirmed&sort=name", {"ben"}),
        ("state=nonsense&mode=x&price=y&sold=z&sort=q&page=99", EVERYBODY),
    ],
)
def test_the_list_and_the_export_show_what_the_address_asks_for(meeting, crowd, cleo, asked, shown):
    listed, exported = cleo.get(f"{LIST}?{asked}"), rows_of(cleo.get(f"{EXPORT}?{asked}"))

    assert names_in(page(listed)) == shown
    assert {row["given_name"].lower() for row in exported} == shown


def test_the_days_and_the_day_of_sale_are_filters_too(meeting, crowd, cleo):
    sold = clock.now().astimezone(meeting.zone).date().isoformat()

    assert names_in(page(cleo.get(f"{LIST}?span={meeting.starts.isoformat()}"))) == {"eve"}
    assert names_in(page(cleo.get(f"{LIST}?sold={sold}"))) == {"ada", "ben", "eve"}
    assert names_in(page(cleo.get(f"{LIST}?sold={sold}&state=held"))) == {"eve"}


def test_an_order_is_found_by_its_reference(meeting, crowd, cleo):
    assert names_in(page(cleo.get(f"{LIST}?q={crowd.ref}"))) == {"ada"}


@pytest.mark.parametrize(
    ("sort", "first"), [("country", "Ada"), ("-country", "Ben"), ("name", "Ada"), ("-name", "Eve")]
)
def test_columns_sort_both_ways(meeting, crowd, cleo, sort, first):
    assert rows_of(cleo.get(f"{EXPORT}?sort={sort}"))[0]["given_name"] == first


@pytest.mark.parametrize("sort", ["when", "-when", "institution", "category", "state"])
def test_every_column_that_offers_it_sorts(meeting, crowd, cleo, sort):
    assert names_in(page(cleo.get(f"{LIST}?sort={sort}"))) == EVERYBODY


def test_the_tabs_count_each_state_under_the_other_filters(meeting, crowd, cleo):
    text = page(cleo.get(f"{LIST}?state=held&country=DE")).split('aria-label="States"')[1].split("</nav>")[0]

    counts = [part.split("<")[0] for part in text.split('class="tab-count">')[1:]]

    assert counts == ["1", "1", "0", "0", "0"]


def test_the_export_tells_the_choice_and_defuses_formulas(meeting, crowd, cleo):
    ada = next(row for row in rows_of(cleo.get(EXPORT)) if row["given_name"] == "Ada")

    told = [ada[name] for name in ("institution", "member_price", "add_ons", "order_state", "order_total", "currency")]

    assert told == ['\'=HYPERLINK("http://example.org")', "yes", "Dinner", "paid", "305.00", "USD"]
    assert "diet" not in ada


def test_answers_are_exported_for_registration_alone_and_every_export_is_remembered(meeting, crowd, cleo, fay):
    rows = rows_of(cleo.get(f"{EXPORT}?answers=yes"))

    assert {row["given_name"]: row["diet"] for row in rows} == {"Ada": "Vegan", "Ben": "", "Eve": ""}
    assert fay.get(f"{EXPORT}?answers=yes").status_code == 403
    assert audit.story_of(meeting)[0].after["answers"] is True


def test_the_list_needs_no_more_queries_for_more_rows(meeting, cleo, statements):
    a_registration(meeting, "Ada", extras=("dinner",))
    cleo.get(LIST)
    with statements() as few:
        assert names_in(page(cleo.get(LIST))) == {"ada"}
    for name in ("Ben", "Eve"):
        a_registration(meeting, name)

    with statements() as many:
        assert names_in(page(cleo.get(LIST))) == EVERYBODY

    assert len(many) == len(few)


def test_an_empty_list_says_what_will_be_here(meeting, cleo):
    assert "Nobody has begun to register" in page(cleo.get(LIST))
    assert "No registration matches" in page(cleo.get(f"{LIST}?q=zzz"))


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff", "country=%00&extra=%F0%9F%98%80", "sold=9999-12-31", "span=" + "x" * 900]
)
def test_nonsense_in_the_address_is_no_fault(meeting, crowd, cleo, query):
    assert {cleo.get(f"{path}?{query}").status_code for path in (LIST, EXPORT)} == {200}
