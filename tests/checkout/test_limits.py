"""Nobody can make the office's post or the renderer work for ever."""

import pytest

from conference import checkout
from conference.kernel import clock, transaction
from tests.cast import a_draft, a_meeting
from tests.signing_in import account_of, browser_of


@pytest.fixture
def order(context):
    """Ada's settled order, in a meeting that costs nothing."""
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        meeting = a_meeting(clock.now(), amount=0, member_amount=0)
        draft = a_draft(meeting, account.person, clock.now())
        placed = checkout.place(draft=draft, meeting=meeting, person=account.person, now=clock.now())
    return placed, browser_of(context, account)


def test_a_confirmation_can_be_asked_for_again_five_times_an_hour(order):
    placed, ada = order

    answers = [ada.post(f"/orders/{placed.ref}/letter").status_code for _ in range(6)]

    assert answers == [303] * 5 + [429]


def test_a_meeting_that_was_withdrawn_is_not_sold_to_an_old_draft(context):
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        meeting = a_meeting(clock.now())
        a_draft(meeting, account.person, clock.now())
        meeting.is_public = False

    answer = browser_of(context, account).post("/meetings/T1/register/review", data={"total": "44000"})

    assert (answer.status_code, answer.location) == (303, "/meetings/T1/register")
