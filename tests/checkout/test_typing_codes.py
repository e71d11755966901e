"""A code is typed on the last page: told when it holds, told at its field when it does not, taken away again."""

import pytest
from sqlalchemy import func, select

from conference import registration
from conference.kernel import clock, db, transaction
from conference.registration import CodeUse, Scope
from tests.cast import a_draft
from tests.checkout.test_codes import a_code, counts, meeting
from tests.signing_in import account_of, browser_of

__all__ = ["counts", "meeting"]


@pytest.fixture
def guest(meeting, context):
    """Ada's browser before the last step, and her person."""
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        a_draft(meeting, account.person, clock.now())
    return browser_of(context, account), account.person


def test_a_code_is_typed_told_and_taken_away(meeting, guest):
    a_code(meeting)
    browser, _ada = guest

    answer = browser.post("/meetings/T1/register/code", data={"discount_code": " half "})
    with_code = browser.get("/meetings/T1/register/review").get_data(as_text=True)
    browser.post("/meetings/T1/register/code/remove")
    without = browser.get("/meetings/T1/register/review").get_data(as_text=True)

    assert (answer.status_code, answer.location) == (303, "/meetings/T1/register/review")
    assert "Code HALF: 50% off (220.00 USD)" in with_code
    assert "Pay 220.00 USD" in with_code
    assert "Pay 440.00 USD" in without


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the code"),
        ("NOSUCH", "not valid for this meeting"),
        ("é!", "letters, digits and hyphens"),
        ("DINNER", "takes nothing off"),
    ],
)
def test_a_code_that_does_not_hold_is_told_at_its_field_and_nothing_changes(meeting, guest, typed, said):
    a_code(meeting, "DINNER", scope=Scope.ADD_ON)
    browser, ada = guest

    answer = browser.post("/meetings/T1/register/code", data={"discount_code": typed})

    page = answer.get_data(as_text=True)
    assert (answer.status_code, said in page, "Pay 440.00 USD" in page) == (422, True, True)
    assert registration.registration_in(meeting, ada).discount_code == ""


def test_codes_cannot_be_guessed_for_ever(one_window, meeting, guest):
    browser, _ada = guest

    answers = [
        browser.post("/meetings/T1/register/code", data={"discount_code": f"GUESS{n}"}).status_code for n in range(21)
    ]

    assert answers == [422] * 20 + [429]


def test_a_code_that_ended_after_it_was_typed_is_told_and_can_be_taken_away(meeting, guest):
    code = a_code(meeting)
    browser, ada = guest
    browser.post("/meetings/T1/register/code", data={"discount_code": "HALF"})
    with transaction():
        registration.change_code(code, most_uses=None, is_on_offer=False, by=ada, now=clock.now())

    told = browser.get("/meetings/T1/register/review").get_data(as_text=True)
    placed = browser.post("/meetings/T1/register/review", data={"total": "22000"})
    browser.post("/meetings/T1/register/code/remove")

    assert "not valid for this meeting" in told
    assert "Do without the code" in told
    assert placed.status_code == 409
    assert "Pay 440.00 USD" in browser.get("/meetings/T1/register/review").get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(CodeUse)) == 0
