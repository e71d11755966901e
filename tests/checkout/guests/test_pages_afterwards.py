"""Guests in the browser once whoever brings them is registered: theirs to look after, and nobody else's."""

import pytest

from conference import payments, registration
from conference.kernel import transaction
from tests.cast import a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.acting import going_back, ticket
from tests.checkout.guests.acting import guest_named, name_guest, place_guests, states
from tests.checkout.guests.test_pages import GUESTS, MARIA, as_ben, now, seen_in
from tests.conftest import browser
from tests.signing_in import signed_in

__all__ = ["as_ben", "now"]


def test_afterwards_they_are_added_paid_changed_and_cancelled_for(meeting, ben, as_ben, stripe, now):
    order = place(meeting, ben, now)
    settle(order, paid(order), now)
    host = registration.registration_in(meeting, ben)
    as_ben.post(f"{GUESTS}/new", data={**MARIA, "extras": ["dinner"]})
    page = as_ben.get(GUESTS)
    assert "Not ordered yet" in page.text and "Pay 115.00 USD" in page.text

    sent = as_ben.post(f"{GUESTS}/order", data={"total": seen_in(page, "total")})

    assert sent.status_code == 303 and sent.location.startswith(stripe.url)
    assert "Pay, or give the places back" in as_ben.get(GUESTS).text
    waiting = payments.orders_of(ben)[0]
    settle(waiting, paid(waiting), now)
    told = as_ben.get(f"/orders/{waiting.ref}")
    assert "Your guests are registered" in told.text and "your membership is paid" not in told.text
    ref = guest_named(host, "Maria").ref
    shown = as_ben.get(
        f"{GUESTS}/{ref}/change/check", query_string={"category": "guest", "span": "whole", "mode": "in_person"}
    )
    as_ben.post(
        f"{GUESTS}/{ref}/change",
        data={"category": "guest", "span": "whole", "mode": "in_person", "seen": seen_in(shown)},
    )
    assert (ticket(guest_named(host, "Maria"))[3], going_back()) == ([], [5400])
    shown = as_ben.get(f"{GUESTS}/{ref}/cancel")
    assert "Cancel for Maria Byron" in shown.text
    done = as_ben.post(f"{GUESTS}/{ref}/cancel", data={"seen": seen_in(shown)})
    assert (done.location, states(host)) == (GUESTS, {"Maria": "cancelled"})


def test_a_double_click_orders_once(meeting, ben, as_ben, stripe, host, now):
    name_guest(meeting, ben, now, names={"given_name": "Anna"})
    total = {"total": seen_in(as_ben.get(GUESTS), "total")}

    first, second = (as_ben.post(f"{GUESTS}/order", data=total) for _click in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == f"/orders/{payments.orders_of(ben)[0].ref}" and len(payments.orders_of(ben)) == 2


def test_another_sum_than_was_shown_is_shown_first(meeting, ben, as_ben, host, now):
    name_guest(meeting, ben, now, names={"given_name": "Anna"})

    answer = as_ben.post(f"{GUESTS}/order", data={"total": "1"})

    assert answer.status_code == 409 and "The price has changed" in answer.text and len(payments.orders_of(ben)) == 1


def test_cancelling_says_that_the_guests_are_cancelled_too(as_ben, host):
    page = as_ben.get("/meetings/T1/register/cancel")

    assert "Your guests are cancelled with you" in page.text and "Maria Byron" in page.text
    assert "Cancel for me and my guests" in page.text


def test_sending_somebody_else_says_so_too(as_ben, host):
    typed = {"email": "eve@example.org", "given_name": "Eve", "family_name": ""}

    page = as_ben.post("/meetings/T1/register/substitute/check", data=typed)

    assert "They came with you, not with the other person" in page.text


@pytest.mark.parametrize("who", ["nobody", "eve", "dov"])
def test_nobody_else_reaches_a_guest(context, meeting, ben, host, order, now, who):
    """Eve is registered too, with a guest of her own; Dov has nothing; and a stranger."""
    with transaction():
        eve = a_person("Eve", now)
    name_guest(meeting, eve, now)
    named = name_guest(meeting, ben, now, names={"given_name": "Anna"})
    maria = guest_named(host, "Maria")
    client = browser(context) if who == "nobody" else signed_in(context, f"{who}@example.org", given_name=who)
    theirs = f"{GUESTS}/{maria.ref}"
    badge = f"/meetings/T1/guests/{maria.ref}/badge"

    gets = [
        f"{GUESTS}/{named.ref}",
        theirs,
        f"{theirs}/change",
        f"{theirs}/cancel",
        badge,
        f"{badge}.png",
        f"{badge}.pdf",
    ]
    posts = [f"{GUESTS}/{named.ref}", f"{GUESTS}/{named.ref}/remove", f"{theirs}/change", f"{theirs}/cancel", badge]
    answers = [client.get(path) for path in gets] + [client.post(path, data=MARIA) for path in posts]

    refused = {303, 403} if who == "nobody" else {404}
    assert {answer.status_code for answer in answers} == refused
    assert all("Byron" not in answer.text for answer in answers)
    assert (states(host)["Maria"], guest_named(host, "Maria").person.family_name) == ("confirmed", "Byron")


def test_a_guest_of_an_unpublished_meeting_or_none_is_not_there(meeting, as_ben):
    assert [as_ben.get(path).status_code for path in (f"{GUESTS}/QQQQQQQQQQ", "/meetings/NONE/register/guests")] == [
        404,
        404,
    ]


def test_when_registration_is_over_nobody_is_added_and_all_is_still_seen(context, meeting, ben, as_ben, host, now):
    name_guest(meeting, ben, now, names={"given_name": "Anna"})
    with transaction() as session:
        session.get(type(meeting), meeting.id).windows[0].ends_at = now

    page = as_ben.get(GUESTS)

    assert page.status_code == 200 and "Maria Byron" in page.text and "Pay" not in page.text
    assert as_ben.get(f"{GUESTS}/new").location == GUESTS


def test_an_order_of_guests_that_was_not_paid_leads_back_to_them(meeting, ben, as_ben, host, now):
    name_guest(meeting, ben, now, names={"given_name": "Anna"})
    order = place_guests(host, now)
    as_ben.post(f"/orders/{order.ref}/give-back")

    page = as_ben.get(f"/orders/{order.ref}")

    assert "Look at my guests" in page.text and states(host)["Anna"] == "draft"


def test_my_page_leads_to_them(as_ben, host):
    assert "/meetings/T1/register/guests" in as_ben.get("/account/").text
