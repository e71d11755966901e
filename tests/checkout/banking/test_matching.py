"""Money of a statement settles orders: by itself where all agrees, else because somebody says so, and never twice."""

from datetime import timedelta

import pytest

from conference import checkout, payments
from conference.kernel import Refusal, transaction
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of, taken
from tests.checkout.banking.acting import bring_in, came, lines, match, paying, states
from tests.payments.bank.writing import Said, as_camt, as_csv


def owed(order):
    return payments.missing(payments.order_by_ref(order.ref)).minor


def test_what_agrees_in_all_is_booked_by_itself(account, meeting, ada, now):
    order = place(meeting, ada, now)

    came(account, now, paying(order))

    assert (state_of(order), states(), letters()) == ("paid", [("matched", 44000)], ["confirmed"])
    (payment,) = payments.payments_of(order)
    assert (payment.provider, payment.amount_minor) == ("bank", 44000)


def test_an_account_may_leave_it_all_to_people(meeting, ada, now):
    from tests.checkout.banking.acting import an_account

    order = place(meeting, ada, now)

    came(an_account(now, books_exact=False), now, paying(order))

    assert (state_of(order), states(), lines()[0].why) == ("open", [("open", 0)], "exact")


@pytest.mark.parametrize(
    "typed",
    [
        lambda ref: ref.lower(),
        lambda ref: " ".join(ref),
        lambda ref: f"Invoice/{ref[:7]}-{ref[7:]}/thank you",
        lambda ref: ref[4:],
    ],
    ids=["small letters", "blanks", "hyphens", "without RF"],
)
def test_a_reference_is_found_however_it_is_typed(account, meeting, ada, now, typed):
    order = place(meeting, ada, now)

    came(account, now, paying(order, text=typed(payments.bank.creditor_reference(order.ref)), name=""))

    assert state_of(order) == "paid"


@pytest.mark.parametrize("slip", ["wrong", "swapped"])
def test_a_reference_with_a_slip_is_suggested_and_not_booked(account, meeting, ada, now, slip):
    order = place(meeting, ada, now)
    ref = order.ref
    other = next(each for each in "34679ACDEF" if each != ref[5])
    at = next(place for place in range(9) if ref[place] != ref[place + 1])
    mistyped = ref[:5] + other + ref[6:] if slip == "wrong" else ref[:at] + ref[at + 1] + ref[at] + ref[at + 2 :]

    (line,) = came(account, now, paying(order, text=f"RF18 {mistyped}", name="Somebody"))

    assert (state_of(order), line.suggested_id, line.why) == ("open", order.id, "near")


def test_without_a_reference_amount_and_name_are_suggested(account, meeting, ada, now):
    order = place(meeting, ada, now)

    (line,) = came(account, now, Said(44000, "conference fee", "Demo Ada"))

    assert (state_of(order), line.suggested_id, line.why, line.score) == ("open", order.id, "likely", 40)


def test_money_that_fits_nothing_waits(account, now):
    (line,) = came(account, now, Said(777, "?", "Nobody"))

    assert (line.state, line.why, line.suggested_id) == ("open", "nothing", None)


def test_less_than_is_due_leaves_the_rest_due(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order, 40000))
    assert (state_of(order), line.why) == ("open", "part")

    match(line, order, now)

    assert (state_of(order), owed(order), letters()) == ("open", 4000, ["paid_in_part"])

    came(account, now, paying(order, 40000), paying(order, 4000))

    assert (state_of(order), owed(order), states()) == ("paid", 0, [("matched", 40000), ("matched", 4000)])


def test_more_than_is_due_stays_with_the_line(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order, 50000))
    assert (state_of(order), line.why) == ("open", "over")

    match(line, order, now)

    (line,) = lines()
    assert (state_of(order), line.state, line.left.minor) == ("paid", "open", 6000)

    with transaction():
        payments.bank.send_back(line, line.left, note="to their account", by=None, now=now)

    assert (lines()[0].state, lines()[0].returned_minor) == ("matched", 6000)


