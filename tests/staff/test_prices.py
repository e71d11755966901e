"""Prices, places, questions and the code of conduct at the desk; and that what was sold stays as it was sold."""

import pytest

from conference import audit, payments, registration
from conference.kernel import db
from conference.registration import Pool
from conference.staff import catalogue
from tests.staff.cast import a_meeting, a_registration, an_order, follow, page, settle, somebody

PRICES = "/staff/prices/T1"


def full_in(meeting):
    return registration.category_by_code(meeting, "full")


def grid_address(meeting):
    return f"{PRICES}/categories/{full_in(meeting).id}/prices"


def typed_prices(client, meeting):
    """What the form of the full category would post, as a dict."""
    text = page(client.get(grid_address(meeting)))
    found = {}
    for part in text.split("<input")[1:]:
        tag = part.split(">")[0]
        if 'name="p-' in tag or 'name="seen"' in tag:
            found[tag.split('name="')[1].split('"')[0]] = tag.split('value="')[1].split('"')[0]
    return found


def name_of(meeting, span="whole", mode="in_person", member=False):
    keys = [key for key, _label in catalogue.rows_of(meeting, full_in(meeting))]
    return f"p-{keys.index((span, mode, member))}-{meeting.windows[0].id}"


def price(meeting, **cell):
    facts = {"span": "whole", "mode": "in_person", "member": False, **cell}
    key = registration.Cell("full", meeting.windows[0].code, facts["member"], facts["span"], facts["mode"])
    found = registration.prices_of(meeting).get(key)
    return found and found.minor


def test_the_matrix_shows_what_is_sold_and_what_is_not(meeting, cleo):
    shown = page(cleo.get(PRICES))

    assert "440.00 USD" in shown
    assert "220.00 USD" in shown


def test_a_price_is_changed_added_and_taken_away_and_remembered(meeting, cleo):
    typed = typed_prices(cleo, meeting)
    typed[name_of(meeting)] = "480.50"
    typed[name_of(meeting, mode="virtual")] = ""
    typed[name_of(meeting, mode="virtual", member=True)] = "99"

    follow(cleo, cleo.post(grid_address(meeting), data=typed))

    virtual = [price(meeting, mode="virtual", member=member) for member in (False, True)]
    assert (price(meeting), price(meeting, member=True), virtual) == (48050, 22000, [None, 9900])
    entry = audit.story_of(full_in(meeting))[0]
    cell = f"{meeting.windows[0].code} other whole in_person"
    assert (entry.actor_name, entry.before[cell], entry.after[cell]) == ("Cleo Desk", "440.00", "480.50")


def test_sold_lines_and_open_orders_keep_their_price(meeting, cleo):
    _entry, sold = a_registration(meeting, "Ada")
    _entry, waiting = an_order(meeting, somebody("Ben"))
    typed = {name: "1.00" if value else "" for name, value in typed_prices(cleo, meeting).items() if name != "seen"}
    typed["seen"] = typed_prices(cleo, meeting)["seen"]

    follow(cleo, cleo.post(grid_address(meeting), data=typed))
    settle(waiting)

    lines = [payments.order_by_ref(order.ref).lines[0] for order in (sold, waiting)]
    assert (price(meeting), [line.amount_minor for line in lines]) == (100, [44000, 44000])
    assert payments.order_by_ref(waiting.ref).state == "paid"


@pytest.mark.parametrize("wrong", ["abc", "-1", "1.005", "1e3", "9" * 20, "1000000.00", "<b>"])
def test_what_is_no_price_is_refused_at_its_field_and_nothing_typed_is_lost(meeting, cleo, wrong):
    typed = typed_prices(cleo, meeting) | {name_of(meeting): wrong, name_of(meeting, member=True): "123.45"}

    answer = cleo.post(grid_address(meeting), data=typed)

    assert answer.status_code == 422
    assert 'value="123.45"' in page(answer)
    assert (price(meeting), price(meeting, member=True)) == (44000, 22000)


def test_prices_changed_elsewhere_are_not_overwritten_unseen(meeting, cleo):
    typed = typed_prices(cleo, meeting)
    follow(cleo, cleo.post(grid_address(meeting), data=typed | {name_of(meeting): "500"}))

    answer = cleo.post(grid_address(meeting), data=typed | {name_of(meeting): "300"})

    assert (answer.status_code, price(meeting)) == (409, 50000)
    assert 'value="300"' in page(answer)


