"""Whatever becomes of a seat's registration, its payer sees it so, pays for it, and gets back what they had paid."""

import pytest

from conference import checkout, payments, registration
from conference.checkout import waiting as queueing
from conference.kernel import Money, Refusal, transaction
from conference.registration import Wish, groups
from tests.cast import a_membership, a_person
from tests.checkout.acting import lapse, paid, place, settle, taken
from tests.checkout.groups.acting import back_to, entry_of, letter, letters_to, order, ordered, people_of, ties_out
from tests.checkout.waiting.acting import give_back, sweep

ADA, BEN = "ada@example.org", "ben@example.org"


@pytest.fixture
def entry(meeting, group, ben, now):
    """Ben's paid seat, a whole ticket in person with a dinner, of the grant R01."""
    ordered(group, now, BEN, extras=("dinner",), grant="R01", given_name="Ben")
    return entry_of(meeting, BEN)


@pytest.fixture
def desk(context, now):
    with transaction():
        return a_person("Cleo", now)


def change(entry, now, by, *, extras=("dinner",), mode="in_person", **how):
    with transaction():
        found, wish = registration.by_id(entry.id), Wish("full", mode=mode, extras=extras)
        seen = checkout.quote_change(found, wish, now=now).seen
        return checkout.change(found, wish, seen=seen, by=by, now=now, **how)


def seated(group):
    [found] = groups.seats_of(group)
    return found


def test_a_switch_by_the_desk_is_the_payers_order_and_the_seat_says_so(group, entry, ada, desk, now):
    asked = change(entry, now, desk, extras=(), mode="virtual", reason="visa refused")

    made, now_ = payments.order_by_id(asked.order_id), seated(group)
    assert (made.person_id, now_.order_ref, str(now_.state), now_.seat.mode) == (ada.id, made.ref, "paid", "virtual")
    assert (now_.add_ons, now_.amount.minor, back_to(ada), ties_out()) == ([], 22000, 22000 + 8500, True)
    assert made.lines[0].title.startswith("Ben: ") and made.lines[0].why == ["Non-member price", *made.lines[0].why[1:]]
    assert letters_to()[-2:] == [("seat_changed", ADA), ("seat_is_now", BEN)]
    assert "visa refused" in letter("seat_is_now", BEN) and "visa refused" not in letter("seat_changed", ADA)


def test_the_statement_of_a_change_says_of_which_grant_it_is(group, entry, desk, now):
    made = payments.order_by_id(change(entry, now, desk, extras=("dinner", "workshop")).order_id)

    assert [(name, amount.minor) for name, amount in groups.split(made.lines, "USD")] == [("R01", 5000)]


def test_what_the_desk_adds_is_the_payers_to_pay_and_no_more_is_seen_until_then(group, entry, ada, desk, now):
    made = payments.order_by_id(change(entry, now, desk, extras=("dinner", "workshop")).order_id)
    assert (made.person_id, made.state, seated(group).add_ons) == (ada.id, "open", ["dinner"])

    settle(made, paid(made), now)

    assert (seated(group).add_ons, seated(group).amount.minor, ties_out()) == (["dinner", "workshop"], 57500, True)


def test_an_addition_that_nobody_pays_leaves_the_seat_as_it_was(group, entry, desk, now):
    made = payments.order_by_id(change(entry, now, desk, extras=("dinner", "workshop")).order_id)

    lapse(made, now.replace(year=2027))

    assert (seated(group).add_ons, str(seated(group).state), ties_out()) == (["dinner"], "paid", True)
    assert "place that you pay for stays as it was" in letter("lapsed", ADA)


def test_cancelled_at_the_desk_the_seat_has_ended_and_the_money_is_the_payers(group, entry, ada, desk, now):
    with transaction():
        seen = checkout.quote_cancel(entry, now=now, waived=True).seen
        checkout.cancel(entry, seen=seen, by=desk, now=now, reason="the visa was refused", waived=True)

    assert (people_of(group), taken(), back_to(ada), ties_out()) == ({BEN: "ended"}, 0, 44000 + 8500, True)
    assert letters_to()[-2:] == [("seat_changed", ADA), ("seat_ended", BEN)]
    assert "visa" in letter("seat_ended", BEN) and "visa" not in letter("seat_changed", ADA)


