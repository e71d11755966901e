"""Somebody else comes instead: the place moves over, the price is theirs, and what each has answered stays their own."""

import re
from datetime import timedelta

import pytest

from conference import checkout, people, registration
from conference.checkout import waiting as queueing
from conference.kernel import Refusal, transaction
from conference.payments import order_by_id
from tests.cast import a_draft, a_membership, a_person
from tests.checkout.acting import lapse, letters, paid, place, settle, taken
from tests.checkout.changing.acting import going_back, lines, used
from tests.checkout.waiting.acting import give_back, states, sweep
from tests.signing_in import signed_in

NEO = "neo@example.org"


def substitute(entry, now, email=NEO, **more):
    with transaction():
        found = registration.by_ref(entry.ref)
        seen = checkout.quote_substitute(found, email=email, now=now, **more).seen
        names = {"given_name": "Neo", "family_name": "Demo"}
        return checkout.substitute(found, email=email, names=names, seen=seen, by=found.person, now=now, **more)


def state_of(entry, email):
    found = registration.registration_in(entry.meeting, people.by_email(email))
    whole = registration.by_id(found.id)
    return whole.state, whole.mode, [booking.add_on.code for booking in whole.bookings]


def test_the_place_moves_over_without_ever_being_free_and_the_fee_is_paid_first(entry, now):
    before, badge = used(), entry.badge_code
    asked = substitute(entry, now)
    order = order_by_id(asked.order_id)

    assert (lines(order.id), order.total_minor, used()) == (
        [("registration", 44000), ("add_on", 9000), ("fee", 2500), ("credit", -44000), ("credit", -9000)],
        2500,
        before,
    )
    settle(order, paid(order, payment_intent="pi_fee"), now)

    assert (state_of(entry, NEO), used()) == (("confirmed", "in_person", ["dinner"]), before)
    former = registration.by_ref(entry.ref)
    assert (former.state, former.bookings, former.badge_code != badge) == ("cancelled", [], True)
    assert (letters(), registration.miscounted()) == (["changed", "confirmed", "taken_over"], [])


def test_an_offer_from_the_waiting_list_stays_with_the_person(meeting, entry, now, monkeypatch):
    with transaction():
        cy = a_person("Cy", now)
    order = place(meeting, cy, now, extras=["workshop"])
    with transaction():
        wait = queueing.join("add-on-workshop", meeting=meeting, person=entry.person, now=now)
    give_back(order, now)
    sweep(monkeypatch, now)

    substitute(entry, now, waived=True)

    assert (states()[wait.id], state_of(entry, NEO)) == ("offered", ("confirmed", "in_person", ["dinner"]))
    assert registration.miscounted() == []


def test_answers_stay_with_whoever_gave_them(entry, now):
    asked = substitute(entry, now, waived=True)

    heir = registration.registration_in(entry.meeting, people.by_email(NEO))
    assert (asked.state, heir.conduct_accepted_at, heir.questions_done_at) == ("done", None, None)
    assert registration.answers_of(heir) == {}


def test_who_comes_instead_finds_a_page_of_their_own_and_answers_the_questions(context, entry, now):
    substitute(entry, now, waived=True)
    client = signed_in(context, NEO, given_name="Neo", family_name="Demo", country="GR")

    assert client.get("/meetings/T1/register/mine").location.endswith("/register/seat")
    page = client.get("/meetings/T1/register/seat")
    assert page.status_code == 200 and "Ben Demo has registered you" in page.text
    assert client.get("/meetings/T1/register/questions").status_code == 200
    assert client.post("/meetings/T1/register/questions", data={"conduct": "y"}).status_code == 303
    assert registration.registration_in(entry.meeting, people.by_email(NEO)).questions_done_at is not None


def test_a_member_who_comes_instead_pays_the_member_price_and_the_rest_goes_back(entry, ada, now):
    with transaction():
        a_membership(ada, now)

    substitute(entry, now, email=ada.email, waived=True)

    assert sum(going_back()) == 22000


def test_who_is_no_member_pays_the_difference_first(meeting, ada, ben, now):
    with transaction():
        a_membership(ada, now)
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    entry = registration.by_id(registration.registration_in(meeting, ada).id)

    asked = substitute(entry, now, email=ben.email)

    assert order_by_id(asked.order_id).total_minor == 22000 + 2500


def test_who_is_registered_already_cannot_come_instead(meeting, entry, ada, now):
    place(meeting, ada, now)

    for email, why in ((ada.email, "registered for this meeting already"), (entry.person.email, "is registered")):
        with pytest.raises(Refusal, match=why):
            substitute(entry, now, email=email)


def test_it_is_refused_after_the_last_day(entry, now):
    with pytest.raises(Refusal, match="time to send somebody else is over"):
        substitute(entry, now + timedelta(days=90))


def test_who_registers_meanwhile_keeps_their_own_and_the_money_goes_back(meeting, entry, ada, now):
    asked = substitute(entry, now, email=ada.email)
    with transaction():
        draft = a_draft(meeting, ada, now)
        checkout.place(draft=draft, meeting=meeting, person=ada, now=now)

    order = order_by_id(asked.order_id)
    settle(order, paid(order, payment_intent="pi_fee"), now)

    assert (registration.by_ref(entry.ref).state, going_back()) == ("confirmed", [2500])


def test_an_own_order_that_lapses_gives_its_place_back_while_somebody_waits_to_send_them(meeting, entry, ada, now):
    substitute(entry, now, email=ada.email)
    before = taken()
    own = place(meeting, ada, now)

    lapse(own, now + timedelta(hours=1))

    assert (order_by_id(own.id).state, taken()) == ("lapsed", before)
    assert state_of(entry, ada.email) == ("draft", "in_person", [])


def test_the_pages_lead_from_a_name_to_the_payment_of_the_fee(context, stripe, entry):
    client = signed_in(context, entry.person.email)
    typed = {"email": NEO, "given_name": "Neo", "family_name": "Demo"}
    assert client.get("/meetings/T1/register/substitute").status_code == 200
    assert client.post("/meetings/T1/register/substitute/check", data={**typed, "email": "neo"}).status_code == 422

    shown = client.post("/meetings/T1/register/substitute/check", data=typed)
    seen = re.search(r'name="seen" value="([^"]*)"', shown.text)[1]
    answer = client.post("/meetings/T1/register/substitute", data={**typed, "seen": seen})

    assert answer.location.startswith(stripe.url)
    assert registration.changes.open_change(entry).kind == "substitute"