def test_one_line_pays_two_orders(account, now):
    from tests.cast import a_meeting, a_person

    with transaction():
        meeting = a_meeting(now, places=5)
        people = [a_person(name, now) for name in ("Ada", "Ben")]
    one, two = (place(meeting, each, now) for each in people)
    (line,) = came(account, now, Said(88000, "both of us", "Uni"))

    match(line, one, now)
    match(lines()[0], two, now)

    assert (state_of(one), state_of(two), states()) == ("paid", "paid", [("matched", 88000)])


def test_another_currency_is_never_settled(meeting, ada, now, account):
    order = place(meeting, ada, now)
    bring_in(account, as_csv([paying(order, currency="EUR")]), now)
    (line,) = lines()

    with pytest.raises(Refusal, match="EUR"):
        match(line, order, now, 44000)

    assert (state_of(order), line.why, line.is_sure) == ("open", "currency", False)


def test_paid_before_is_named_and_refused(account, meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)

    (line,) = came(account, now, paying(order))

    assert (line.state, line.why) == ("open", "paid")
    with pytest.raises(Refusal, match="Nothing is due"):
        match(line, order, now, 44000)


def test_paid_by_card_afterwards_goes_back(account, meeting, ada, now):
    order = place(meeting, ada, now)
    came(account, now, paying(order))

    settle(order, paid(order), now)

    (refund,) = payments.refunds_of(order)
    assert (state_of(order), refund.amount_minor, refund.reason) == ("paid", 44000, "paid twice")


def test_paid_whole_by_card_after_a_part_by_transfer_sends_the_part_back(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order, 4000))
    match(line, order, now)

    settle(order, paid(order), now)

    (refund,) = payments.refunds_of(order)
    assert (state_of(order), refund.amount_minor, refund.state) == ("paid", 4000, "requested")


def test_a_lapsed_order_is_given_anew_when_there_is_room(account, meeting, ada, now):
    order = place(meeting, ada, now)
    lapse(order, now + timedelta(days=1))
    (line,) = came(account, now, paying(order))
    assert (state_of(order), line.why, line.state) == ("lapsed", "lapsed", "open")

    match(line, order, now)

    assert (state_of(order), taken()) == ("paid", 1)


def test_a_lapsed_order_whose_place_is_gone_keeps_its_money_on_the_line(account, meeting, ada, ben, now):
    order = place(meeting, ada, now)
    lapse(order, now + timedelta(days=1))
    settle(other := place(meeting, ben, now), paid(other), now)
    (line,) = came(account, now, paying(order))

    with pytest.raises(Refusal, match="sold meanwhile"):
        match(line, order, now)

    assert (state_of(order), states(), payments.payments_of(order)) == ("lapsed", [("open", 0)], [])


def test_a_part_for_a_lapsed_order_parks_it(account, meeting, ada, now):
    order = place(meeting, ada, now)
    lapse(order, now + timedelta(days=1))
    (line,) = came(account, now, paying(order, 4000))

    match(line, order, now)

    assert state_of(order) == "parked"


def test_what_is_paid_in_part_does_not_lapse_but_waits_for_staff(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order, 4000))
    match(line, order, now)

    lapse(order, now + timedelta(days=1))

    assert (state_of(order), taken()) == ("parked", 1)


def test_a_part_goes_back_when_the_places_are_given_back(account, meeting, ada, now):

    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order, 4000))
    match(line, order, now)

    with transaction():
        checkout.lapse_if_due(order.id, now=now, at_once=True)

    (refund,) = payments.refunds_of(order)
    assert (state_of(order), refund.amount_minor, refund.state) == ("lapsed", 4000, "requested")


def test_the_same_file_twice_and_an_overlapping_one_add_nothing(account, now):
    first = [Said(100, "a", id="1"), Said(100, "same"), Said(100, "same")]
    later = [*first, Said(200, "b", id="2")]

    assert bring_in(account, as_camt(first), now) == 3
    with pytest.raises(Refusal, match="kept already"):
        bring_in(account, as_camt(first), now)
    assert bring_in(account, as_camt(later), now) == 1
    assert len(lines()) == 4
