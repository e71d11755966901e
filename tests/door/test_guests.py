"""Guests at the door: let in by their own badge, found by name, shown with whom they come."""

import pytest

from conference import door, people, registration
from conference.kernel import transaction
from conference.registration import Wish
from tests.door.cast import a_meeting, a_registration, at_the_door
from tests.door.test_door import page, post, scan


@pytest.fixture
def meeting(context, now):
    made = a_meeting()
    with transaction():
        registration.add_category(made, code="guest", name="Accompanying person", kind="guest")
        registration.guests.set_policy(made, most=1, hosts=[], by=None, now=now)
    return made


@pytest.fixture
def dov(context, now):
    return at_the_door(context, now)


@pytest.fixture
def ada(meeting, now):
    return a_registration(meeting, now, "Ada")


@pytest.fixture
def maria(meeting, ada, now):
    category = registration.category_by_code(meeting, "guest")
    names = {"given_name": "Maria", "family_name": "Byron"}
    with transaction():
        facts = {"category": category, "wish": Wish("guest"), "by": None, "now": now}
        guest = registration.guests.add(ada, names=names, **facts)
        registration.hold(guest, add_ons=[], now=now)
        registration.keep(guest, now=now)
    return registration.by_id(guest.id)


def test_a_guest_is_let_in_by_their_own_badge_and_shown_with_their_host(dov, ada, maria):
    card = page(scan(dov, maria.badge_code))

    assert "Checked in" in card and "Accompanying person" in card
    assert f"<dt>Guest of</dt><dd><bdi>{ada.person.full_name}</bdi></dd>" in card
    assert door.check_in_of(maria) is not None and door.check_in_of(ada) is None


def test_a_guest_is_found_by_name(dov, meeting, ada, maria):
    assert "Maria Byron" in page(post(dov, "/door/", q="byron"))
    people_found = page(post(dov, "/door/", q="a"))
    assert f"guest of {ada.person.full_name}" in people_found


def test_the_card_of_the_host_shows_who_comes_along(dov, ada, maria):
    before = page(scan(dov, ada.badge_code))
    scan(dov, maria.badge_code)
    after = page(scan(dov, ada.badge_code))

    assert "Come with them" in before and "Maria Byron" in before and "expected" in before
    assert 'data-hue="good">in<' in after


def test_a_guest_who_was_cancelled_is_stopped(dov, maria):
    code = maria.badge_code
    with transaction():
        registration.cancel(maria)

    assert "No badge has the code" in page(scan(dov, code))
    assert "The registration was cancelled" in page(post(dov, f"/door/registrations/{maria.ref}/check-in"))


def test_guests_count_as_expected(meeting, ada, maria):
    assert door.arrived(meeting) == (0, 2) and people.by_email("") is None
