"""Money and places: whatever happens on the way, every paid order ends settled once, returned, or in sight of staff."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conference import checkout, jobs, mail, membership, payments, registration
from conference.checkout import paying
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import Seen
from tests.cast import a_draft, a_meeting, a_membership, a_membership_type, a_person


def paid(order, **changes):
    """Stripe saying that the order was paid."""
    facts = Seen("cs_1", order.ref, "complete", "paid", order.total_minor, order.currency, f"pi_{order.ref}")
    return replace(facts, **changes)


def place(meeting, person, now, **wishes):
    with transaction():
        draft = a_draft(meeting, person, now, **wishes)
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=person, now=now)


def settle(order, seen, now):
    with transaction():
        return checkout.settle(order.id, seen, now=now)


def lapse(order, now):
    with transaction():
        return checkout.lapse_if_due(order.id, now=now)


def letters():
    return sorted(db.session.scalars(select(mail.Letter.kind)))


def taken():
    return db.session.scalar(select(func.sum(registration.Pool.taken)))


def state_of(order):
    return payments.order_by_ref(order.ref).state


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now, places=1)


@pytest.fixture
def ada(context, now):
    with transaction():
        return a_person("Ada", now)


@pytest.fixture
def ben(context, now):
    with transaction():
        return a_person("Ben", now)


@pytest.fixture(autouse=True)
def books(context):
    """However a test ends, the books must tie out."""
    yield
    assert payments.differences() == []


def test_a_paid_order_confirms_its_registration_and_writes_one_letter(meeting, ada, now):
    order = place(meeting, ada, now)

    settle(order, paid(order), now)

    entry = registration.registration_in(meeting, ada)
    assert (state_of(order), entry.state, taken(), letters()) == ("paid", "confirmed", 1, ["confirmed"])


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

    settle(order, paid(order, payment_status="unpaid", intent_status="requires_payment_method"), now)

    assert (state_of(order), taken(), letters()) == ("lapsed", 0, ["not_paid", "on_its_way"])


def test_nothing_to_pay_is_settled_without_stripe(context, ada, now):
    with transaction():
        meeting = a_meeting(now, amount=0, member_amount=0)

    order = place(meeting, ada, now)

    assert (order.state, registration.registration_in(meeting, ada).state, letters()) == (
        "paid",
        "confirmed",
        ["confirmed"],
    )


def test_a_member_pays_the_member_price_and_the_line_says_why(meeting, ada, now):
    with transaction():
        a_membership(ada, now)

    order = place(meeting, ada, now)

    line = order.lines[0]
    assert (line.amount_minor, line.rule["member"], line.rule["standing"]) == (22000, True, "member")
    assert line.why[0].startswith("Member price: your membership is valid until")


def test_joining_in_the_same_order_gives_the_member_price_at_once(meeting, ada, now):
    with transaction():
        a_membership_type()

    order = place(meeting, ada, now, dues="active")
    settle(order, paid(order), now)

    assert [(line.kind, line.amount_minor) for line in order.lines] == [("registration", 22000), ("dues", 22500)]
    assert membership.standing_of(ada, membership.local_day(now)).gives_member_price


def test_a_sold_line_keeps_its_price_when_the_matrix_changes(meeting, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        registration.set_price(registration.category_by_code(meeting, "full"), meeting.windows[0], amount_minor=99900)

    settle(order, paid(order), now)

    assert (state_of(order), payments.order_by_ref(order.ref).lines[0].amount_minor) == ("paid", 44000)


def test_a_price_that_changed_since_it_was_shown_is_not_charged(meeting, ada, now):
    with transaction():
        draft = a_draft(meeting, ada, now)

    with pytest.raises(Refusal, match="changed"), transaction():
        checkout.place(draft=draft, meeting=meeting, person=ada, now=now, seen_total=1)

    assert taken() == 0


def test_the_whole_way_through_stripe_and_back_by_its_events(stripe, meeting, ada, now):
    order = place(meeting, ada, clock.now())
    url = paying.payment_page(order, email=ada.email, locale="en")
    order = payments.order_by_ref(order.ref)
    stripe.pay(order.session_id)
    jobs.run("catch-up")
    jobs.run("stripe")

    assert url.startswith(stripe.url)
    assert (state_of(order), letters()) == ("paid", ["confirmed"])
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[order.lines[0].id], amount=order.total, reason="ill", by=ada, now=clock.now()
        )
    jobs.run("refunds")
    assert [r.state for r in payments.refunds_of(order)] == ["succeeded"]
    assert (registration.registration_in(meeting, ada).state, taken()) == ("cancelled", 0)
