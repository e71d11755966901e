"""From the list to what is done to many: its filters or its ticked rows go along."""

import re

import pytest

from conference import people, registration
from conference.kernel import db
from tests.staff.cast import page
from tests.staff.together import AGAIN, BADGES, LIST, NEW, begin, crowd, recipients, work

__all__ = ["crowd"]


def test_ticked_rows_are_meant_and_nobody_else(crowd, cleo):
    refs = [
        registration.registration_in(people_meeting(crowd), people.by_email(f"{name}@example.org")).ref
        for name in ("ada", "eve")
    ]
    start = cleo.get(f"{LIST}/bulk/start?do={AGAIN}&of=ticked&tick={refs[0]}&tick={refs[1]}&mode=in_person")

    asked = start.location.partition("?")[2]
    begin(cleo, AGAIN, asked=asked)
    work()

    assert [name for name, _kind in recipients()] == ["ada", "eve"]
    assert page(cleo.get(f"{LIST}?{asked}")).count('class="tick ') == 2


def people_meeting(orders):
    return registration.by_ref(db.session.query(registration.Registration).first().ref).meeting


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        (f"do={AGAIN}&of=all&q=ada", f"{NEW}/{AGAIN}?q=ada"),
        ("do=badges&of=all&mode=virtual", f"{BADGES}?mode=virtual"),
        ("do=csv&of=all", f"{LIST}/list.csv"),
        ("do=xlsx&of=all", f"{LIST}/list.xlsx"),
        ("do=visa&of=all", "/staff/visa/T1/together"),
        ("do=&of=all&q=ada", f"{LIST}?q=ada"),
        (f"do={AGAIN}&of=ticked&q=ada", f"{LIST}?q=ada"),
        (f"do={AGAIN}&of=ticked&tick=x", LIST),
    ],
)
def test_the_menu_leads_to_each_with_the_filters_of_the_list(crowd, cleo, asked, leads):
    answer = cleo.get(f"{LIST}/bulk/start?{asked}")

    assert (answer.status_code, answer.location) == (303, leads)


def test_badges_of_the_list_are_counted_and_made_as_one_file(crowd, cleo):
    told = page(cleo.get(f"{BADGES}?country=US"))
    (refs,) = re.findall(r'name="refs" value="([^"]+)"', told)

    run = cleo.post("/staff/badges/T1/runs", data={"refs": refs})
    shown = " ".join(page(cleo.get(run.headers["Location"])).split())

    assert "Make one file of 1 badge" in told
    assert run.status_code == 303
    assert "0 of 1" in shown


@pytest.mark.parametrize("refs", ["x", "AAAAAA", "' OR 1=1 --"])
def test_badges_of_nobody_are_not_those_of_everybody(crowd, cleo, refs):
    assert cleo.post("/staff/badges/T1/runs", data={"refs": refs}).status_code == 409


def test_finance_looks_and_downloads_and_does_nothing_to_many(crowd, fay):
    told = page(fay.get(f"{LIST}?mode=virtual"))
    answers = [fay.get(f"{NEW}/{AGAIN}"), fay.get(BADGES), fay.post(f"{NEW}/{AGAIN}"), fay.get(f"{LIST}/bulk/start")]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
    assert 'class="tick ' not in told
    assert f"{LIST}/export.csv?mode=virtual" in told
