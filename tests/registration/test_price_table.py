"""The price matrix on the meeting's page, read as its visitors read it."""

import pytest
import time_machine

from conference import registration
from conference.kernel import transaction
from conference.registration.price_table import price_blocks
from tests.cast import a_meeting


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now)


def sell(meeting, category, amount, **cell):
    with transaction():
        registration.set_price(
            registration.category_by_code(meeting, category), meeting.windows[0], amount_minor=amount, **cell
        )


def shown(meeting):
    """{title: {row label: price in the first window}} as a visitor reads it."""
    window = meeting.windows[0].code
    return {
        block.title: {label: block.cells.get((key, window)) for key, label in block.rows}
        for block in price_blocks(meeting)
    }


def test_members_and_others_have_rows_of_their_own_where_prices_differ(meeting):
    assert shown(meeting)["Whole meeting, in person"] == {
        "Regular": "free",
        "Full, member": "220.00 USD",
        "Full, not a member": "440.00 USD",
    }


def test_a_member_without_a_price_of_their_own_pays_what_others_pay(meeting):
    assert shown(meeting)["Whole meeting, virtual"] == {"Full": "220.00 USD"}


def test_days_of_one_price_are_one_table_and_others_are_named(meeting):
    sell(meeting, "full", 11000, span="2027-05-13")
    assert list(shown(meeting)) == ["Whole meeting, in person", "One day, in person", "Whole meeting, virtual"]

    sell(meeting, "full", 9900, span="2027-05-14")

    assert shown(meeting)["Friday 14 May, in person"] == {"Full": "99.00 USD"}
    assert shown(meeting)["One day, in person"] == {"Full": "110.00 USD"}


def test_what_is_sold_to_members_only_is_said(meeting):
    sell(meeting, "regular", 5000, member=True, mode="virtual")

    assert shown(meeting)["Whole meeting, virtual"]["Regular, member"] == "50.00 USD"
    assert shown(meeting)["Whole meeting, virtual"]["Regular, not a member"] is None


def test_the_page_shows_the_matrix_with_the_window_that_holds_now(client, meeting, now):
    with transaction():
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=10)

    with time_machine.travel(now, tick=False):
        page = client.get("/meetings/T1/").get_data(as_text=True)

    assert page.count('<table class="table matrix">') == 3
    assert "data-current" in page and "440.00 USD" in page
    assert "Dinner" in page and "85.00 USD" in page


def test_a_meeting_that_sells_nothing_has_no_table(client, context, now):
    with transaction():
        meeting = a_meeting(now, code="T2")
        for category in registration.categories_of(meeting):
            category.is_on_offer = False

    assert price_blocks(meeting) == []
    assert client.get("/meetings/T2/").status_code == 200
