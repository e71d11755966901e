"""The groups at the desk: found, counted and taken along; from a registration to its group and back."""

import csv
import io

import pytest

from conference import checkout, people, registration
from conference.kernel import clock, transaction
from conference.registration import Wish, groups
from tests.cast import a_person

LIST = "/staff/groups/T1"


@pytest.fixture
def labs(meeting):
    """Two groups: of the first one seat is paid, one waits and one is not ordered; the second has a seat that is paid and declined."""
    now = clock.now()
    with transaction():
        payers = [a_person(name, now) for name in ("Ann", "Bob")]
    made = [_group(meeting, payer, f"{payer.given_name} Lab", now) for payer in payers]
    for group, emails in zip(made, (["one@example.org"], ["two@example.org"]), strict=True):
        _pay(_order(group, emails, now), now)
    _order(made[0], ["held@example.org"], now)
    with transaction():
        groups.add_seat(made[0], email="open@example.org", wish=Wish("full"), by=payers[0], now=now)
        [seated] = groups.seats_of(made[1])
        checkout.decline_seat(seated.seat, made[1], by=people.by_email("two@example.org"), now=now)
    return made


def _group(meeting, payer, name, now):
    with transaction():
        made = groups.make(meeting=meeting, coordinator=payer, by=payer, now=now, name=name, po_number=f"PO-{name}")
    return groups.by_ref(meeting, made.ref)


def _order(group, emails, now):
    with transaction():
        for email in emails:
            groups.add_seat(group, email=email, wish=Wish("full"), by=group.coordinator, now=now, grant="R01")
        return checkout.place_group(group, by=group.coordinator, now=now, by_transfer=True)


def _pay(order, now):
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="bank", by=None, now=now)


def test_the_list_counts_seats_and_money(cleo, meeting, labs):
    first, second = groups.tallies(meeting, sort="name")

    assert (first.seats, first.open, first.held, first.kept, first.to_decide, first.missing) == (3, 1, 1, 1, 0, 1)
    assert (second.seats, second.kept, second.to_decide, second.missing) == (1, 1, 1, 0)
    price = first.paid.minor
    assert (first.owed.minor, second.paid.minor, second.owed.minor) == (price, price, 0)
    page = cleo.get(LIST).get_data(as_text=True)
    assert "1 not ordered, 1 waiting for payment, 1 paid" in page and "1 said no" in page


def test_the_counts_are_those_of_the_groups_own_pages(meeting, labs):
    for tally in groups.tallies(meeting):
        seats = groups.seats_of(tally.group)
        counted = groups.counts(seats)
        assert (tally.seats, tally.open, tally.held, tally.kept) == (
            len(seats), counted["open"], counted["held"], counted["paid"],
        )  # fmt: skip
        assert tally.missing == len(groups.still_missing(seats))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Bob Lab", "Ann Lab"]),
        ("?sort=name", ["Ann Lab", "Bob Lab"]),
        ("?sort=-owed", ["Ann Lab", "Bob Lab"]),
        ("?q=ann", ["Ann Lab"]),
        ("?q=po-bob", ["Bob Lab"]),
        ("?view=declined", ["Bob Lab"]),
        ("?view=owed", ["Ann Lab"]),
        ("?view=missing", ["Ann Lab"]),
        ("?view=unordered&q=bob", []),
        ("?view=nonsense&sort=nonsense&page=99", ["Bob Lab", "Ann Lab"]),
    ],
)
def test_it_is_searched_narrowed_and_sorted(cleo, labs, asked, found):
    page = cleo.get(LIST + asked).get_data(as_text=True)

    assert sorted((name for name in ("Ann Lab", "Bob Lab") if name in page), key=page.index) == found


def test_it_is_taken_along_as_it_stands_with_every_seat_if_wanted(cleo, labs):
    rows = list(
        csv.DictReader(io.StringIO(cleo.get(f"{LIST}/list.csv?q=ann").get_data(as_text=True).removeprefix("\ufeff")))
    )
    assert [(row["group"], row["po_number"], row["seats"], row["data_missing"]) for row in rows] == [
        ("Ann Lab", "PO-Ann Lab", "3", "1")
    ]
    seats = csv.DictReader(io.StringIO(cleo.get(f"{LIST}/seats.csv").get_data(as_text=True).removeprefix("\ufeff")))
    assert sorted((row["group"], row["state"], row["declined"]) for row in seats) == [
        ("Ann Lab", "held", ""), ("Ann Lab", "open", ""), ("Ann Lab", "paid", ""), ("Bob Lab", "paid", "yes"),
    ]  # fmt: skip
    assert cleo.get(f"{LIST}/list.xlsx").data.startswith(b"PK") and cleo.get(f"{LIST}/seats.xlsx").data.startswith(
        b"PK"
    )


def test_from_a_registration_to_its_group_and_from_a_group_to_its_registrations(cleo, meeting, labs):
    entry = registration.registration_in(meeting, people.by_email("one@example.org"))
    [seated, *_others] = groups.seats_of(labs[0])

    assert f"/group/{labs[0].ref}/seats/{seated.seat.id}" in cleo.get(f"/staff/registration/{entry.ref}").get_data(
        as_text=True
    )
    page = cleo.get(f"/staff/registrations/T1?group={labs[0].ref}&columns=email").get_data(as_text=True)
    assert "one@example.org" in page and "held@example.org" in page and "two@example.org" not in page
    badges = cleo.get(f"/staff/registrations/T1/badges?group={labs[0].ref}").get_data(as_text=True)
    assert f'name="refs" value="{entry.ref}"' in badges


def test_finance_looks_and_nobody_else(fay, dov, stranger, labs):
    assert "Ann Lab" in fay.get(LIST).get_data(as_text=True)
    assert (dov.get(LIST).status_code, stranger.get(LIST).status_code) == (403, 303)


def test_without_groups_the_list_says_how_they_begin(cleo, meeting):
    assert "No groups yet" in cleo.get(LIST).get_data(as_text=True)
