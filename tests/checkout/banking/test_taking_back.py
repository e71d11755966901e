"""Money that is not there after all: a match undone, a booking that the bank took back, and what becomes of the order."""

import pytest

from conference import checkout, payments
from conference.kernel import Money, Refusal, db, transaction
from conference.registration import Pool
from tests.checkout.acting import place, state_of, taken
from tests.checkout.banking.acting import bring_in, came, lines, match, paying, states, undo
from tests.payments.bank.writing import Said, as_camt, as_mt940


def owed(order):
    return payments.missing(payments.order_by_ref(order.ref)).minor


def note(order, reason):
    """Something else happened outside."""
    with transaction():
        payments.park(payments.locked(order.id), reason=reason, hold=False)


def test_a_match_that_is_undone_leaves_the_order_short_and_shown(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order))

    undo(line, now)

    found = payments.order_by_ref(order.ref)
    assert (found.state, found.parked_reason, owed(order), states()) == ("paid", "a slip", 44000, [("open", 0)])

    match(lines()[0], order, now)

    assert (payments.order_by_ref(order.ref).parked_reason, owed(order), states()) == ("", 0, [("matched", 44000)])


def test_money_that_comes_again_takes_its_own_note_away_and_no_other(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order))
    note(order, "re_1: 40.00 USD was refunded at Stripe itself")
    undo(line, now, reason="a slip; sorry")
    note(order, "dp_1: the payer’s bank disputes a payment")

    match(lines()[0], order, now)

    rest = "re_1: 40.00 USD was refunded at Stripe itself; dp_1: the payer’s bank disputes a payment"
    assert (payments.order_by_ref(order.ref).parked_reason, owed(order)) == (rest, 0)


def test_what_is_given_up_takes_its_own_note_away_and_no_other(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order))
    undo(line, now)
    note(order, "re_1: 40.00 USD was refunded at Stripe itself")

    with transaction():
        checkout.write_off_missing(order.id, by=None, now=now)

    found = payments.order_by_ref(order.ref)
    assert (found.parked_reason, owed(order)) == ("re_1: 40.00 USD was refunded at Stripe itself", 0)


def test_an_undone_match_is_not_undone_twice(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order))
    undo(line, now)
    found = db.session.query(payments.bank.Match).one()

    with pytest.raises(Refusal), transaction():
        payments.bank.give_up(found.id, reason="again", by=None, now=now)


@pytest.mark.parametrize("write", [as_camt, as_mt940])
def test_what_the_bank_takes_back_takes_the_money_out(account, meeting, ada, now, write):
    order = place(meeting, ada, now)
    bring_in(account, write([paying(order, id="B7")]), now)
    assert state_of(order) == "paid"

    bring_in(account, write([paying(order, -44000, id="B7", is_reversal=True)]), now)

    found = payments.order_by_ref(order.ref)
    assert (found.state, owed(order), states()) == ("paid", 44000, [("reversed", 0), ("reversed", 0)])
    assert "took it back" in found.parked_reason


def test_a_credit_and_its_reversal_in_one_file_pay_nothing(account, meeting, ada, now):
    order = place(meeting, ada, now)
    back = paying(order, -44000, id="B7", is_reversal=True)

    came(account, now, back, paying(order, id="B7"))

    assert (state_of(order), states()) == ("open", [("reversed", 0), ("reversed", 0)])


def test_a_reversal_of_something_unknown_waits_for_somebody(account, now):
    (line,) = came(account, now, Said(-5000, "?", "Who", is_reversal=True))

    assert (line.state, line.why, line.is_sure) == ("open", "reversal", False)


def test_missing_money_is_written_off_or_the_lines_are_taken_back(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order))
    undo(line, now)

    with transaction():
        found = payments.order_by_ref(order.ref)
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[each.id for each in found.lines], amount=Money(0, "USD"),
            reason="never paid", by=None, now=now,
        )  # fmt: skip

    assert (owed(order), taken()) == (0, 0)
    assert db.session.query(Pool).first().taken == 0


def test_the_payer_is_not_told_that_something_was_sent_to_them(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order))

    undo(line, now)

    (told,) = checkout.refunds_of_orders([order.id])[order.id]
    assert (told.state, "not with us after all" in told.words) == ("not received", True)


def test_a_line_pays_an_order_in_one_piece(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order), book=False)
    match(line, order, now, minor=1000)

    with pytest.raises(Refusal, match="in part already"):
        match(lines()[0], order, now, minor=43000)

    undo(lines()[0], now)
    match(lines()[0], order, now)
    assert (state_of(order), states()) == ("paid", [("matched", 44000)])


def test_money_that_waits_to_be_sent_back_by_hand_can_still_turn_out_to_be_anothers(account, meeting, ada, now):
    order = place(meeting, ada, now)
    (line,) = came(account, now, paying(order), book=False)
    match(line, order, now, minor=40000)
    with transaction():
        checkout.lapse_if_due(order.id, now=now, at_once=True)
    assert [str(each.state) for each in payments.refunds_of(order)] == ["requested"]

    undo(lines()[0], now)

    assert [str(each.state) for each in payments.refunds_of(order)] == ["canceled", "succeeded"]
    assert (payments.balance_of(order).minor, states(), payments.differences()) == (0, [("open", 0)], [])
