"""What a payer has written down for somebody, in that person's own browser: they say no, and nobody else does it for them."""

import re

from conference.kernel import transaction
from tests.cast import a_person
from tests.checkout.acting import taken
from tests.checkout.groups.acting import order, people_of, seat, seat_id
from tests.signing_in import signed_in

BEN, DOV = "ben@example.org", "dov@example.org"


def test_an_attendee_says_no_on_their_own_page_and_registers_by_themselves(context, group, ben, now):
    seat(group, BEN, now)
    order(group, now)
    browser = signed_in(context, BEN)
    page = browser.get("/meetings/T1/register/seat")
    link = re.search(r'href="(/meetings/T1/register/rosters/\d+/decline)"', page.text)[1]
    assert browser.get(link).status_code == 200 and people_of(group) == {BEN: "held"}

    answer = browser.post(link)

    assert (answer.status_code, people_of(group), taken()) == (303, {BEN: "declined"}, 0)
    assert "you said no" in browser.get(answer.location).text
    assert browser.get("/meetings/T1/register").location.endswith("/register/details")


def test_nobody_says_no_for_another(context, group, ben, now):
    seat(group, BEN, now)
    with transaction():
        a_person("Dov", now)
    browser, link = signed_in(context, DOV), f"/meetings/T1/register/rosters/{seat_id(group, BEN)}/decline"

    assert (browser.get(link).status_code, browser.post(link).status_code) == (404, 404)
    assert people_of(group) == {BEN: "open"} and "Example Lab" not in browser.get("/meetings/T1/register/rosters").text


def test_no_twice_and_yes_again_are_answered(context, group, ben, now):
    seat(group, BEN, now)
    browser, link = signed_in(context, BEN), f"/meetings/T1/register/rosters/{seat_id(group, BEN)}"

    assert [browser.post(f"{link}/decline").status_code for _click in range(2)] == [303, 409]
    assert [browser.post(f"{link}/accept").status_code for _click in range(2)] == [303, 409]
    assert people_of(group) == {BEN: "open"}


def test_on_my_page_stands_who_has_put_me_down(context, group, ben, now):
    seat(group, BEN, now)
    assert "Example Lab" in signed_in(context, BEN).get("/account/").text
