"""Money at the desk: paid by hand, cancelled, refunded, unparked; said before it is done, and the books tie out after."""

from datetime import timedelta

import pytest

from conference import checkout, mail, payments, registration
from conference.checkout import paying
from conference.kernel import Money, clock, db, transaction
from conference.registration import Pool
from tests.cast import a_membership_type
from tests.staff.cast import a_failed_refund, a_registration, an_order, follow, page, settle, somebody


def state_of(order):
    return payments.order_by_ref(order.ref).state


def entry_state(entry):
    return registration.by_ref(entry.ref).state


def taken(name="Venue"):
    return db.session.query(Pool).filter_by(name=name).one().taken


def letters():
    return sorted(each.kind for each in db.session.query(mail.Letter))


def lines_of(order):
    return [line.id for line in order.lines]


def lapse(order):
    with transaction():
        checkout.lapse_if_due(order.id, now=clock.now() + timedelta(hours=3))


@pytest.mark.parametrize("who", ["cleo", "fay"])
def test_money_that_came_another_way_settles_an_order(meeting, who, request):
    desk = request.getfixturevalue(who)
    entry, order = an_order(meeting, somebody("Ada"))

    shown = follow(desk, desk.post(f"/staff/order/{order.ref}/paid", data={"reference": "Bank 4711"}))

    assert (state_of(order), entry_state(entry), letters()) == ("paid", "confirmed", ["confirmed"])
    assert "Paid by hand: Bank 4711" in shown


def test_paid_by_hand_needs_a_reference(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))

    answer = cleo.post(f"/staff/order/{order.ref}/paid", data={"reference": " "})

    assert (answer.status_code, state_of(order)) == (422, "open")


def test_a_settled_order_is_not_paid_twice(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")

    answer = cleo.post(f"/staff/order/{order.ref}/paid", data={"reference": "again"})

    assert (answer.status_code, len(payments.payments_of(order))) == (409, 1)


def test_a_lapsed_order_whose_place_was_sold_is_not_marked_paid(meeting, cleo):
    with transaction():
        db.session.query(Pool).filter_by(name="Venue").update({"places": 1})
    _entry, late = an_order(meeting, somebody("Ada"))
    lapse(late)
    a_registration(meeting, "Ben")

    answer = cleo.post(f"/staff/order/{late.ref}/paid", data={"reference": "Bank 1"})

    assert answer.status_code == 409
    assert "sold meanwhile" in page(answer)
    assert (state_of(late), payments.payments_of(late), payments.refunds_of(late)) == ("lapsed", [], [])


def test_an_unpaid_order_is_cancelled_and_its_place_is_free(meeting, cleo):
    entry, order = an_order(meeting, somebody("Ada"), extras=("dinner",))

    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/cancellation"))

    assert (state_of(order), entry_state(entry), taken(), taken("Dinner")) == ("lapsed", "draft", 0, 0)
    assert "Unpaid order cancelled" in shown


def test_an_order_that_was_paid_meanwhile_is_not_cancelled(meeting, cleo, stripe):
    entry, order = an_order(meeting, somebody("Ada"))
    paying.payment_page(order, email="ada@example.org", locale="en")
    stripe.pay(payments.order_by_ref(order.ref).session_id)

    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/cancellation"))

    assert (state_of(order), entry_state(entry)) == ("paid", "confirmed")
    assert "paid meanwhile" in shown


def test_nothing_is_cancelled_while_stripe_does_not_answer(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))
    with transaction():
        db.session.query(payments.Order).update({"session_id": "cs_unreachable"})

    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/cancellation"))

    assert (state_of(order), taken()) == ("open", 1)
    assert "Stripe does not answer" in shown


def test_a_refund_begins_with_everything_that_is_left(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))

    form = page(cleo.get(f"/staff/order/{order.ref}/refund"))

    assert 'value="525.00"' in form
    assert form.count("checked") == 2


def test_a_refund_is_foretold_and_nothing_happens_before(meeting, cleo):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "500", "reason": "ill"}

    told = page(cleo.post(f"/staff/order/{order.ref}/refund/check", data=typed))

    for words in (
        f"500.00 USD goes back to pi_{order.ref}",
        "The registration ends; its place is free again",
        "Dinner ends; its place is free again",
        "25.00 USD is kept as a fee",
        "Refund 500.00 USD",
    ):
        assert words in told
    assert (entry_state(entry), payments.refunds_of(order)) == ("confirmed", [])


