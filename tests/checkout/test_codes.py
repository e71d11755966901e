"""A code takes something off once for each use, whatever happens to the order in which it was used."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conference import checkout, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import CodeUse, DiscountCode, Effect, NotRedeemable, Scope
from tests.cast import a_draft, a_meeting
from tests.checkout.acting import lapse, paid, settle, state_of


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


def test_late_money_is_kept_though_the_code_was_taken_away_meanwhile(meeting, ada, now):
    code = a_code(meeting)
    order = place(meeting, ada, now, "HALF")
    lapse(order, now + timedelta(hours=3))
    with transaction():
        registration.redeem(registration.registration_in(meeting, ada), "")

    settle(order, paid(order), now)

    assert (state_of(order), used(code)) == ("paid", 1)
    assert registration.registration_in(meeting, ada).discount_code == "HALF"


def test_a_code_that_changes_while_the_order_is_placed_is_not_used_as_it_was(meeting, ada, now):
    code = a_code(meeting)
    with transaction():
        draft = a_draft(meeting, ada, now)
        checkout.redeem(draft, "HALF", meeting=meeting, person=ada, now=now)
    offer = registration.offer_for(draft, meeting=meeting, person=ada, now=now)
    with transaction():
        registration.change_code(code, most_uses=None, percent=10, by=ada, now=now)

    with pytest.raises(NotRedeemable, match="changed a moment ago"), transaction():
        registration.hold(draft, add_ons=(), now=now, redeemed=offer.redeemed)

    assert used(code) == 0


def test_an_add_on_that_is_taken_back_takes_its_part_of_the_code_along(context, ada, now):
    with transaction():
        meeting = a_meeting(now)
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=9000, places=5)
    code = a_code(meeting, scope=Scope.ADD_ON, most_uses=1)
    with transaction():
        draft = a_draft(meeting, ada, now, extras=("dinner",))
        checkout.redeem(draft, "HALF", meeting=meeting, person=ada, now=now)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=now)
    settle(order, paid(order), now)

    dinner = [line for line in order.lines if line.kind == "add_on"]
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[dinner[0].id], amount=dinner[0].amount, reason="ill", by=ada, now=now
        )

    assert (dinner[0].amount_minor, used(code)) == (4500, 0)
    assert db.session.scalar(select(func.count()).select_from(CodeUse)) == 0


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


@pytest.mark.parametrize(("off", "placed"), [(43951, False), (43950, True), (44000, True)])
def test_what_is_too_little_for_the_payment_service_is_said_before_a_place_is_held(meeting, ada, now, off, placed):
    code = a_code(meeting, effect=Effect.AMOUNT, percent=0, amount_minor=off)

    if placed:
        assert place(meeting, ada, now, "HALF").total_minor == 44000 - off
        return
    with pytest.raises(Refusal, match=r"0\.49 USD is less than"):
        place(meeting, ada, now, "HALF")
    assert (used(code), registration.registration_in(meeting, ada).state) == (0, "draft")
