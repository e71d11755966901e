"""Guests in the browser: named before and after paying, by whoever brings them and by nobody else."""

import re

import pytest

from conference import payments, registration
from conference.kernel import clock, transaction
from tests.cast import a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.acting import going_back, ticket
from tests.checkout.guests.acting import guest_named, host_of, name_guest, place_guests, states
from tests.conftest import browser
from tests.signing_in import signed_in

GUESTS = "/meetings/T1/register/guests"
MARIA = {
    "given_name": "Maria",
    "family_name": "Byron",
    "country": "GB",
    "category": "guest",
    "span": "whole",
    "mode": "in_person",
}


@pytest.fixture
def now():
    """Pages have the clock of the day."""
    return clock.now()


@pytest.fixture
def as_ben(context, ben):
    return signed_in(context, ben.email)


def seen_in(page, name="seen"):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def test_after_the_choice_it_is_asked_whether_somebody_comes_along(meeting, ben, as_ben, now):
    host_of(meeting, ben, now)
    choice = {"category": "full", "span": "whole", "mode": "in_person"}

    assert as_ben.post("/meetings/T1/register/choice", data=choice).location == GUESTS
    page = as_ben.get(GUESTS)
    assert "Are you bringing somebody?" in page.text and "55.00 USD" in page.text and "Step 3 of 5" in page.text
    assert "Go on without guests" in page.text and "440.00 USD" in page.text
    virtual = as_ben.post("/meetings/T1/register/choice", data={**choice, "mode": "virtual"})
    assert virtual.location == "/meetings/T1/register/questions"


def test_a_guest_is_named_seen_in_the_sum_changed_and_taken_off(meeting, ben, as_ben, now):
    host = host_of(meeting, ben, now)

    added = as_ben.post(f"{GUESTS}/new", data={**MARIA, "extras": ["dinner"]})

    assert (added.status_code, added.location, states(host)) == (303, GUESTS, {"Maria": "draft"})
    page = as_ben.get(GUESTS)
    assert "Maria Byron" in page.text and "115.00 USD" in page.text and "555.00 USD" in page.text
    ref = guest_named(host, "Maria").ref
    form = as_ben.get(f"{GUESTS}/{ref}")
    assert 'value="Byron"' in form.text and re.search(
        'value="dinner"[^>]*checked|checked[^>]*value="dinner"', form.text
    )

    as_ben.post(f"{GUESTS}/{ref}", data={**MARIA, "given_name": "Mary"})

    changed = guest_named(host, "Mary")
    assert (changed.ref, changed.wanted, changed.person.full_name) == (ref, [], "Mary Byron")
    as_ben.post(f"{GUESTS}/{ref}/remove")
    assert states(host) == {}


def test_the_review_shows_them_and_the_order_is_for_all(meeting, ben, as_ben, stripe, now):
    name_guest(meeting, ben, now, extras=("dinner",))
    page = as_ben.get("/meetings/T1/register/review")
    assert "Maria Byron: Dinner" in page.text and "Change your guests" in page.text and "Pay 555.00 USD" in page.text

    answer = as_ben.post("/meetings/T1/register/review", data={"total": seen_in(page, "total")})

    assert answer.status_code == 303 and answer.location.startswith(stripe.url)
    assert payments.orders_of(ben)[0].total_minor == 55500
    assert as_ben.get(GUESTS).location == "/meetings/T1/register/mine"


def test_without_a_name_the_form_says_so_and_keeps_what_was_typed(meeting, ben, as_ben, now):
    host = host_of(meeting, ben, now)

    answer = as_ben.post(f"{GUESTS}/new", data={**MARIA, "given_name": " ", "family_name": "", "extras": ["dinner"]})

    assert answer.status_code == 422 and "Give at least one name." in answer.text
    assert re.search('<option selected value="GB"|value="GB" selected', answer.text) and states(host) == {}


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"category": "full"}, 422, "Not a valid choice"),
        ({"category": ""}, 422, "Choose a category"),
        ({"extras": ["course"]}, 422, "is not a valid choice"),
        ({"span": "2027-05-12"}, 422, "Not a valid choice"),
        ({"mode": "virtual"}, 422, "Not a valid choice"),
        ({"given_name": "x" * 301}, 422, "300"),
    ],
)
def test_what_is_not_sold_to_guests_is_refused_at_its_field(meeting, ben, as_ben, now, wrong, status, words):
    host = host_of(meeting, ben, now)

    answer = as_ben.post(f"{GUESTS}/new", data={**MARIA, **wrong})

    assert (answer.status_code, states(host)) == (status, {}) and words in answer.text


def test_full_is_said_before_and_when_it_is_tried(meeting, ben, as_ben, now):
    host = host_of(meeting, ben, now)
    with transaction():
        registration.resize(registration.category_by_code(meeting, "guest").pool, places=0, by=None, now=now)

    page, tried = as_ben.get(GUESTS), as_ben.post(f"{GUESTS}/new", data=MARIA)

    assert "All places for guests are taken" in page.text and "Add a guest" not in page.text
    assert tried.status_code == 422 and "no place is left" in tried.text and states(host) == {}
    assert "Accompanying person" not in as_ben.get("/meetings/T1/register/waiting").text


def test_the_price_is_shown_while_one_chooses(meeting, ben, as_ben, now):
    host_of(meeting, ben, now)
    price = f"{GUESTS}/price"

    assert "115.00 USD" in as_ben.get(price, query_string={**MARIA, "given_name": "", "extras": "dinner"}).text
    assert "Price for guests" in as_ben.get(price, query_string=MARIA).text
    assert "Choose a category" in as_ben.get(price, query_string={"category": "full"}).text


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
