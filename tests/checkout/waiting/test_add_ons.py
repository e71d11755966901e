"""An add-on that is offered to somebody who has paid already: taken by the link in the letter, paid, booked, or passed on."""

import re

import pytest
from sqlalchemy import select

from conference import payments, registration
from conference.kernel import db, transaction
from conference.registration import Pool
from tests.checkout.acting import lapse, paid, place, settle
from tests.checkout.waiting.acting import give_back, in_step, states, sweep
from tests.checkout.waiting.test_offers import LATER
from tests.signing_in import signed_in


@pytest.fixture
def dinner(meeting, people, now):
    """The dinner has one place, which Ada holds; there are places in the venue for all."""
    with transaction():
        registration.resize(db.session.scalar(select(Pool).where(Pool.name == "Venue")), places=9, by=None, now=now)
        return registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=1)


@pytest.fixture
def waits(meeting, people, dinner, now, monkeypatch):
    """Ben, who has paid, is offered the dinner that Ada gave back; Cleo, who has paid too, comes next."""
    adas = place(meeting, people[0], now, extras=("dinner",))
    found = [_wait_paid(meeting, person, dinner, now) for person in people[1:3]]
    give_back(adas, now)
    sweep(monkeypatch, now)
    return found


def _wait_paid(meeting, person, dinner, now):
    order = place(meeting, person, now)
    settle(order, paid(order), now)
    with transaction():
        return registration.waiting.join(registration.registration_in(meeting, person), add_on=dinner, now=now)


def take(browser, wait):
    """Press the button on the page of the offer."""
    page = browser.get(f"/waiting/{wait.ref}").text
    return browser.post(f"/waiting/{wait.ref}/take", data={"seen": re.search(r'name="seen" value="([^"]*)"', page)[1]})


def order_of(meeting, person):
    change = registration.changes.open_change(registration.registration_in(meeting, person))
    return payments.order_by_id(change.order_id)


def booked(meeting, person):
    entry = registration.registration_in(meeting, person)
    return [(each.add_on.code, each.state) for each in registration.by_ref(entry.ref).bookings]


def only_switches_are_left(meeting, now):
    step = {"kind": "switch", "until": now + LATER, "amount_minor": 2000}
    with transaction():
        registration.changes.set_steps(meeting, [step], by=None, now=now)


@pytest.mark.parametrize("table", [None, only_switches_are_left])
def test_it_is_taken_and_paid_whatever_the_table_of_changes_says(
    context, stripe, meeting, people, waits, now, monkeypatch, table
):
    if table:
        table(meeting, now)
    browser = signed_in(context, people[1].email)

    answer = take(browser, waits[0])
    order = order_of(meeting, people[1])
    held = states()[waits[0].id], [(line.kind, line.amount_minor) for line in order.lines]
    settle(order, paid(order), now)

    assert answer.status_code == 303
    assert held == ("accepted", [("add_on", 8500)])
    assert booked(meeting, people[1]) == [("dinner", "confirmed")]
    assert states()[waits[0].id] == "done"
    assert in_step()


def test_unpaid_it_is_offered_again_and_then_goes_to_the_next(
    context, stripe, meeting, people, waits, now, monkeypatch
):
    take(signed_in(context, people[1].email), waits[0])
    order = order_of(meeting, people[1])

    lapse(order, order.expires_at)
    sweep(monkeypatch, order.expires_at)
    back = [states()[wait.id] for wait in waits], booked(meeting, people[1])
    sweep(monkeypatch, now + LATER)

    assert back == (["offered", "waiting"], [])
    assert [states()[wait.id] for wait in waits] == ["lapsed", "offered"]
    assert registration.registration_in(meeting, people[1]).state == "confirmed"
    assert in_step()


def test_a_second_click_leads_to_the_order_of_the_first(context, stripe, meeting, people, waits, now):
    browser = signed_in(context, people[1].email)
    seen = re.search(r'name="seen" value="([^"]*)"', browser.get(f"/waiting/{waits[0].ref}").text)[1]

    first, second = (browser.post(f"/waiting/{waits[0].ref}/take", data={"seen": seen}) for _ in range(2))
    order = order_of(meeting, people[1])

    assert (first.status_code, second.status_code, second.location) == (303, 303, first.location)
    assert first.location in (f"/orders/{order.ref}", order.session_url)
    assert len(registration.changes.changes_of(registration.registration_in(meeting, people[1]))) == 1
    settle(order, paid(order), now)
    third = browser.post(f"/waiting/{waits[0].ref}/take", data={"seen": seen})
    assert (third.status_code, third.location) == (303, f"/orders/{order.ref}")
    assert in_step()


def test_a_second_click_on_what_costs_nothing_leads_to_what_is_theirs(context, meeting, people, dinner, waits, now):
    with transaction():
        registration.change(dinner, amount_minor=0, by=None, now=now)
    browser = signed_in(context, people[1].email)
    seen = re.search(r'name="seen" value="([^"]*)"', browser.get(f"/waiting/{waits[0].ref}").text)[1]

    first, second = (browser.post(f"/waiting/{waits[0].ref}/take", data={"seen": seen}) for _ in range(2))

    assert (first.status_code, second.status_code, second.location) == (303, 303, first.location)
    assert booked(meeting, people[1]) == [("dinner", "confirmed")]


def test_a_click_after_the_offer_went_on_is_still_refused(context, meeting, people, waits, now, monkeypatch):
    browser = signed_in(context, people[1].email)
    seen = re.search(r'name="seen" value="([^"]*)"', browser.get(f"/waiting/{waits[0].ref}").text)[1]
    sweep(monkeypatch, now + LATER)

    assert browser.post(f"/waiting/{waits[0].ref}/take", data={"seen": seen}).status_code == 409


def test_nobody_takes_an_offer_of_somebody_else_or_at_another_price(context, stripe, people, waits):
    strange = signed_in(context, people[2].email).post(f"/waiting/{waits[0].ref}/take", data={"seen": "8500:0:0:1"})
    stale = signed_in(context, people[1].email).post(f"/waiting/{waits[0].ref}/take", data={"seen": "1:0:0:1"})

    assert (strange.status_code, stale.status_code) == (404, 409)
    assert states()[waits[0].id] == "offered"


def test_a_ticket_on_site_is_offered_to_somebody_who_takes_part_from_afar(
    context, stripe, meeting, people, adas, now, monkeypatch
):
    with transaction():
        draft = registration.start(meeting=meeting, person=people[1], now=now)
        wait = registration.waiting.join(draft, category=registration.category_by_code(meeting, "full"), now=now)
    order = place(meeting, people[1], now, mode="virtual")
    settle(order, paid(order), now)
    give_back(adas, now)
    sweep(monkeypatch, now)

    answer = take(signed_in(context, people[1].email), wait)
    rest = order_of(meeting, people[1])
    settle(rest, paid(rest), now)

    entry = registration.registration_in(meeting, people[1])
    assert (answer.status_code, rest.total_minor, entry.mode) == (303, 22000, "in_person")
    assert states()[wait.id] == "done"
    assert in_step()
