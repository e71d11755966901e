"""What an add-on costs follows category and window; whoever has bought it keeps the price of their day."""

from datetime import timedelta

import pytest

from conference import checkout, registration
from conference.kernel import Refusal, db, transaction
from conference.payments import order_by_id
from conference.registration import NotSold, Wish, extras
from tests.cast import a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.acting import change, ticket


@pytest.fixture
def student(meeting, now):
    """A category for which the dinner costs 45 rather than 90 in the only window."""
    with transaction():
        made = registration.category_by_code(meeting, "student")
        set_prices(meeting, {(made.id, meeting.windows[0].id): 4500}, now)
    return made


def dinner_of(meeting):
    return registration.add_ons_of(meeting, codes=["dinner"])[0]


def set_prices(meeting, cells, now, seen=None):
    dinner = dinner_of(meeting)
    named = {"categories": {each.id: each for each in registration.categories_of(meeting, all_of_them=True)}}
    named["windows"] = {each.id: each for each in meeting.windows}
    seen = extras.version_of(dinner) if seen is None else seen
    return extras.set_prices(dinner, cells, seen=seen, by=None, now=now, **named)


def amounts(order):
    return [(line.kind, line.amount_minor) for line in order_by_id(order.id).lines]


def test_a_category_with_a_price_of_its_own_pays_that_and_is_told_why(meeting, ben, student, now):
    order = place(meeting, ben, now, category="student", extras=["dinner"])

    line = order_by_id(order.id).lines[1]
    assert amounts(order) == [("registration", 15000), ("add_on", 4500)]
    assert line.why[0] == "Priced by category and date" and "until" in line.why[1]
    assert (line.rule["priced_for"], line.rule["priced_in"]) == ("student", meeting.windows[0].code)


def test_every_other_category_pays_the_price_of_the_add_on(meeting, ben, student, now):
    order = place(meeting, ben, now, extras=["dinner"])

    assert amounts(order) == [("registration", 44000), ("add_on", 9000)]


def test_what_was_sold_keeps_its_price_when_the_grid_changes(meeting, ben, student, now):
    order = place(meeting, ben, now, category="student", extras=["dinner"])
    with transaction():
        set_prices(meeting, {(student.id, meeting.windows[0].id): None}, now)

    assert amounts(order) == [("registration", 15000), ("add_on", 4500)]
    assert extras.cells_of(dinner_of(meeting)) == {}


def test_two_who_edit_at_once_do_not_undo_each_other(meeting, student, now):
    seen = extras.version_of(dinner_of(meeting))
    with transaction():
        set_prices(meeting, {(student.id, meeting.windows[0].id): 4000}, now, seen)

    with pytest.raises(Refusal, match="changed elsewhere"):
        set_prices(meeting, {(student.id, meeting.windows[0].id): 100}, now, seen)


def with_facts(meeting, code, **facts):
    with transaction():
        for name, value in facts.items():
            setattr(registration.add_ons_of(meeting, codes=[code])[0], name, value)


def test_what_is_bought_beforehand_only_is_refused_from_its_last_instant_on(meeting, ben, now):
    with_facts(meeting, "dinner", sold_until=now)

    with pytest.raises(NotSold, match="not sold any more"):
        place(meeting, ben, now, extras=["dinner"])
    place(meeting, ben, now - timedelta(seconds=1), extras=["dinner"])


def test_a_change_adds_what_builds_on_what_one_has_and_never_drops_its_ground(meeting, entry, now):
    with_facts(meeting, "workshop", needs=["dinner"])

    added = change(entry, now, extras=("dinner", "workshop"))
    order = order_by_id(added.order_id)
    settle(order, paid(order, payment_intent="pi_2"), now)

    with pytest.raises(NotSold, match="builds on"):
        change(entry, now, extras=("workshop",))
    assert ticket(entry)[3] == ["dinner", "workshop"]


def test_a_switch_to_a_category_that_an_add_on_is_not_for_is_refused(meeting, entry, now, student):
    with_facts(meeting, "dinner", only_for=["full"])

    with pytest.raises(NotSold, match="not offered to the category"):
        checkout.quote_change(entry, Wish("student", extras=("dinner",)), now=now)


def test_whoever_has_it_may_change_other_things_after_its_sale_has_ended(meeting, entry, now):
    with_facts(meeting, "dinner", sold_until=now)

    change(entry, now, mode="in_person", extras=("dinner", "workshop"))

    with transaction():
        eve = a_person("Eve", now)
    with pytest.raises(NotSold):
        place(meeting, eve, now, extras=["dinner"])
    db.session.rollback()
