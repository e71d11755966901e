"""What had come by hand goes back by hand: nobody books it as sent but staff who have sent it."""

import pytest

from conference import checkout, jobs, payments, registration
from conference.kernel import Refusal, transaction
from conference.payments import RefundState
from tests.cast import a_person
from tests.checkout.acting import place, settle
from tests.signing_in import signed_in


@pytest.fixture
def entry(meeting, ada, now):
    """Ada's registration, paid by transfer, of which cancelling keeps nothing."""
    with transaction():
        step = {"kind": "cancel", "until": meeting.windows[-1].ends_at}
        registration.changes.set_steps(meeting, [step], by=None, now=now)
    order = place(meeting, ada, now)
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="bank", by=None, now=now)
    return registration.by_id(registration.registration_in(meeting, ada).id)


@pytest.fixture
def refund(entry, now):
    """What goes back when he cancels."""
    with transaction():
        checkout.cancel(entry, seen=checkout.quote_cancel(entry, now=now).seen, by=entry.person, now=now)
    order = checkout.orders_about(entry)[-1]
    return payments.refunds_of(order)[0]


def test_it_waits_for_staff_and_is_never_asked_of_stripe(refund):
    jobs.run("refunds")

    assert (refund.state, payments.refund_by_ref(refund.ref).attempts) == (RefundState.REQUESTED, 0)
    assert payments.differences() == []


def test_staff_find_it_send_it_and_say_so_once(context, refund):
    fay = signed_in(context, "fay@example.org", roles=["finance"], given_name="Fay")
    assert "refund to be sent by hand" in fay.get("/staff/").text
    page = fay.get("/staff/orders?state=by_hand").text
    order = payments.order_by_id(refund.order_id)
    assert order.ref in page and "I have sent it by hand" in fay.get(f"/staff/order/{order.ref}").text

    answers = [fay.post(f"/staff/refund/{refund.ref}/sent").status_code for _click in range(2)]

    assert (answers, payments.refunds_of(order)[0].state) == ([303, 409], RefundState.SUCCEEDED)
    assert (payments.differences(), payments.balance_of(order).minor) == ([], 0)


def test_what_goes_back_through_stripe_is_not_said_to_be_sent_by_hand(meeting, now):
    with transaction():
        person = a_person("Cy", now)
    order = place(meeting, person, now)
    settle(order, _card(order), now)
    with transaction():
        payments.book_difference(order, ended=[], refunded=order.total, now=now)
        (refund,) = payments.promise_refund(order=order, amount=order.total, reason="why", now=now)

    with pytest.raises(Refusal, match="does not wait"), transaction():
        payments.sent_by_hand(refund, by=person, now=now)


def test_what_staff_send_back_themselves_is_booked_at_once(entry, ada, now):
    order = checkout.orders_about(entry)[0]
    with transaction():
        keys = [line.id for line in order.lines]
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=keys, amount=order.total, reason="ill", by=ada, now=now
        )

    assert [each.state for each in payments.refunds_of(order)] == [RefundState.SUCCEEDED]


def _card(order):
    return payments.Seen("cs_1", order.ref, "complete", "paid", order.total_minor, order.currency, "pi_1")