def test_a_whole_refund_ends_the_registration_and_frees_its_places(meeting, fay):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "525.00", "reason": "ill"}

    follow(fay, fay.post(f"/staff/order/{order.ref}/refund", data=typed))

    assert (entry_state(entry), taken(), taken("Dinner")) == ("cancelled", 0, 0)
    assert [each.amount for each in payments.refunds_of(order)] == [Money(52500, "USD")]
    assert letters() == ["confirmed", "refunded"]


def test_one_add_on_is_taken_back_alone(meeting, cleo):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    dinner = next(line for line in order.lines if line.kind == "add_on")
    typed = {"lines": [dinner.id], "amount": "85", "reason": "cannot come"}

    told = follow(cleo, cleo.post(f"/staff/order/{order.ref}/refund", data=typed))

    assert (entry_state(entry), taken(), taken("Dinner")) == ("confirmed", 1, 0)
    assert "taken back" in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "525.01"}, "Only 525.00 USD can still go back"),
        ({"amount": "abc"}, "is not an amount in USD"),
        ({"amount": "-5"}, "is not an amount in USD"),
        ({"amount": "9" * 25}, "is not an amount in USD"),
        ({"amount": ""}, "Type an amount"),
        ({"reason": ""}, "Say why"),
        ({"lines": [], "amount": "0"}, "Choose what is taken back"),
        ({"lines": ["999999999"]}, "choice"),
        ({"lines": ["x"]}, "could not be coerced"),
    ],
)
def test_a_refund_that_cannot_be_is_refused_with_words(meeting, cleo, change, words):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "525", "reason": "ill", **change}

    answer = cleo.post(f"/staff/order/{order.ref}/refund/check", data=typed)

    assert answer.status_code == 422
    assert words in page(answer)


def test_a_registration_does_not_end_without_its_add_ons(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    alone = next(line.id for line in order.lines if line.kind == "registration")
    typed = {"lines": [alone], "amount": "440", "reason": "ill"}

    answers = [cleo.post(f"/staff/order/{order.ref}/refund{step}", data=typed) for step in ("/check", "")]

    assert [answer.status_code for answer in answers] == [422, 409]
    assert all("Add-ons end with their registration" in page(answer) for answer in answers)


def test_the_same_refund_sent_twice_is_done_once(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    typed = {"lines": lines_of(order), "amount": "440", "reason": "ill"}

    answers = [cleo.post(f"/staff/order/{order.ref}/refund", data=typed).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert len(payments.refunds_of(order)) == 1


def test_a_refund_that_failed_is_repeated_once(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    failed = a_failed_refund(order, Money(10000, "USD"), somebody("Eve"))

    shown = page(cleo.get(f"/staff/order/{order.ref}"))
    answers = [cleo.post(f"/staff/refund/{failed.ref}/again").status_code for _ in range(2)]

    assert "Try again" in shown
    assert answers == [303, 409]
    assert [each.state for each in payments.refunds_of(order)] == ["failed", "requested"]
    assert not payments.owed(order)


@pytest.mark.parametrize(("came", "back"), [(44000, []), (50000, [6000]), (100, [])])
def test_a_parked_order_is_settled_after_a_look_and_the_books_are_even(meeting, cleo, came, back):
    entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=came, **({} if came != 44000 else {"order_ref": "OTHER"}))
    assert state_of(order) == "parked"

    follow(cleo, cleo.post(f"/staff/order/{order.ref}/decision", data={"note": "seen at Stripe", "do": "settle"}))

    assert (state_of(order), entry_state(entry), taken()) == ("paid", "confirmed", 1)
    assert [each.amount_minor for each in payments.refunds_of(order)] == back
    assert not payments.owed(order)


def test_a_parked_order_is_sent_back_whole_and_its_places_are_free(meeting, fay):
    entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=100)

    told = page(fay.get(f"/staff/order/{order.ref}/decision"))
    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data={"note": "wrong amount", "do": "return"}))

    assert "Send 1.00 USD back" in told
    assert (state_of(order), entry_state(entry), taken()) == ("returned", "draft", 0)
    assert [each.amount_minor for each in payments.refunds_of(order)] == [100]
    assert letters() == ["returned"]


def test_money_in_another_currency_is_not_in_the_books_and_the_desk_says_so(meeting, cleo):
    entry, order = an_order(meeting, somebody("Ada"))
    settle(order, currency="EUR")

    told = page(cleo.get(f"/staff/order/{order.ref}/decision"))
    follow(cleo, cleo.post(f"/staff/order/{order.ref}/decision", data={"note": "sent back there", "do": "return"}))

    assert "sent back in Stripe" in told
    assert (state_of(order), entry_state(entry)) == ("returned", "draft")