def test_a_seat_that_has_ended_is_not_ordered_again_unless_it_is_put_back(group, entry, ada, now):
    with transaction():
        checkout.cancel(entry, seen=checkout.quote_cancel(entry, now=now).seen, by=ada, now=now)
    with pytest.raises(Refusal, match="Every seat of this group is ordered"):
        order(group, now)
    with transaction():
        checkout.put_back_seat(seated(group), group, by=ada, now=now)

    made = order(group, now)
    settle(made, paid(made), now)

    assert (people_of(group), taken(), ties_out()) == ({BEN: "paid"}, 2, True)


def test_taken_back_by_the_desk_line_by_line_both_are_told(meeting, group, entry, ada, desk, now):
    made = groups.orders_of(group)[0]
    dinner = [line for line in made.lines if line.kind == "add_on"]
    how = {"order_id": made.id, "reason": "ill", "by": desk}
    with transaction():
        checkout.end_lines_and_refund(line_ids=[dinner[0].id], amount=dinner[0].amount, now=now, **how)
    assert (seated(group).add_ons, people_of(group)) == ([], {BEN: "paid"})

    later, keys = now.replace(hour=13), [line.id for line in made.lines if line.kind == "registration"]
    with transaction():
        checkout.end_lines_and_refund(line_ids=keys, amount=Money(44000, "USD"), now=later, **how)

    assert (people_of(group), back_to(ada), ties_out()) == ({BEN: "ended"}, 52500, True)
    assert letters_to()[-2:] == [("refunded", ADA), ("seat_ended", BEN)]


def test_a_price_that_changes_by_itself_is_the_payers_and_the_seat_follows(meeting, group, entry, ada, ben, now):
    [ticket] = [line for line in checkout.lines_of(entry) if line.kind == "registration"]
    with transaction():
        a_membership(ben, now)
        sold = registration.pricing.as_member(ticket, {}, "Member price: you joined within 14 days")
        checkout.reprice(entry, line=sold.line, reason="you joined", by=None, now=now)

    newest = groups.orders_of(group)[0]
    assert (newest.person_id, newest.lines[0].why[0], seated(group).order_ref) == (ada.id, "Member price", newest.ref)
    assert (people_of(group), back_to(ada), ties_out()) == ({BEN: "paid"}, 22000, True)
    assert letters_to()[-1] == ("seat_changed", ADA)


def test_an_attendee_adds_for_themselves_what_a_waiting_list_offers_and_pays_it(
    meeting, group, entry, ben, now, monkeypatch
):
    with transaction():
        registration.resize(_pool(meeting, "workshop"), places=1, by=None, now=now)
        dov = a_person("Dov", now)
    theirs = place(meeting, dov, now, extras=["workshop"])
    with transaction():
        wait = queueing.join("add-on-workshop", meeting=meeting, person=ben, now=now)
    give_back(theirs, now)
    sweep(monkeypatch, now)

    with transaction():
        wait = registration.waiting.wait_of(ben, wait.ref)
        made = queueing.add(wait, seen=queueing.quote(wait, now=now).seen, by=ben, now=now)
    settle(made, paid(made), now)

    assert (made.person_id, made.lines[0].title, seated(group).add_ons) == (ben.id, "Workshop", ["dinner"])
    assert len(groups.orders_of(group)) == 1 and ties_out()


def test_an_attendee_spends_nothing_of_what_the_payer_has_paid(meeting, entry, ben, now):
    with pytest.raises(Refusal, match="Somebody else paid"):
        change(entry, now, ben, extras=(), mode="virtual")


def test_a_bank_that_asks_twice_gives_a_seat_once(group, ben, now):
    made = ordered(group, now, BEN)

    settle(made, paid(made), now)
    settle(made, paid(made, payment_intent="pi_second"), now)

    assert (people_of(group), taken(), back_to(group.coordinator), ties_out()) == ({BEN: "paid"}, 1, 44000, True)


def _pool(meeting, code):
    return next(each.pool for each in registration.add_ons_of(meeting) if each.code == code)