def test_a_category_is_added_and_changed(meeting, cleo):
    facts = {
        "code": "press",
        "name": "Press",
        "kind": "attendee",
        "band": "#aa0000",
        "pool_id": "0",
        "is_on_offer": "y",
        "position": "3",
    }

    follow(cleo, cleo.post(f"{PRICES}/categories/new", data=facts))
    again = cleo.post(f"{PRICES}/categories/new", data=facts)
    found = registration.category_by_code(meeting, "press")
    follow(cleo, cleo.post(f"{PRICES}/categories/{found.id}", data={**facts, "name": "Journalists", "code": "other"}))

    assert again.status_code == 422
    assert "in use already" in page(again)
    found = registration.category_by_code(meeting, "press")
    assert (found.name, found.band, [entry.verb for entry in audit.story_of(found)]) == (
        "Journalists",
        "#aa0000",
        ["changed", "added"],
    )


def test_an_add_on_has_never_fewer_places_than_are_taken(meeting, cleo):
    a_registration(meeting, "Ada", extras=("dinner",))
    a_registration(meeting, "Ben", extras=("dinner",))
    dinner = registration.add_ons_of(meeting)[0]
    facts = {"title": "Gala", "kind": "dinner", "amount": "90", "places": "1", "is_on_offer": "y"}

    refused = cleo.post(f"{PRICES}/add-ons/{dinner.id}", data=facts)
    kept = registration.add_ons_of(meeting)[0]
    assert (refused.status_code, kept.title, kept.pool.places) == (422, "Dinner", 2)
    assert "2 places are taken already" in page(refused)
    follow(cleo, cleo.post(f"{PRICES}/add-ons/{dinner.id}", data={**facts, "places": "3"}))

    db.session.expire_all()
    kept = registration.add_ons_of(meeting)[0]
    assert (kept.title, kept.amount_minor, kept.pool.places, kept.pool.taken) == ("Gala", 9000, 3, 2)


def test_an_add_on_is_added_with_times_at_the_venue(meeting, cleo):
    day = meeting.starts.isoformat()
    facts = {"code": "tour", "title": "Tour", "kind": "other", "amount": "0", "places": "", "is_on_offer": "y"}

    follow(
        cleo, cleo.post(f"{PRICES}/add-ons/new", data={**facts, "starts_at": f"{day}T09:00", "ends_at": f"{day}T10:30"})
    )

    tour = registration.add_ons_of(meeting, codes=["tour"])[0]
    assert (tour.starts_at.astimezone(meeting.zone).hour, tour.pool.places, tour.amount_minor) == (9, None, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "x"}, "is not an amount"),
        ({"places": "-1"}, "Number must be"),
        ({"starts_at": "0001-01-01T00:00", "ends_at": "0001-01-02T00:00"}, "A year between 2000 and 2199"),
        ({"starts_at": "2028-01-01T10:00", "ends_at": "2028-01-01T09:00"}, "ends before it starts"),
        ({"starts_at": "2028-01-01T10:00"}, "both a start and an end"),
        ({"code": "No Good"}, "Small letters"),
        ({"code": "dinner"}, "in use already"),
    ],
)
def test_an_add_on_that_cannot_be_is_refused(meeting, cleo, change, words):
    facts = {"code": "tour", "title": "Tour", "kind": "other", "amount": "0", "places": "3", **change}

    answer = cleo.post(f"{PRICES}/add-ons/new", data=facts)

    assert answer.status_code == 422
    assert words in page(answer)


def test_places_are_added_and_resized(meeting, cleo):
    a_registration(meeting, "Ada")
    venue = db.session.query(Pool).filter_by(name="Venue").one()

    follow(cleo, cleo.post(f"{PRICES}/places/new", data={"name": "Balcony", "places": "7"}))
    refused = cleo.post(f"{PRICES}/places/{venue.id}", data={"name": "Hall", "places": "0"})
    follow(cleo, cleo.post(f"{PRICES}/places/{venue.id}", data={"name": "Hall", "places": ""}))

    db.session.expire_all()
    assert refused.status_code == 422
    assert {pool.name: pool.places for pool in db.session.query(Pool)} == {"Hall": None, "Dinner": 2, "Balcony": 7}


def test_a_thing_of_another_meeting_is_not_found(meeting, cleo):
    other = a_meeting(code="T2")
    dinner, question = registration.add_ons_of(other)[0], registration.questions_of(other)[0]
    category = registration.category_by_code(other, "full")

    paths = (
        f"add-ons/{dinner.id}",
        f"questions/{question.id}",
        f"categories/{category.id}",
        f"places/{dinner.pool_id}",
    )

    assert {cleo.get(f"{PRICES}/{path}").status_code for path in paths} == {404}
    assert {cleo.get(f"/staff/prices/T2/{path}").status_code for path in paths} == {200}
