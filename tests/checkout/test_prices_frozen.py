"""What an order says of its price, and the whole way through Stripe and back."""

import pytest

from conference import checkout, jobs, membership, payments, registration
from conference.checkout import paying
from conference.kernel import Refusal, clock, transaction
from tests.cast import a_draft, a_meeting, a_membership, a_membership_type
from tests.checkout.acting import letters, paid, place, settle, state_of, taken


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
