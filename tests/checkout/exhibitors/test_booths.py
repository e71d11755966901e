"""Booths that change: the allotment follows, never below what is used; names after their day; contacts; who can go."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conference import payments, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import groups
from tests.cast import a_person
from tests.checkout.acting import paid, settle, state_of
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor, badge, changed, count, order, prices, three


def test_what_was_sold_keeps_its_price_and_rule_whatever_the_booth_becomes(meeting, kind, acme, now):
    made = three(acme, now)
    settle(made, paid(made), now)
    before = [(line.amount_minor, line.why, line.rule) for line in payments.locked(made.id).lines]

    bigger = changed(acme, now, booth_count=3, booths="214, 215, 216")

    assert [(line.amount_minor, line.why, line.rule) for line in payments.locked(made.id).lines] == before
    badge(bigger, "Dee", now)
    assert (prices(order(bigger, now)), count(acme)) == ([0], (6, 3, 3))


def test_the_allotment_never_falls_below_what_is_used(acme, now):
    badge(acme, "Ann", now)
    badge(acme, "Bo", now)
    order(acme, now)

    with pytest.raises(Refusal, match="Acme uses 2 badges of its allotment and would have 1") as told:
        changed(acme, now, override=1, override_reason="Contract")

    assert (told.value.field, count(acme)) == ("override", (2, 2, 2))


def test_a_rule_that_changes_is_that_of_all_such_booths_or_of_none(meeting, kind, acme, now):
    with transaction():
        other = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org", booths="300")
    badge(acme, "Ann", now)
    badge(acme, "Bo", now)
    order(acme, now)

    with pytest.raises(Refusal, match="Acme would have fewer"), transaction():
        registration.exhibitors.change_kind(kind, badges=1, by=None, now=now)
    db.session.rollback()
    assert (count(acme), count(other)) == ((2, 2, 2), (2, 0, 0))

    with transaction():
        registration.exhibitors.change_kind(kind, badges=4, by=None, now=now)
    assert (count(acme), count(other)) == ((4, 2, 2), (4, 0, 0))


def test_another_kind_of_booth_takes_the_roster_along(meeting, kind, acme, now):
    full = registration.category_by_code(meeting, "full")
    with transaction():
        registration.set_price(full, meeting.windows[0], amount_minor=44000)
        island = a_kind(meeting, now, category="full", code="island", badges=0)
    badge(acme, "Ann", now)

    moved = changed(acme, now, kind=island)

    assert prices(order(moved, now)) == [44000]
    assert count(acme) == (0, 0, 0)


def test_only_what_the_booth_is_for_is_ordered(meeting, acme, now):
    with transaction():
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=2)

    with pytest.raises(Refusal, match="no category"):
        three_of("full", acme, now)
    with pytest.raises(Refusal, match="No add-ons"):
        badge(acme, "Ann", now, extras=("dinner",))


def three_of(category, acme, now):
    with transaction():
        wish = registration.Wish(category)
        groups.add_seat(acme.group, email="ann@example.org", wish=wish, by=None, now=now)


def test_add_ons_cost_what_they_cost_where_they_may_be_had(meeting, now):
    with transaction():
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=2)
        kind = a_kind(meeting, now, code="island", with_add_ons=True)
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")
    badge(bolt, "Ann", now, extras=("dinner",))

    assert [line.amount_minor for line in order(bolt, now).lines] == [0, 8500]


def test_names_are_refused_after_their_day_but_by_the_office(meeting, now):
    until = now + timedelta(days=10)
    with transaction():
        kind = a_kind(meeting, now, code="dated", names_until=until)
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")
        cleo = a_person("Cleo", now)
    badge(bolt, "Ann", now)

    with pytest.raises(Refusal, match="is over"):
        badge(bolt, "Bo", until)

    with transaction():
        wish = registration.Wish("expo")
        groups.add_seat(bolt.group, email="bo@example.org", wish=wish, by=cleo, now=until)
    assert prices(order(bolt, until)) == [0, 0]


def test_or_each_late_name_costs_a_fee_also_within_the_allotment(meeting, now):
    until = now + timedelta(days=10)
    with transaction():
        kind = a_kind(meeting, now, code="dated", names_until=until, late="late_fee", late_fee_minor=2500)
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")
    badge(bolt, "Ann", now)
    badge(bolt, "Bo", until)

    made = order(bolt, until)

    assert [(line.kind, line.amount_minor) for line in made.lines] == [
        ("registration", 0), ("registration", 0), ("fee", 2500),
    ]  # fmt: skip
    settle(made, paid(made), until)
    assert (state_of(made), count(bolt)) == ("paid", (2, 2, 2))


@pytest.mark.parametrize(("late", "costs"), [("no_more", None), ("late_fee", [0, 2500])])
def test_another_name_for_a_seat_that_is_not_ordered_counts_as_given_that_day(meeting, now, late, costs):
    until = now + timedelta(days=10)
    with transaction():
        kind = a_kind(meeting, now, code="dated", names_until=until, late=late, late_fee_minor=2500 if costs else 0)
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")
    written = badge(bolt, "Ann", now, family_name="Early")
    facts = {"wish": registration.Wish("expo"), "grant": "", "by": bolt.group.coordinator, "now": until}

    with transaction():  # as it was, which says nothing new
        groups.change_seat(bolt.group, written.id, given_name="Ann", family_name="Early", **facts)
    try:
        with transaction():
            groups.change_seat(bolt.group, written.id, given_name="Zoe", family_name="Late", **facts)
    except Refusal as refusal:
        assert costs is None and "is over" in str(refusal)
        return

    assert [line.amount_minor for line in order(bolt, until).lines] == costs


def test_another_contact_orders_from_now_on(acme, now):
    moved = changed(acme, now, email="new@example.org")
    badge(moved, "Ann", now)

    assert order(moved, now).person_id == moved.group.coordinator_id


def test_a_company_is_one_exhibitor_however_it_is_spelt(meeting, kind, acme, now):
    with pytest.raises(Refusal, match="is an exhibitor of this meeting already") as told, transaction():
        an_exhibitor(meeting, kind, now, company="  ACME ".strip(), email="other@example.org")

    assert told.value.field == "company"


def test_who_has_ordered_stays_and_who_has_not_can_go(meeting, kind, acme, now):
    with transaction():
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")
    badge(acme, "Ann", now)
    badge(bolt, "Bo", now)
    order(acme, now)

    with transaction():
        registration.exhibitors.remove(bolt, by=None, now=now)
    with pytest.raises(Refusal, match="so it stays"), transaction():
        registration.exhibitors.remove(acme, by=None, now=now)

    assert db.session.scalar(select(func.count()).select_from(registration.exhibitors.Exhibitor)) == 1
