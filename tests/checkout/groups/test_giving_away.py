"""A paid seat goes to somebody else, at their own price: the place stays taken, answers stay with whoever gave them, the books tie out."""

import pytest

from conference import checkout, payments, registration
from conference.kernel import Refusal, transaction
from conference.registration import groups
from tests.cast import a_draft, a_membership, a_person
from tests.checkout.acting import lapse, paid, place, settle, taken
from tests.checkout.changing.acting import lines
from tests.checkout.groups.acting import (
    back_to,
    decline,
    entry_of,
    give,
    letter,
    letters_to,
    order,
    ordered,
    people_of,
    seat,
    ties_out,
)
from tests.checkout.groups.conftest import steps

BEN, CLEO, DOV = "ben@example.org", "cleo@example.org", "dov@example.org"


@pytest.fixture
def entry(meeting, group, ben, now):
    """Ben's registration: a paid seat with a dinner, of the grant R01."""
    ordered(group, now, BEN, extras=("dinner",), grant="R01", given_name="Ben", family_name="Lab")
    return entry_of(meeting, BEN)


def test_the_place_is_never_free_and_the_new_attendee_has_it_whole(meeting, group, entry, ada, now):
    before = taken()

    asked = give(entry, CLEO, now, by=ada, names=("Cleo", "New"))

    old, new = entry_of(meeting, BEN), entry_of(meeting, CLEO)
    assert (asked.state, old.state, new.state, new.category.code) == ("done", "cancelled", "confirmed", "full")
    assert [each.add_on.code for each in new.bookings] == ["dinner"]
    assert (taken(), people_of(group), ties_out()) == (before, {CLEO: "paid"}, True)


def test_the_payer_reads_the_name_that_was_written_down_and_its_order_is_theirs(group, entry, ada, now):
    with transaction():
        a_person("Cleo", now, family_name="Private")

    asked = give(entry, CLEO, now, by=ada, names=("Cleo", "New"))

    made, [seated] = payments.order_by_id(asked.order_id), groups.seats_of(group)
    assert (made.person_id, groups.orders_of(group)[0].id) == (ada.id, made.id)
    assert (seated.seat.name, seated.order_ref, seated.seat.grant) == ("Cleo New", made.ref, "R01")
    assert made.lines[0].title.startswith("Cleo New: Meeting T1") and made.lines[0].rule["grant"] == "R01"
    assert seated.amount.minor == 44000 + 8500
    assert [(name, amount.minor) for name, amount in groups.split(made.lines, "USD")] == [("R01", 0)]


def test_answers_and_the_badge_stay_behind(meeting, entry, ada, now):
    with transaction():
        registration.answer(entry, answers={}, conduct_code=None, now=now)
    badge = entry.badge_code

    give(entry, CLEO, now, by=ada)

    assert registration.by_badge_code(badge) is None
    assert (entry_of(meeting, BEN).questions_done_at, entry_of(meeting, CLEO).questions_done_at) == (now, None)


def test_all_three_are_written_to_and_nobody_reads_what_is_not_theirs(entry, ada, now):
    give(entry, CLEO, now, by=ada, names=("Cleo", "New"))

    assert letters_to()[-3:] == [("seat_changed", "ada@example.org"), ("seat_gone", BEN), ("seat", CLEO)]
    assert "Ben Lab: Meeting T1" in letter("seat_changed", "ada@example.org")
    assert "440.00" not in letter("seat_gone", BEN)


def test_a_fee_is_paid_by_the_payer_first_and_the_seat_stands_until_then(meeting, group, entry, ada, now):
    with transaction():
        registration.changes.set_steps(meeting, steps(now, fee=2500), by=None, now=now)

    asked = give(entry, CLEO, now, by=ada)
    assert people_of(group) == {BEN: "paid"}
    made = payments.order_by_id(asked.order_id)
    assert (lines(made.id)[-3:], made.total_minor, made.person_id) == (
        [("fee", 2500), ("credit", -44000), ("credit", -8500)],
        2500,
        ada.id,
    )
    settle(made, paid(made), now)

    assert (people_of(group), ties_out()) == ({CLEO: "paid"}, True)


def test_a_fee_that_is_not_paid_leaves_the_seat_as_it_was_and_late_money_gives_it_after_all(
    meeting, group, entry, ada, now
):
    with transaction():
        registration.changes.set_steps(meeting, steps(now, fee=2500), by=None, now=now)
    asked = give(entry, CLEO, now, by=ada)
    made = payments.order_by_id(asked.order_id)

    lapse(made, now.replace(year=2027))
    assert people_of(group) == {BEN: "paid"} and letters_to()[-1] == ("lapsed", "ada@example.org")
    settle(made, paid(made), now)

    assert (people_of(group), ties_out()) == ({CLEO: "paid"}, True)


def test_who_is_a_member_costs_less_and_the_difference_goes_back_to_the_payer(group, entry, ada, now):
    with transaction():
        a_membership(a_person("Cleo", now), now)

    asked = give(entry, CLEO, now, by=ada)

    assert (asked.state, back_to(ada), people_of(group)) == ("done", 22000, {CLEO: "paid"})
    [ticket, *_] = payments.order_by_id(asked.order_id).lines
    assert (ticket.amount_minor, ticket.why[0], ties_out()) == (22000, "Member price", True)


