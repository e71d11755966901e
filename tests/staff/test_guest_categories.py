"""Categories of guests at the desk, and who may bring them."""

import re

import pytest

from conference import audit, registration
from conference.kernel import clock, db, transaction
from tests.staff.cast import a_registration, follow, page
from tests.staff.price_grid import words
from tests.staff.test_add_on_prices import typed


@pytest.fixture
def guest_category(meeting):
    """Guests cost 55; nobody may bring any yet."""
    with transaction():
        made = registration.add_category(meeting, code="guest", name="Accompanying person", kind="guest", position=5)
        registration.set_price(made, meeting.windows[0], amount_minor=5500)
    return made


def test_who_may_bring_how_many_is_decided_and_remembered(meeting, guest_category, cleo):
    follow(cleo, cleo.post("/staff/prices/T1/guests", data={"most": "2", "hosts": ["full"]}))

    policy = registration.guests.policy_of(meeting)
    assert (policy.most, policy.hosts) == (2, ("full",))
    assert [story.verb for story in audit.story_of(meeting)] == ["decided on guests of"]
    shown = page(cleo.get("/staff/prices/T1/guests"))
    assert 'value="2"' in shown and re.search('checked[^>]*value="full"|value="full"[^>]*checked', shown)


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Type a number"), ("-1", "between 0 and 10"), ("11", "between 0 and 10"), ("x", "")]
)
def test_a_number_that_makes_no_sense_is_refused(meeting, guest_category, cleo, typed, words):
    answer = cleo.post("/staff/prices/T1/guests", data={"most": typed})

    assert answer.status_code == 422 and words in page(answer)


def test_a_category_for_guests_is_made_once_and_stays_one(meeting, cleo):
    facts = {"code": "along", "name": "Along", "kind": "guest", "band": "#112233", "pool_id": "0", "is_on_offer": "y"}
    follow(cleo, cleo.post("/staff/prices/T1/categories/new", data=facts))
    made = registration.category_by_code(meeting, "along")
    assert (made.kind, made.admits_to_sessions) == ("guest", False)

    follow(cleo, cleo.post(f"/staff/prices/T1/categories/{made.id}", data={**facts, "kind": "attendee", "name": "B"}))

    db.session.expire_all()
    assert (registration.category_by_code(meeting, "along").kind, made.name) == ("guest", "B")


def test_the_prices_of_guests_are_those_of_the_venue_for_everybody(meeting, guest_category, cleo):
    grid = page(cleo.get(f"/staff/prices/T1/categories/{guest_category.id}/prices"))

    assert "guests pay one price for all" in grid
    assert "Whole meeting" in grid and ": members" not in grid and ": others" not in grid and "virtual" not in grid


def test_nothing_is_asked_of_guests(meeting, guest_category, cleo):
    asked = {"members_only": "y", "fallback_id": "0", "proof": ""}

    answer = cleo.post(f"/staff/prices/T1/categories/{guest_category.id}/eligibility", data=asked)

    assert answer.status_code == 422 and "Nothing is asked of guests" in page(answer)


def test_new_prices_of_guests_are_looked_at_saved_and_taken_back(meeting, guest_category, cleo):
    follow(cleo, cleo.post("/staff/prices/T1/guests", data={"most": "2"}))
    entry, _order = a_registration(meeting, "Ada")
    with transaction():
        names = {"given_name": "Maria", "family_name": "Byron", "country": "GB"}
        host, facts = registration.by_id(entry.id), {"category": guest_category, "wish": registration.Wish("guest")}
        registration.guests.add(host, names=names, by=host.person, now=clock.now(), **facts)
    address = f"/staff/prices/T1/categories/{guest_category.id}/prices"
    form = typed(cleo, address) | {f"p-0-{meeting.windows[0].id}": "75"}

    looked = words(cleo.post(f"{address}/try", data=form))
    assert "Whole meeting Regular 55.00 USD 75.00 USD" in looked and "1 draft has chosen it" in looked

    follow(cleo, cleo.post(address, data=form))
    assert list(registration.cells_of(guest_category).values()) == [7500]
    follow(cleo, cleo.post(f"{address}/back", data={"entry": audit.story_of(guest_category)[0].id}))
    assert list(registration.cells_of(guest_category).values()) == [5500]
