"""One seat stands in the way of a group's order: the others are ordered in one step, and it stays on the roster with its reason."""

import re

import pytest

from conference import payments
from conference.registration import groups
from tests.checkout.acting import place, taken
from tests.checkout.groups.acting import people_of, seat
from tests.signing_in import signed_in

BEN, CLEO, DOV = "ben@example.org", "cleo@example.org", "dov@example.org"


@pytest.fixture
def path(group):
    return f"/meetings/T1/group/{group.ref}/order"


@pytest.fixture
def as_ada(context, group):
    return signed_in(context, "ada@example.org")


@pytest.fixture
def with_ben_in_the_way(meeting, group, ben, now):
    """Two who can be ordered, and Ben, who has registered by himself."""
    for email in (BEN, CLEO, DOV):
        seat(group, email, now)
    place(meeting, ben, now)


def posted(page):
    """What the form of the page would send."""
    return {name: re.findall(f'name="{name}" value="([^"]*)"', page.text) for name in ("total", "leave")}


@pytest.mark.usefixtures("with_ben_in_the_way")
def test_the_others_are_ordered_in_one_step(as_ada, group, path):
    page = as_ada.get(path)
    assert "Order the 2 others now, pay 880.00 USD by card" in page.text and "order the 2 others now" in page.text

    answer = as_ada.post(path, data={**posted(page), "pay": "later"})

    [order] = groups.orders_of(group)
    assert (answer.status_code, people_of(group), order.total_minor) == (
        303,
        {BEN: "open", CLEO: "held", DOV: "held"},
        88000,
    )
    assert taken() == 3  # Ben's own among them
    assert "is registered already" in as_ada.get(path).text


@pytest.mark.usefixtures("with_ben_in_the_way")
def test_what_stands_in_the_way_is_never_left_out_unseen(as_ada, group, path):
    answer = as_ada.post(path, data={"total": "88000", "pay": "later"})

    assert (answer.status_code, groups.orders_of(group), taken()) == (409, [], 1)


@pytest.mark.usefixtures("with_ben_in_the_way")
def test_a_double_click_orders_the_others_once(as_ada, group, path):
    form = posted(as_ada.get(path))

    answers = [as_ada.post(path, data={**form, "pay": "later"}).status_code for _click in range(2)]

    assert (answers, len(groups.orders_of(group)), taken()) == ([303, 409], 1, 3)


def test_seats_of_others_cannot_be_named(as_ada, group, path, now):
    seat(group, CLEO, now)
    form = posted(as_ada.get(path))

    answer = as_ada.post(path, data={**form, "leave": ["0", "x", "999999999"], "pay": "later"})

    assert answer.status_code == 303 and payments.order_by_id(groups.orders_of(group)[0].id).total_minor == 44000