def test_a_parked_order_does_not_take_the_places_of_the_persons_next_order(meeting, cleo):
    ada = somebody("Ada")
    entry, late = an_order(meeting, ada)
    lapse(late)
    _entry, newer = an_order(meeting, ada)
    settle(late, amount=100)
    address = f"/staff/order/{late.ref}/decision"

    refused = cleo.post(address, data={"note": "try", "do": "settle"})
    states = (state_of(late), entry_state(entry))
    follow(cleo, cleo.post(address, data={"note": "wrong", "do": "return"}))
    settle(newer)

    assert (refused.status_code, states) == (409, ("parked", "held"))
    assert (state_of(late), state_of(newer), entry_state(entry), taken()) == ("returned", "paid", "confirmed", 1)


def test_foreign_money_for_a_settled_order_is_noted_and_what_was_given_stays(meeting, cleo):
    entry, order = a_registration(meeting, "Ada")
    settle(order, payment_intent="pi_second", session_id="cs_2", currency="EUR")

    shown = page(cleo.get(f"/staff/order/{order.ref}"))

    assert "paid in EUR, not USD" in shown
    assert (state_of(order), entry_state(entry)) == ("paid", "confirmed")


def test_a_parked_order_whose_place_was_sold_cannot_be_settled(meeting, cleo):
    with transaction():
        db.session.query(Pool).filter_by(name="Venue").update({"places": 1})
    _entry, late = an_order(meeting, somebody("Ada"))
    lapse(late)
    a_registration(meeting, "Ben")
    settle(late, amount=100)

    answer = cleo.post(f"/staff/order/{late.ref}/decision", data={"note": "try", "do": "settle"})

    assert (answer.status_code, state_of(late), taken()) == (409, "parked", 1)


def test_a_decision_needs_a_reason_and_one_of_two_ways(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=100)
    address = f"/staff/order/{order.ref}/decision"

    codes = [cleo.post(address, data=typed).status_code for typed in ({"note": "", "do": "settle"}, {"note": "x"})]

    assert (codes, state_of(order)) == ([422, 400], "parked")


def test_a_note_of_something_outside_is_taken_away_when_it_is_dealt_with(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    with transaction():
        db.session.query(payments.Order).update({"parked_reason": "re_9: refunded at Stripe itself"})

    assert "This is dealt with" in page(cleo.get(f"/staff/order/{order.ref}"))
    assert cleo.post(f"/staff/order/{order.ref}/note").status_code == 303
    assert cleo.post(f"/staff/order/{order.ref}/note").status_code == 409
    assert payments.order_by_ref(order.ref).parked_reason == ""


def test_dues_alone_have_their_story_on_the_page_of_their_order(meeting, cleo):
    with transaction():
        a_membership_type()
    ada = somebody("Ada")
    with transaction():
        order = checkout.place_dues(type_code="active", person=ada, now=clock.now())

    found = cleo.get("/staff/", query_string={"q": order.ref})
    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/paid", data={"reference": "Cheque 7"}))

    assert found.headers["Location"] == f"/staff/order/{order.ref}"
    assert "225.00 USD" in shown
    assert state_of(order) == "paid"


def test_the_list_of_orders_shows_what_waits_for_staff_first(meeting, cleo):
    _entry, parked = an_order(meeting, somebody("Ada"))
    settle(parked, amount=100)
    _entry, newer = a_registration(meeting, "Ben")

    listed = page(cleo.get("/staff/orders"))

    assert listed.index(parked.ref) < listed.index(newer.ref)
    assert newer.ref not in page(cleo.get("/staff/orders?state=trouble"))
    assert parked.ref not in page(cleo.get("/staff/orders?q=ben"))


@pytest.mark.parametrize(
    "state",
    ["trouble", "refunds", "open", "ongoing", "paid", "refunding", "refunded", "lapsed", "returned", "nonsense"],
)
def test_every_view_of_orders_opens(meeting, cleo, state):
    a_registration(meeting, "Ada")

    assert cleo.get(f"/staff/orders?state={state}&q=ada").status_code == 200


def test_the_list_of_orders_needs_no_more_queries_for_more_rows(meeting, cleo, statements):
    a_registration(meeting, "Ada")
    cleo.get("/staff/orders")
    with statements() as few:
        cleo.get("/staff/orders")
    a_registration(meeting, "Ben", extras=("dinner",))

    with statements() as many:
        assert "Demo, Ben" in page(cleo.get("/staff/orders"))

    assert len(many) == len(few)
