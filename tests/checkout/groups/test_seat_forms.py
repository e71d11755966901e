"""Writing a seat down: each choice says what it costs for this seat, and what is sold out cannot be chosen."""

import re

import pytest

from conference import registration
from conference.kernel import transaction
from conference.registration import groups
from tests.cast import a_membership, a_person
from tests.checkout.groups.acting import seat, seat_id
from tests.signing_in import signed_in

BEN = "ben@example.org"


@pytest.fixture
def student(meeting):
    """A category of one place."""
    with transaction():
        pool = registration.add_pool(meeting, name="Students", places=1)
        made = registration.add_category(meeting, code="student", name="Student", pool=pool)
        registration.set_price(made, meeting.windows[0], amount_minor=15000)
    return made


@pytest.fixture
def path(group):
    return f"/meetings/T1/group/{group.ref}/seats"


@pytest.fixture
def as_ada(context, group):
    return signed_in(context, "ada@example.org")


def box(page, value):
    """The tag by which something is chosen, and what stands beside it as words."""
    tag, label = re.search(rf'(<input[^>]*value="{value}"[^>]*>)(.*?)</label>', page.text, re.S).groups()
    return tag, " ".join(re.sub("<[^>]*>", " ", label).split())


def sell_out(thing):
    with transaction():
        thing.pool.taken = thing.pool.places


def test_a_new_seat_says_what_everything_costs(as_ada, student, path):
    page = as_ada.get(f"{path}/new")

    told = [box(page, code)[1] for code in ("full", "student", "dinner")]
    assert told == [
        "Full 3 places left. Members: 220.00 USD. 440.00 USD",
        "Student 1 place left. 150.00 USD",
        "Dinner 2 places left. 85.00 USD",
    ]
    assert page.text.count(" checked ") == 1 and "Something is sold out" not in page.text


def test_what_is_sold_out_stands_in_view_and_cannot_be_chosen(as_ada, meeting, student, path):
    sell_out(student)
    sell_out(next(each for each in registration.add_ons_of(meeting) if each.code == "dinner"))

    page = as_ada.get(f"{path}/new")

    for code, words in (("student", "Student Sold out"), ("dinner", "Dinner Sold out")):
        assert box(page, code)[1] == words and "disabled" in box(page, code)[0]
    assert "Something is sold out" in page.text and "disabled" not in box(page, "workshop")[0]


def test_a_seat_keeps_what_is_sold_out_meanwhile(as_ada, group, student, path, now):
    with transaction():
        groups.add_seat(
            group,
            email=BEN,
            given_name="Ben",
            family_name="",
            grant="",
            wish=registration.Wish("student"),
            by=None,
            now=now,
        )
    sell_out(student)
    address = f"{path}/{seat_id(group, BEN)}/edit"

    page = as_ada.get(address)

    tag, words = box(page, "student")
    assert "checked" in tag and "disabled" not in tag and words == "Student Sold out"
    typed = {"category": "student", "mode": "in_person", "span": "whole", "given_name": "Benjamin"}
    assert as_ada.post(address, data=typed).status_code == 303


def test_the_seat_of_a_member_says_the_price_for_members(as_ada, group, path, now):
    with transaction():
        a_membership(a_person("Ben", now), now)
    seat(group, BEN, now)

    assert "220.00 USD" in as_ada.get(f"{path}/{seat_id(group, BEN)}/edit").text


def test_the_one_category_of_a_meeting_says_its_price_too(as_ada, meeting, path):
    with transaction():
        registration.category_by_code(meeting, "regular").is_on_offer = False
    page = as_ada.get(f"{path}/new")

    assert "440.00 USD" in page.text and '<input type="hidden" name="category" value="full">' in page.text
