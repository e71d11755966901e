"""Whoever is invited and comes to the counter without having registered is registered by their invitation, there and in the form."""

import pytest

from conference import payments, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import CodeUse
from tests.checkout.invitations import acting as inviting
from tests.staff.cast import a_registration, page, taken
from tests.staff.test_walk_in import ADA, CHECK, DESK, entry_of, flat, hidden

EMAIL = "ada@example.org"


@pytest.fixture
def invited(meeting):
    """Ada is invited as a keynote: free of charge, with a place that is kept."""
    kind = inviting.a_kind(meeting, clock.now(), code="KEY", name="Keynote", keeps_places=True)
    (found,) = inviting.invite(meeting, kind, [EMAIL], clock.now(), names=("Ada", "Lovelace"))
    return found


@pytest.fixture
def typed(cleo, invited):
    """What the counter's form sends of her, as it was filled in."""
    return {**ADA, "total": "0", "seen": hidden(flat(cleo.get(f"{DESK}?q={EMAIL}")), "seen")}


def uses():
    return [each.state for each in db.session.query(CodeUse)]


def test_the_form_says_so_and_has_chosen_it_already(meeting, invited, cleo):
    form = flat(cleo.get(f"{DESK}?q={EMAIL}"))

    assert "Invited as Keynote by the programme committee" in form
    assert "0.00 USD" in form and "free of charge (440.00 USD off)" in form
    assert hidden(form, "given_name") == "Ada"


def test_they_are_registered_by_it_in_the_place_that_was_kept(meeting, invited, typed, cleo):
    checked = cleo.post(CHECK, data=typed)
    done = cleo.post(DESK, data=typed)

    entry = entry_of(meeting)
    assert hidden(flat(checked), "total") == "0"
    assert (done.status_code, entry.state, list(entry.ribbons)) == (303, "confirmed", ["Speaker"])
    assert (inviting.shown(invited), uses(), taken()) == ("registered", ["kept"], 1)
    assert registration.miscounted() == []


def test_a_full_house_has_the_place_that_is_kept_for_them(meeting, invited, typed, cleo):
    for name in ("A1", "A2", "A3", "A4"):
        a_registration(meeting, name)

    assert cleo.post(DESK, data={**ADA, "email": "ben@example.org", "given_name": "Ben"}).status_code == 422
    assert cleo.post(DESK, data=typed).status_code == 303
    assert taken() == 5


def test_a_slip_is_undone_and_the_invitation_stands_as_before(meeting, invited, typed, cleo):
    cleo.post(DESK, data=typed)

    undone = cleo.post(f"{DESK}/{entry_of(meeting).ref}/undoing")

    assert (undone.status_code, entry_of(meeting).state, uses()) == (303, "cancelled", [])
    assert inviting.shown(invited) == "invited"
    assert cleo.post(DESK, data={**typed, "token": "C" * 20}).status_code == 303
    assert inviting.shown(invited) == "registered"
    assert registration.miscounted() == []


def test_in_another_category_they_pay_and_the_invitation_waits(meeting, invited, typed, cleo):
    with transaction():
        other = registration.add_category(meeting, code="plus", name="Plus", position=3)
        registration.set_price(other, meeting.windows[0], amount_minor=50000)

    done = cleo.post(DESK, data={**typed, "category": "plus", "total": "50000"})

    assert (done.status_code, uses(), inviting.shown(invited)) == (303, [], "apart")
    assert payments.orders_with_line("registration", entry_of(meeting).id)[0].total_minor == 50000


def test_an_invitation_that_has_ended_is_worth_nothing(meeting, invited, typed, cleo):
    with transaction():
        found = registration.invitations.queries.by_id(invited.id)
        registration.invitations.withdraw(found, by=None, now=clock.now(), reason="Another speaker")

    assert "Invited as" not in flat(cleo.get(f"{DESK}?q={EMAIL}"))
    assert hidden(flat(cleo.post(CHECK, data=typed)), "total") == "44000"


def test_the_form_for_one_person_registers_them_by_it_too(meeting, invited, typed, cleo):
    sent = {**typed, "payment": "link"}

    checked = page(cleo.post("/staff/registrations/T1/new/check", data=sent))
    done = cleo.post("/staff/registrations/T1/new", data=sent)

    assert "Keynote: invited by the programme committee" in checked
    assert (done.status_code, inviting.shown(invited)) == (303, "registered")
    assert people.by_email(EMAIL).given_name == "Ada"
