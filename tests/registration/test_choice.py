"""The choice offers what can still be had: the sold-out stands there disabled, few places are counted, another day is refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from conference import registration
from conference.kernel import clock, transaction
from tests.cast import a_draft, a_meeting, a_person
from tests.signing_in import signed_in

BASE = "/meetings/T1/register"
TUESDAY = datetime(2027, 5, 11, 13, 0, tzinfo=UTC)  # 9:00 at the venue


@pytest.fixture
def meeting(context):
    with transaction():
        found = a_meeting(clock.now(), places=4)
        registration.category_by_code(found, "regular").is_on_offer = False
        _offer(found, "workshop", places=11, starts_at=TUESDAY)
        _offer(found, "dinner", places=1, starts_at=TUESDAY + timedelta(days=1, hours=10))
    return found


@pytest.fixture
def ada(context, meeting):
    client = signed_in(context, "ada@example.org", given_name="Ada", family_name="Demo", country="US")
    client.post(f"{BASE}/details", data={"given_name": "Ada", "family_name": "Demo", "country": "US"})
    return client


def _offer(meeting, code, *, places, starts_at):
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    registration.offer_add_on(meeting, code=code, title=code.title(), amount_minor=5000, places=places, **times)


def choose(client, **changes):
    return client.post(
        f"{BASE}/choice", data={"category": "full", "mode": "in_person", "span": "whole", "dues": "", **changes}
    )


def others_take(meeting, number, **wish):
    for each in range(number):
        with transaction():
            person = a_person(f"Other{each}", clock.now())
            draft = a_draft(meeting, person, clock.now(), **wish)
            add_ons = registration.add_ons_of(meeting, codes=wish.get("extras", ()))
            registration.hold(draft, add_ons=add_ons, now=clock.now())


def boxes(page):
    """{value: whether it can be ticked} of every box and button of the page."""
    inputs = re.findall(r'<input[^>]*type="(?:radio|checkbox)"[^>]*>', page)
    return {re.search(r'value="([^"]*)"', each)[1]: " disabled" not in each for each in inputs}


def test_a_sold_out_add_on_is_shown_disabled_and_the_others_are_not(ada, meeting):
    others_take(meeting, 1, extras=("dinner",))

    page = ada.get(f"{BASE}/choice").text

    assert {"dinner": False, "workshop": True}.items() <= boxes(page).items()
    assert page.count("Sold out") == 1


def test_what_is_ticked_and_sold_out_meanwhile_is_refused_at_the_field_and_unticked(ada, meeting):
    choose(ada, extras=["dinner"])
    others_take(meeting, 1, extras=("dinner",))

    refused = choose(ada, extras=["dinner"])

    assert refused.status_code == 422 and "No place is left: Dinner" in refused.text
    for page in (refused.text, ada.get(f"{BASE}/choice").text):
        [box] = re.findall(r'<input[^>]*value="dinner"[^>]*>', page)
        assert " disabled" in box and " checked" not in box


def test_few_places_are_counted_and_many_are_not(ada, meeting):
    before = ada.get(f"{BASE}/choice").text
    others_take(meeting, 1, extras=("workshop",))

    after = ada.get(f"{BASE}/choice").text

    assert "11 places left." not in before
    assert "10 places left." in after and "1 place left." in after  # workshop and dinner
    assert "4 places left." in before and "3 places left." in after  # the venue's


def test_with_a_full_venue_only_virtual_can_be_chosen(ada, meeting):
    others_take(meeting, 4)

    page = ada.get(f"{BASE}/choice").text
    refused = choose(ada)

    assert {"in_person": False, "virtual": True, "full": True}.items() <= boxes(page).items()
    assert "In person: sold out." in page
    assert refused.status_code == 422 and "no place is left at the venue" in refused.text
    assert 'aria-describedby="mode-error"' in refused.text
    assert choose(ada, mode="virtual").status_code == 303


def test_a_category_sold_on_site_only_is_disabled_when_it_is_full(ada, meeting):
    with transaction():
        pool = registration.add_pool(meeting, name="Trainees", places=0)
        trainee = registration.add_category(meeting, code="trainee", name="Trainee", pool=pool)
        registration.set_price(trainee, meeting.windows[0], amount_minor=100)

    page = ada.get(f"{BASE}/choice").text
    refused = choose(ada, category="trainee")

    assert {"trainee": False, "full": True, "in_person": True}.items() <= boxes(page).items()
    assert refused.status_code == 422 and "Trainee: no place is left" in refused.text


def test_a_day_ticket_buys_what_is_on_its_day_only(ada, meeting):
    other_day = choose(ada, span="2027-05-12", extras=["workshop"])
    same_day = choose(ada, span="2027-05-12", extras=["dinner"])

    assert other_day.status_code == 422 and "Workshop is on another day than your ticket" in other_day.text
    assert same_day.status_code == 303


def test_a_day_ticket_for_another_day_has_no_price_with_the_workshop(ada, meeting):
    wish = {"category": "full", "mode": "in_person", "span": "2027-05-12", "dues": "", "extras": "workshop"}

    shown = ada.get(f"{BASE}/choice/price", query_string=wish).text

    assert "another day than your ticket" in shown and "USD" not in shown


def test_each_add_on_says_its_day_to_the_page(ada, meeting):
    page = ada.get(f"{BASE}/choice").text

    assert 'data-day="2027-05-11"' in page and 'data-day="2027-05-12"' in page


def test_another_way_to_take_part_leads_through_the_questions_again(context, meeting):
    now = clock.now()
    with transaction():
        draft = a_draft(meeting, a_person("Ben", now), now)
        chosen = registration.category_by_code(meeting, "full")
        wishes = registration.Wish("full", "2027-05-12"), registration.Wish("full", mode="virtual")
        registration.choose(draft, category=chosen, wish=wishes[0], dues_code="", now=now)
        assert draft.questions_done_at is not None

        registration.choose(draft, category=chosen, wish=wishes[1], dues_code="", now=now)

    assert draft.questions_done_at is None
