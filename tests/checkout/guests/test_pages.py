"""Guests in the browser: named before and after paying, by whoever brings them and by nobody else."""

import re

import pytest

from conference import payments, registration
from conference.kernel import clock, transaction
from tests.checkout.guests.acting import guest_named, host_of, name_guest, states
from tests.signing_in import signed_in

CHOICE, GUESTS = "/meetings/T1/register/choice", "/meetings/T1/register/guests"
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


def test_whoever_says_that_somebody_comes_along_names_them_next_and_nobody_else_is_asked(meeting, ben, as_ben, now):
    host_of(meeting, ben, now)
    choice, company = {"category": "full", "span": "whole", "mode": "in_person"}, {"company": "y"}

    assert as_ben.post(CHOICE, data=choice).location == "/meetings/T1/register/questions"
    assert as_ben.post(CHOICE, data={**choice, **company}).location == GUESTS
    page = as_ben.get(GUESTS)
    assert "Are you bringing somebody?" in page.text and "55.00 USD" in page.text and "Step 3 of 5" in page.text
    assert "Go on without guests" in page.text and "440.00 USD" in page.text
    virtual = as_ben.post(CHOICE, data={**choice, **company, "mode": "virtual"})
    assert "or not with your category" in as_ben.get(virtual.location).text


def test_the_tick_stays_with_whoever_has_named_somebody_and_there_is_none_without_guests(meeting, ben, as_ben, now):
    name_guest(meeting, ben, now)
    ticked = re.search(r'<input[^>]*name="company"[^>]*>', as_ben.get(CHOICE).text)[0]
    choice = {"category": "full", "span": "whole", "mode": "in_person"}

    assert "checked" in ticked
    assert as_ben.post(CHOICE, data=choice).location == GUESTS
    with transaction():
        registration.guests.set_policy(meeting, most=0, hosts=[], by=None, now=now)
    assert 'name="company"' not in as_ben.get(CHOICE).text


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