def test_who_is_no_member_costs_more_and_the_payer_pays_the_difference(meeting, group, ben, ada, now):
    with transaction():
        a_membership(ben, now)
    ordered(group, now, BEN)

    asked = give(entry_of(meeting, BEN), CLEO, now, by=ada)

    made = payments.order_by_id(asked.order_id)
    assert (made.total_minor, made.person_id, made.lines[0].why[0]) == (22000, ada.id, "Non-member price")
    settle(made, paid(made), now)
    assert (people_of(group), ties_out()) == ({CLEO: "paid"}, True)


def test_the_price_is_the_one_of_the_window_in_which_it_was_sold(meeting, entry, ada, now):
    with transaction():
        registration.set_price(entry.category, meeting.windows[0], amount_minor=99000)

    asked = give(entry, CLEO, now, by=ada)

    assert payments.order_by_id(asked.order_id).lines[0].amount_minor == 44000


def test_a_category_asks_of_the_other_person_what_it_asks_of_everybody_and_does_not_tell_why(
    meeting, group, entry, ada, now
):
    eligibility = registration.eligibility
    with transaction():
        a_person("Cleo", now, career_stage="student")
        eligibility.require(entry.category, by=ada, now=now, stages=["graduate"])

    for email in (CLEO, DOV):
        with pytest.raises(Refusal, match="not open to this person") as refused:
            give(entry, email, now, by=ada)
        assert "student" not in str(refused.value)


def test_the_second_to_give_the_same_seat_away_is_told(group, entry, ada, now):
    give(entry, CLEO, now, by=ada)

    with pytest.raises(Refusal, match="Only a registration that is confirmed"):
        give(entry, DOV, now, by=ada)

    assert people_of(group) == {CLEO: "paid"}


def test_it_is_given_on_again_and_taken_back_in_the_end(meeting, group, entry, ada, now):
    give(entry, CLEO, now, by=ada)
    give(entry_of(meeting, CLEO), DOV, now, by=ada)

    with transaction():
        last = entry_of(meeting, DOV)
        seen = checkout.quote_cancel(last, now=now).seen
        checkout.cancel(last, seen=seen, by=ada, now=now)

    assert (people_of(group), taken(), ties_out()) == ({DOV: "ended"}, 0, True)
    assert back_to(ada) == 44000 + 8500 - 10000


def test_whoever_stands_on_the_roster_without_a_place_gets_this_one(group, entry, ada, now):
    seat(group, CLEO, now, grant="R02")

    give(entry, CLEO, now, by=ada)

    assert people_of(group) == {CLEO: "paid"}


def test_nobody_gets_a_second_place_and_who_said_no_gets_none(meeting, group, entry, ada, now):
    with transaction():
        dov = a_person("Dov", now)
    place(meeting, dov, now)
    seat(group, CLEO, now)
    decline(group, CLEO, now)

    with pytest.raises(Refusal, match="registered for this meeting already"):
        give(entry, DOV, now, by=ada)
    with pytest.raises(Refusal, match="do not want a place from you"):
        give(entry, CLEO, now, by=ada)


def test_an_unpaid_seat_is_not_given_away(meeting, group, ben, ada, now):
    seat(group, BEN, now)
    order(group, now)

    with pytest.raises(Refusal, match="Only a registration that is confirmed"):
        give(entry_of(meeting, BEN), CLEO, now, by=ada)


def test_what_the_attendee_has_bought_beside_it_ends_with_them_and_goes_back_to_them(meeting, group, ben, ada, now):
    ordered(group, now, BEN, extras=("dinner",))
    with transaction():
        entry = entry_of(meeting, BEN)
        wish = registration.Wish("full", extras=("dinner", "workshop"))
        seen = checkout.quote_change(entry, wish, now=now).seen
        added = payments.order_by_id(checkout.change(entry, wish, seen=seen, by=ben, now=now).order_id)
    settle(added, paid(added), now)
    [seated] = groups.seats_of(group)
    assert (added.person_id, seated.add_ons, len(groups.orders_of(group))) == (ben.id, ["dinner"], 1)

    give(entry_of(meeting, BEN), CLEO, now, by=ada)

    assert [each.add_on.code for each in entry_of(meeting, CLEO).bookings] == ["dinner"]
    assert (back_to(ben), back_to(ada), ties_out()) == (5000, 0, True)
    assert "50.00" in letter("seat_gone", BEN) and "50.00" not in letter("seat_changed", "ada@example.org")


def test_the_payers_own_seat_follows_when_they_send_somebody_else_by_themselves(meeting, group, ada, now):
    ordered(group, now, ada.email)

    give(entry_of(meeting, ada.email), CLEO, now, by=ada)

    assert (people_of(group), ties_out()) == ({CLEO: "paid"}, True)
    assert ("seat_gone", ada.email) not in letters_to()


def test_whoever_has_begun_by_themselves_keeps_their_answers(meeting, group, entry, ada, now):
    with transaction():
        cleo = a_person("Cleo", now)
        a_draft(meeting, cleo, now, mode="virtual")

    give(entry, CLEO, now, by=ada)

    theirs = entry_of(meeting, CLEO)
    assert (theirs.mode, theirs.questions_done_at) == ("in_person", now)
