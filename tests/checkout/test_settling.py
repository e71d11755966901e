"""Money and places: whatever happens on the way, every paid order ends settled once, returned, or in sight of staff."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from conference import payments, registration
from conference.kernel import db, transaction
from conference.payments import Line
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of, taken
from tests.databases import without_guards


def test_a_paid_order_confirms_its_registration_and_writes_one_letter(meeting, ada, now):
    order = place(meeting, ada, now)

    settle(order, paid(order), now)

    entry = registration.registration_in(meeting, ada)
    assert (state_of(order), entry.state, taken(), letters()) == ("paid", "confirmed", 1, ["confirmed"])


def test_a_line_that_nobody_can_give_settles_nothing(meeting, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        db.session.execute(update(Line).values(kind="gift"))

    with pytest.raises(ValueError, match="of kind gift"):
        settle(order, paid(order), now)

    assert (state_of(order), payments.payments_of(order), letters()) == ("open", [], [])


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("payments_order", "state"),
        ("payments_payment", "provider"),
        ("payments_ledger", "kind"),
        ("registration", "state"),
        ("registration", "mode"),
        ("registration_place", "state"),
        ("mail_letter", "state"),
    ],
)
def test_the_database_itself_refuses_states_and_kinds_that_are_none(meeting, ada, now, table, column):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)

    with pytest.raises(IntegrityError), transaction(), without_guards(db.session.connection()):
        db.session.execute(text(f"UPDATE {table} SET {column} = 'odd'"))


def test_the_same_message_twice_settles_once(meeting, ada, now):
    order = place(meeting, ada, now)

    settle(order, paid(order), now)
    settle(order, paid(order), now)

    assert (len(payments.payments_of(order)), letters()) == (1, ["confirmed"])


def test_an_expired_message_after_the_paid_one_changes_nothing(meeting, ada, now):
    order = place(meeting, ada, now)

    settle(order, paid(order), now)
    settle(order, paid(order, status="expired", payment_status="unpaid"), now)

    assert (state_of(order), taken()) == ("paid", 1)


def test_the_last_place_is_sold_once(meeting, ada, ben, now):
    place(meeting, ada, now)

    with pytest.raises(registration.SoldOut):
        place(meeting, ben, now)

    assert (taken(), registration.registration_in(meeting, ben).state) == (1, "draft")


def test_an_unpaid_order_gives_its_place_back_and_keeps_what_was_typed(meeting, ada, ben, now):
    order = place(meeting, ada, now)

    lapse(order, now + timedelta(hours=1))

    entry = registration.registration_in(meeting, ada)
    assert (state_of(order), entry.state, entry.category.code, taken(), letters()) == (
        "lapsed",
        "draft",
        "full",
        0,
        ["lapsed"],
    )


def test_an_order_does_not_lapse_before_its_time(meeting, ada, now):
    order = place(meeting, ada, now)

    lapse(order, now + timedelta(minutes=1))

    assert (state_of(order), taken()) == ("open", 1)


def test_late_money_gets_its_place_back_when_there_is_one(meeting, ada, now):
    order = place(meeting, ada, now)
    lapse(order, now + timedelta(hours=1))

    settle(order, paid(order), now + timedelta(hours=2))

    assert (state_of(order), registration.registration_in(meeting, ada).state, taken()) == ("paid", "confirmed", 1)


def test_late_money_goes_back_when_the_place_is_gone(meeting, ada, ben, now):
    late = place(meeting, ada, now)
    lapse(late, now + timedelta(hours=1))
    settle(other := place(meeting, ben, now), paid(other), now)

    settle(late, paid(late), now + timedelta(hours=2))

    assert (state_of(late), [r.amount for r in payments.refunds_of(late)], taken()) == ("returned", [late.total], 1)
    assert "returned" in letters()


def test_a_second_payment_of_one_order_goes_back(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)

    settle(order, paid(order, payment_intent="pi_second", session_id="cs_2"), now)

    assert (state_of(order), [r.amount for r in payments.refunds_of(order)]) == ("paid", [order.total])


@pytest.mark.parametrize("change", [{"amount": 1}, {"currency": "EUR"}, {"order_ref": "OTHER"}])
def test_money_that_does_not_agree_is_parked_for_staff(meeting, ada, now, change):
    order = place(meeting, ada, now)

    settle(order, paid(order, **change), now)

    assert (state_of(order), registration.registration_in(meeting, ada).state) == ("parked", "held")


def test_a_bank_debit_holds_the_place_until_it_clears(meeting, ada, now):
    order = place(meeting, ada, now)

    settle(order, paid(order, payment_status="unpaid", intent_status="processing"), now)
    lapse(order, now + timedelta(days=3))
    assert (state_of(order), taken()) == ("ongoing", 1)
    settle(order, paid(order), now + timedelta(days=4))

    assert (state_of(order), letters()) == ("paid", ["confirmed", "on_its_way"])


def test_a_bank_debit_that_bounces_gives_the_place_back(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order, payment_status="unpaid", intent_status="processing"), now)

    settle(
        order, paid(order, payment_status="unpaid", intent_status="requires_payment_method"), now + timedelta(days=5)
    )

    assert (state_of(order), taken(), letters()) == ("lapsed", 0, ["not_paid", "on_its_way"])
