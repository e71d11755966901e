"""Changing one's own registration in the browser: choose, see, confirm; nobody else's, and nothing by accident."""

import re

import pytest
from sqlalchemy import select

from conference import payments, registration
from conference.kernel import db, transaction
from conference.mail import Letter
from tests.cast import a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.acting import change, going_back, ticket
from tests.payments.test_refunds import said
from tests.signing_in import signed_in

CHANGE = "/meetings/T1/register/change"


def seen_in(page):
    return re.search(r'name="seen" value="([^"]*)"', page.text)[1]


def the_refunds():
    return list(db.session.scalars(select(payments.Refund).order_by(payments.Refund.id)))


def stripe_says(state, now):
    """Stripe has the same to say of all refunds."""
    for refund in the_refunds():
        with transaction():
            payments.refunds.note(said(refund, state), now=now)


def letters_to(email):
    """The texts of the letters to somebody, the newest last."""
    return list(db.session.scalars(select(Letter.body).where(Letter.to_email == email).order_by(Letter.id)))


def own_order(client):
    """The page of the newest order about one's own registration."""
    return client.get(client.get("/meetings/T1/register/mine").location).text


@pytest.fixture
def as_ben(context, entry, ben):
    return signed_in(context, ben.email)


def test_the_page_begins_with_what_they_have_and_says_what_changes_cost(as_ben):
    page = as_ben.get(CHANGE)

    assert [tag for tag in re.findall("<input[^>]*>", page.text) if 'value="dinner"' in tag and "checked" in tag]
    assert "20.00" in page.text and "What changes cost" in page.text


def test_a_switch_is_shown_and_then_done(as_ben, entry):
    wish = {"category": "full", "span": "whole", "mode": "virtual"}
    shown = as_ben.get(f"{CHANGE}/check", query_string=wish)
    assert shown.status_code == 200 and ticket(entry)[2] == "in_person"

    answer = as_ben.post(CHANGE, data={**wish, "seen": seen_in(shown)})

    assert (answer.status_code, ticket(entry)[2], going_back()) == (303, "virtual", [19100, 9000])
    assert "change" in as_ben.get(CHANGE).text


def test_a_stale_price_is_refused_and_what_was_typed_is_kept(as_ben, entry):
    answer = as_ben.post(CHANGE, data={"category": "full", "span": "whole", "mode": "virtual", "seen": "0:1:1:1"})

    assert (answer.status_code, ticket(entry)[2]) == (409, "in_person")
    assert "The price has changed" in answer.text


def test_cancelling_shows_what_goes_back_before_it_happens(as_ben, entry):
    shown = as_ben.get("/meetings/T1/register/cancel")
    assert "430.00" in shown.text and registration.by_ref(entry.ref).state == "confirmed"

    as_ben.post("/meetings/T1/register/cancel", data={"seen": seen_in(shown)})

    assert (registration.by_ref(entry.ref).state, sum(going_back())) == ("cancelled", 43000)


def test_what_goes_back_is_said_with_its_sum_its_way_and_its_time_and_then_followed(as_ben, stripe, entry, now):
    shown = as_ben.get("/meetings/T1/register/cancel")

    as_ben.post("/meetings/T1/register/cancel", data={"seen": seen_in(shown)})

    page = own_order(as_ben)
    promise = "430.00 USD goes back to the card or account that paid it. Banks take 5 to 10 working days to show it."
    # As it is done, and among the payments of the order.
    assert page.count(promise) == 2 and page.count("refund on its way") == 1
    assert promise in as_ben.get("/account/").text
    assert promise.split(".")[0] in letters_to("ben@example.org")[-1]

    for state, words in (("succeeded", "430.00 USD was sent back"), ("failed", "430.00 USD could not be sent back")):
        stripe_says(state, now)
        for page in (own_order(as_ben), as_ben.get("/account/").text):
            assert words in page

    for refund in the_refunds():
        with transaction():
            payments.repeat_refund(refund, by=entry.person, now=now)

    page = as_ben.get("/account/").text

    assert "could not be sent back" not in page and page.count("430.00 USD goes back") == 1


def test_what_a_later_order_sends_back_is_followed_beside_the_order_of_the_ticket(as_ben, entry, now):
    later = payments.order_by_id(change(entry, now, extras=("dinner", "workshop")).order_id)
    settle(later, paid(later), now)
    change(entry, now, extras=("dinner",))

    page = own_order(as_ben)

    assert "45.00 USD goes back" in page and f'href="/orders/{later.ref}"' in page


def test_a_double_click_does_it_once(as_ben, entry):
    shown = as_ben.get("/meetings/T1/register/cancel")
    for _click in range(2):
        as_ben.post("/meetings/T1/register/cancel", data={"seen": seen_in(shown)})

    assert sum(going_back()) == 43000


def test_something_to_add_leads_to_its_payment(as_ben, stripe, entry):
    wish = {"category": "full", "span": "whole", "mode": "in_person", "extras": ["dinner", "workshop"]}
    shown = as_ben.get(f"{CHANGE}/check", query_string=wish)

    answer = as_ben.post(CHANGE, data={**wish, "seen": seen_in(shown)})

    assert answer.status_code == 303 and answer.location.startswith(stripe.url)
    assert registration.changes.open_change(entry).state == "open"


@pytest.mark.parametrize(
    "wish",
    [
        {"span": "whole"},
        {"category": "full", "span": "whole", "mode": "in_person", "extras": ["dinner"]},
        {"category": "<b>", "span": "whole", "mode": "in_person"},
        {"category": "full", "span": "2099-01-01", "mode": "in_person"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_happens(as_ben, entry, wish):
    answer = as_ben.get(f"{CHANGE}/check", query_string=wish)

    assert (answer.status_code, ticket(entry)) == (422, ("full", "whole", "in_person", ["dinner"]))


def test_who_did_not_pay_cannot_take_the_money(context, meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    with transaction():
        payer = a_person("Payer", now)
        payments.order_by_id(order.id).person_id = payer.id
    client = signed_in(context, ada.email)

    answer = client.post("/meetings/T1/register/cancel", data={"seen": "x"})

    assert (answer.status_code, going_back()) == (409, [])
    assert "Somebody else paid" in answer.text


def test_who_has_no_registration_finds_no_page(context, entry, ada):
    client = signed_in(context, ada.email)

    assert [client.get(path).status_code for path in (CHANGE, "/meetings/T1/register/cancel")] == [404, 404]
