"""Many seats cost no more statements than few: quoted, ordered, given and shown."""

import pytest

from conference import checkout, payments, registration
from conference.kernel import db, transaction
from conference.registration import Wish, groups
from tests.cast import a_membership, a_person
from tests.checkout.acting import taken
from tests.checkout.groups.acting import order, people_of, seat, ties_out
from tests.membership.conftest import statements

__all__ = ["statements"]


@pytest.fixture
def roomy(meeting, now):
    """A meeting with a place for everybody."""
    with transaction():
        registration.resize(registration.category_by_code(meeting, "full").pool, places=500, by=None, now=now)


def seats(group, now, start, count):
    """Half of them members, of one choice, so that only their number differs."""
    with transaction():
        for number in range(start, start + count):
            email = f"n{number}@example.org"
            groups.add_seat(group, email=email, wish=Wish("full"), by=group.coordinator, now=now)
            if number % 2:
                a_membership(a_person(f"n{number}", now), now)


def test_the_statements_of_a_group_do_not_grow_with_its_seats(roomy, group, now, statements):
    counts = []
    for start, count in ((0, 4), (50, 4), (100, 24)):
        seats(group, now, start, count)
        with statements() as quoted:
            assert len(checkout.quote_group(group, now=now).priced) == count
        with statements() as placed:
            made = order(group, now)
        with transaction():
            checkout.settle_paid_by_hand(made.id, reference="bank", by=group.coordinator, now=now, letter=False)
        with statements() as shown:
            groups.seats_of(group)
        lines = [each for each in placed if each.startswith("INSERT INTO payments_line")]  # one by one on SQLite
        counts.append((len(quoted), len(placed) - len(lines), len(shown)))

    assert counts[1] == counts[2], counts
    assert (taken(), ties_out()) == (32, True)


def test_what_is_the_same_for_many_is_priced_once_and_each_line_is_their_own(roomy, group, ben, now):
    with transaction():
        a_membership(ben, now)
    for email in ("ben@example.org", "cleo@example.org", "dov@example.org"):
        seat(group, email, now, grant=email[:3], extras=("dinner",) if email[0] != "d" else ())

    made = order(group, now)

    about = [(line.kind, line.amount_minor, line.rule["registration"], line.rule["grant"]) for line in made.lines]
    entries = {each.person.email: each.id for each in checkout.registrations_in(payments.order_by_id(made.id))}
    ben_, cleo, dov = (entries[f"{name}@example.org"] for name in ("ben", "cleo", "dov"))
    assert about == [
        ("registration", 22000, ben_, "ben"), ("add_on", 8500, ben_, "ben"),
        ("registration", 44000, cleo, "cle"), ("add_on", 8500, cleo, "cle"), ("registration", 44000, dov, "dov"),
    ]  # fmt: skip
    assert [line.reference for line in made.lines if line.kind == "registration"] == [ben_, cleo, dov]


def test_a_category_that_asks_something_is_asked_of_each(roomy, meeting, group, ada, now):
    with transaction():
        full = registration.category_by_code(meeting, "full")
        registration.eligibility.require(full, by=ada, now=now, stages=["graduate"])
        a_person("Fits", now, career_stage="graduate")
        a_person("Other", now, career_stage="student")
    for email in ("fits@example.org", "other@example.org", "unknown@example.org"):
        with transaction():
            groups.add_seat(group, email=email, wish=Wish("full"), by=ada, now=now)

    quote = checkout.quote_group(group, now=now)

    assert [each.email for each, _lines in quote.priced] == ["fits@example.org"]
    assert [(each.email, "student" in why, "not open to them" in why) for each, why in quote.faults] == [
        ("other@example.org", False, True), ("unknown@example.org", False, True),
    ]  # fmt: skip


def test_a_payment_page_shows_an_order_of_many_as_one_item(roomy, group, now):
    seats(group, now, 0, 60)
    made = order(group, now)

    items = payments.gateway._line_items(payments.order_by_id(made.id))

    assert [each["price_data"]["unit_amount"] for each in items] == [made.total_minor]
    assert len(people_of(group)) == 60 and db.session.get(payments.Order, made.id).state == "open"
