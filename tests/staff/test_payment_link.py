"""Somebody registered by the office is asked to pay by letter: how, and until when; and asked again."""

from datetime import datetime, time, timedelta

from conference import checkout, mail, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.web.filters import when
from tests.conftest import browser
from tests.signing_in import signed_in
from tests.staff.cast import an_order, follow, lapse, letters, page, somebody
from tests.staff.test_entering import ADA, NEW


def order_of(meeting, email):
    """The order of whoever has this address."""
    entry = registration.registration_in(meeting, people.by_email(email))
    (order,) = payments.orders_with_line("registration", entry.id)
    return order


def test_the_letter_says_how_to_pay_and_until_when(meeting, cleo):
    follow(cleo, cleo.post(NEW, data=ADA))

    order = order_of(meeting, "ada@example.org")
    letter = db.session.query(mail.Letter).one()
    assert (letter.to_email, letter.subject) == ("ada@example.org", "Please pay: Meeting T1")
    for words in (f"http://localhost/orders/{order.ref}\n", when(order.expires_at, meeting.timezone), "No password"):
        assert words in letter.body
    assert order.expires_at - order.placed_at == timedelta(days=14)


def test_whoever_is_asked_to_pay_signs_in_and_finds_the_button(meeting, cleo, context):
    follow(cleo, cleo.post(NEW, data=ADA))
    order = order_of(meeting, "ada@example.org")
    address = f"/orders/{order.ref}"

    led = browser(context).get(address)
    shown = page(signed_in(context, "ada@example.org").get(address))

    assert (led.status_code, led.headers["Location"]) == (303, f"/account/sign-in?next={address}")
    assert "Pay 440.00 USD" in shown
    assert "Keep it longer" not in shown


def test_places_are_not_held_beyond_the_meeting(meeting):
    last = datetime.combine(meeting.ends, time(12), tzinfo=meeting.zone)

    until = checkout.held_until(meeting, last)

    assert until == datetime.combine(meeting.ends + timedelta(days=1), time(0), tzinfo=meeting.zone)


def test_the_payment_link_is_sent_again_while_the_order_waits(meeting, fay):
    entry, order = an_order(meeting, somebody("Ada"))
    address = f"/staff/registration/{entry.ref}/payment-link"

    shown = [follow(fay, fay.post(address)) for _ in range(2)][-1]
    lapse(order)
    late = fay.post(address)

    assert letters() == ["lapsed", "to_pay", "to_pay"]
    assert "The payment link is on its way to ada@example.org" in shown
    assert "Payment link sent once more" in shown
    assert "Send the payment link again" in shown
    assert late.status_code == 409


def test_a_link_is_not_sent_for_an_order_whose_time_is_over(meeting, fay):
    entry, order = an_order(meeting, somebody("Ada"))
    with transaction():
        order.expires_at = clock.now() - timedelta(minutes=1)

    answer = fay.post(f"/staff/registration/{entry.ref}/payment-link")

    assert (answer.status_code, letters()) == (409, [])
