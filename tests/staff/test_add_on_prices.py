"""The desk: what an add-on costs by category and window, whom it is for, what it builds on, and until when it is sold."""

import re

from conference import registration
from conference.kernel import clock, db
from conference.registration import extras
from conference.registration.details import add_on_details
from tests.staff.cast import follow, page, somebody

PRICES = "/staff/prices/T1/add-ons"


def dinner_of(meeting):
    db.session.expire_all()
    return registration.add_ons_of(meeting, codes=["dinner"], all_of_them=True)[0]


def typed(client, address):
    """What the form at an address would post, but for boxes."""
    text = page(client.get(address))
    tags = re.findall(r'<input[^>]*name="((?:p-|seen)[^"]*)"[^>]*>', text)
    values = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', text) for name in tags}
    return {name: found[1] if found else "" for name, found in values.items()}


def test_the_grid_is_saved_and_what_is_typed_wrong_is_kept_and_said(meeting, cleo):
    address = f"{PRICES}/{dinner_of(meeting).id}/prices"
    form = typed(cleo, address)
    cell = next(name for name in form if name.startswith("p-"))

    wrong = cleo.post(address, data={**form, cell: "a lot"})
    follow(cleo, cleo.post(address, data={**form, cell: "45.50"}))
    stale = cleo.post(address, data={**form, cell: "1"})

    assert (wrong.status_code, "a lot" in page(wrong), stale.status_code) == (422, True, 409)
    assert list(extras.cells_of(dinner_of(meeting)).values()) == [4550]
    assert "45.50" in page(cleo.get(address)) and "others by category" in page(cleo.get(PRICES))


def test_its_days_its_categories_and_its_ground_are_typed_and_told_to_people(meeting, cleo, context):
    dinner = dinner_of(meeting)
    registration.offer_add_on(meeting, code="tour", title="City tour", amount_minor=100, places=9)
    db.session.commit()
    form = {"title": "Dinner", "kind": "dinner", "amount": "85", "places": "9", "is_on_offer": "y"}
    days = {"sold_from": "2026-01-01T09:00", "sold_until": "2027-05-01T12:00"}

    follow(cleo, cleo.post(f"{PRICES}/{dinner.id}", data={**form, **days, "only_for": "full", "needs": "tour"}))
    kept = dinner_of(meeting)
    shown = page(cleo.get(f"{PRICES}/{dinner.id}"))

    assert (kept.only_for, kept.needs, kept.sold_until.isoformat()) == (["full"], ["tour"], "2027-05-01T16:00:00+00:00")
    assert shown.count(" checked") == 3 and "2027-05-01T12:00" in shown
    sold = registration.on_sale(meeting, somebody("Zoe"), clock.now())
    words = " ".join(map(str, add_on_details(sold)["dinner"]))
    assert "For: Full." in words and "Only together with City tour." in words and "On sale until" in words


def test_a_sale_that_ends_before_it_begins_is_refused_at_the_field(meeting, cleo):
    dinner = dinner_of(meeting)
    form = {"title": "Dinner", "kind": "dinner", "amount": "85", "sold_from": "2027-01-02T09:00"}

    answer = cleo.post(f"{PRICES}/{dinner.id}", data={**form, "sold_until": "2027-01-01T09:00"})

    assert answer.status_code == 422 and "ends before it begins" in page(answer)
