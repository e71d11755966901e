"""A code takes something off once for each use, whatever happens to the order in which it was used."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conference import checkout, payments, registration
from conference.kernel import Refusal, clock, db, transaction
from conference.registration import CodeUse, DiscountCode, Effect, NotRedeemable, Scope
from tests.cast import a_draft, a_meeting
from tests.checkout.acting import lapse, paid, settle, state_of
from tests.signing_in import account_of, browser_of


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now, places=10)


@pytest.fixture(autouse=True)
def counts(context):
    """However a test ends, each code counts its uses."""
    yield
    assert registration.miscounted() == []


def a_code(meeting, code="HALF", **facts):
    facts = {"effect": Effect.PERCENT, "percent": 50, "reason": "Speakers", **facts}
    with transaction():
        return registration.add_code(meeting, code=code, **facts)


def used(code):
    db.session.rollback()
    return db.session.scalar(select(DiscountCode.used).where(DiscountCode.id == code.id))


def place(meeting, person, now, code):
    with transaction():
        draft = a_draft(meeting, person, now)
        checkout.redeem(draft, code, meeting=meeting, person=person, now=now)
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=person, now=now)


def test_what_it_takes_off_is_frozen_with_its_reason(meeting, ada, now):
    code = a_code(meeting)

    order = place(meeting, ada, now, "half")
    with transaction():
        registration.change_code(code, most_uses=None, percent=10, by=ada, now=now)
    settle(order, paid(order), now)

    line = payments.order_by_ref(order.ref).lines[0]
    assert (state_of(order), line.amount_minor, used(code)) == ("paid", 22000, 1)
    assert (line.rule["code"], line.rule["list_minor"], line.rule["off_minor"]) == ("HALF", 44000, 22000)
    assert "Code HALF: 50% off (220.00 USD)" in line.why


def test_a_comp_needs_no_payment_and_takes_a_place(meeting, ada, now):
    code = a_code(meeting, "SPEAKER", effect=Effect.COMP, percent=0, most_uses=1)

    order = place(meeting, ada, now, "SPEAKER")

    pool = registration.category_by_code(meeting, "full").pool
    db.session.refresh(pool)
    assert (state_of(order), order.total_minor, pool.taken, used(code)) == ("paid", 0, 1, 1)
    assert db.session.scalar(select(CodeUse.state)) == "kept"


def test_an_unpaid_order_gives_its_use_back(meeting, ada, ben, now):
    code = a_code(meeting, most_uses=1)
    order = place(meeting, ada, now, "HALF")
    with pytest.raises(NotRedeemable, match="as often as it may"):
        place(meeting, ben, now, "HALF")

    lapse(order, now + timedelta(hours=3))

    assert used(code) == 0
    assert place(meeting, ben, now, "HALF").total_minor == 22000


def test_late_money_gets_its_use_back_or_goes_back_itself(meeting, ada, ben, now):
    code = a_code(meeting, most_uses=1)
    order = place(meeting, ada, now, "HALF")
    lapse(order, now + timedelta(hours=3))

    settle(order, paid(order), now)

    assert (state_of(order), used(code)) == ("paid", 1)


def test_late_money_for_a_code_that_somebody_else_used_up_goes_back(meeting, ada, ben, now):
    code = a_code(meeting, most_uses=1)
    order = place(meeting, ada, now, "HALF")
    lapse(order, now + timedelta(hours=3))
    place(meeting, ben, now, "HALF")

    settle(order, paid(order), now)

    assert (state_of(order), used(code)) == ("returned", 1)


def test_a_registration_that_ends_gives_its_use_back(meeting, ada, now):
    code = a_code(meeting)
    order = place(meeting, ada, now, "HALF")
    settle(order, paid(order), now)

    with transaction():
        registration.cancel(registration.registration_in(meeting, ada))

    assert used(code) == 0


def test_a_code_that_was_ended_meanwhile_is_not_used(meeting, ada, now):
    code = a_code(meeting)
    with transaction():
        draft = a_draft(meeting, ada, now)
        checkout.redeem(draft, "HALF", meeting=meeting, person=ada, now=now)
        registration.change_code(code, most_uses=None, is_on_offer=False, by=ada, now=now)

    with pytest.raises(NotRedeemable), transaction():
        checkout.place(draft=draft, meeting=meeting, person=ada, now=now)

    assert used(code) == 0


def test_fewer_uses_than_there_are_is_refused(meeting, ada, now):
    code = a_code(meeting, most_uses=3)
    place(meeting, ada, now, "HALF")

    with pytest.raises(Refusal, match="more often"), transaction():
        registration.change_code(code, most_uses=0, by=ada, now=now)

    assert db.session.scalar(select(DiscountCode.most_uses)) == 3


def test_what_the_office_enters_uses_nobodys_code(meeting, ada, now):
    code = a_code(meeting)
    with transaction():
        draft = a_draft(meeting, ada, now)
        checkout.redeem(draft, "HALF", meeting=meeting, person=ada, now=now)

    with transaction():
        order = checkout.place_imported(draft=draft, meeting=meeting, person=ada, now=now, held_for=timedelta(days=1))

    assert (order.total_minor, used(code)) == (44000, 0)


def test_another_meetings_code_is_none(meeting, ada, now):
    with transaction():
        a_code_of = a_meeting(now, code="T2")
    a_code(a_code_of)

    with pytest.raises(NotRedeemable):
        place(meeting, ada, now, "HALF")


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
        ("DINNER", "not chosen"),
    ],
)
def test_a_code_that_does_not_hold_is_told_at_its_field_and_nothing_changes(meeting, guest, typed, said):
    a_code(meeting, "DINNER", scope=Scope.ADD_ON)
    browser, ada = guest

    answer = browser.post("/meetings/T1/register/code", data={"discount_code": typed})

    page = answer.get_data(as_text=True)
    assert (answer.status_code, said in page, "Pay 440.00 USD" in page) == (422, True, True)
    assert registration.registration_in(meeting, ada).discount_code == ""


def test_codes_cannot_be_guessed_for_ever(meeting, guest):
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
    assert "Take it away" in told
    assert placed.status_code == 409
    assert "Pay 440.00 USD" in browser.get("/meetings/T1/register/review").get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(CodeUse)) == 0


@pytest.mark.parametrize(("off", "placed"), [(43951, False), (43950, True), (44000, True)])
def test_what_is_too_little_for_the_payment_service_is_said_before_a_place_is_held(meeting, ada, now, off, placed):
    code = a_code(meeting, effect=Effect.AMOUNT, percent=0, amount_minor=off)

    if placed:
        assert place(meeting, ada, now, "HALF").total_minor == 44000 - off
        return
    with pytest.raises(Refusal, match=r"0\.49 USD is less than"):
        place(meeting, ada, now, "HALF")
    assert (used(code), registration.registration_in(meeting, ada).state) == (0, "draft")
