"""Lines that pay no order: payouts of Stripe's and money that was sent back, one to one, tied and untied; nothing is booked by it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from conference import checkout, jobs, payments
from conference.kernel import Money, Refusal, db, transaction
from conference.payments import LedgerEntry, Refund, bank, payouts
from conference.payments.bank import Counterpart
from conference.payments.bank.rules import CounterpartKind as Kind
from tests.checkout.acting import place
from tests.checkout.banking.acting import DAY, a_payout, bring_in, came, lines, match, states
from tests.payments.bank.writing import Said, as_camt

STRIPE = "STRIPE PAYMENTS EUROPE"


def tie(line, kind, key, now):
    with transaction():
        return bank.tie(line.id, kind, key, by=None, now=now)


def untie(line, now):
    with transaction():
        bank.untie(line, reason="a slip", by=None, now=now)


def entries():
    return db.session.scalar(select(func.count()).select_from(LedgerEntry))


def unseen():
    return [each.payout_id for each in db.session.scalars(payouts.payouts().where(bank.unseen(DAY + timedelta(9))))]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({}, "Payout po_first1 thank you"),
        ({"trace": "TRACE 4711-A"}, "REF TRACE4711A"),
        ({"descriptor": "ANNUAL MEETING"}, "ANNUAL MEETING"),
    ],
)
def test_a_line_that_names_its_payout_is_tied_by_itself_and_books_nothing(account, now, told, text):
    payout = a_payout(**told)
    (line,) = came(account, now, Said(12345, text, STRIPE))

    assert states() == [("payout", 0)]
    assert bank.counterpart_of(line).thing == payout
    assert bank.lines_of([payout]) == {(payout.id, Kind.PAYOUT): line}
    assert entries() == 0


def test_what_a_person_has_untied_is_not_tied_by_itself_again(account, now):
    payout = a_payout()
    (line,) = came(account, now, Said(12345, "po_first1", STRIPE))
    untie(line, now)
    jobs.run("statements")

    assert states() == [("open", 0)]
    tie(lines()[0], Kind.PAYOUT, payout.id, now)
    assert states() == [("payout", 0)]


def test_a_payout_that_is_told_after_its_line_is_tied_then(account, now):
    came(account, now, Said(12345, "po_first1", STRIPE))
    a_payout()
    jobs.run("statements")

    assert states() == [("payout", 0)]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, {"text": "Payout"}),  # no reference of its own
        ({}, {"text": "po_first1", "minor": 12346}),  # another amount
        ({"arrives": DAY - timedelta(9)}, {"text": "po_first1"}),  # another week
        ({"status": "canceled"}, {"text": "po_first1"}),
    ],
)
def test_what_does_not_agree_in_all_waits_for_a_person(account, now, told, said):
    a_payout(**told)
    came(account, now, Said(said.get("minor", 12345), said["text"], STRIPE))

    assert states() == [("open", 0)]


def test_two_payouts_that_fit_as_well_wait_for_a_person_unless_one_is_named(account, now):
    first = a_payout(descriptor="ANNUAL MEETING")
    second = a_payout("po_second2", descriptor="ANNUAL MEETING")
    (line,) = came(account, now, Said(12345, "ANNUAL MEETING", STRIPE))

    assert states() == [("open", 0)]
    assert {each.key for each in bank.likely(line)} == {first.id, second.id}
    came(account, now, Said(12345, "ANNUAL MEETING po_second2", STRIPE))
    assert bank.counterpart_of(lines()[1]).thing == second


def test_an_account_that_books_nothing_by_itself_ties_nothing_either(account, now):
    with transaction():
        account.books_exact = False
    a_payout()
    came(account, now, Said(12345, "po_first1", STRIPE))

    assert states() == [("open", 0)]


def test_one_click_ties_what_was_only_likely_and_both_sides_are_taken_then(account, now):
    payout = a_payout()
    first, second = came(account, now, Said(12345, "Payout", STRIPE), Said(12345, "Payout", STRIPE))
    assert unseen() == ["po_first1"]
    tie(first, Kind.PAYOUT, payout.id, now)

    assert (states(), unseen()) == ([("payout", 0), ("open", 0)], [])
    for line in (first, second):
        with pytest.raises(Refusal, match="One of the two"):
            tie(line, Kind.PAYOUT, payout.id, now)
    untie(first, now)
    assert (states(), unseen()) == ([("open", 0), ("open", 0)], ["po_first1"])
    tie(second, Kind.PAYOUT, payout.id, now)
    assert states() == [("open", 0), ("payout", 0)]
    assert db.session.query(Counterpart).count() == 2


def test_the_database_ties_one_to_one(account, now):
    payout = a_payout()
    first, second = came(account, now, Said(12345, "a", STRIPE), Said(12345, "b", STRIPE))
    tie(first, Kind.PAYOUT, payout.id, now)

    with pytest.raises(IntegrityError), transaction():
        db.session.add(Counterpart(line_id=second.id, kind="payout", payout_id=payout.id, made_at=now))
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Counterpart(line_id=first.id, kind="refund", payout_id=payout.id, made_at=now))


def test_a_payout_that_the_bank_sends_back_has_two_lines(account, now):
    payout = a_payout()
    came(account, now, Said(12345, "po_first1", STRIPE))
    a_payout(status="failed")
    bring_in(account, as_camt([Said(-12345, "RETURN po_first1", STRIPE, day=DAY + timedelta(3))]), now, name="b.xml")

    assert states() == [("payout", 0), ("payout", 0)]
    assert set(bank.lines_of([payout])) == {(payout.id, Kind.PAYOUT), (payout.id, Kind.PAYOUT_BACK)}


def test_a_payout_is_missed_only_where_there_are_statements_of_its_days(account, now):
    a_payout()
    assert unseen() == []
    came(account, now, Said(5, "Interest", "Bank"))
    a_payout("po_before", arrives=DAY - timedelta(3))

    assert unseen() == ["po_first1"]


def test_money_of_a_line_that_was_sent_back_is_tied_to_what_went_out(account, now):
    (line,) = came(account, now, Said(5000, "For nobody", "Nemo Nobody"))
    with transaction():
        bank.send_back(line, line.left, note="sent on Monday", by=None, now=now)
    (_line, out) = came(account, now, Said(-5000, "Back", "Nemo Nobody", day=DAY + timedelta(1)))
    (found,) = bank.likely(out)

    assert (found.kind, found.key, found.hints) == (Kind.RETURNED, line.id, ("amount", "name"))
    tie(out, found.kind, found.key, now)
    assert states() == [("matched", 0), ("sent", 0)]
    assert bank.sent_by(line) == out
    with pytest.raises(Refusal, match="Untie that line first"), transaction():
        bank.send_back(line, Money(1, "USD"), note="more", by=None, now=now)
    with pytest.raises(Refusal, match="shows that its money went back"), transaction():
        bank.reopen(line, by=None, now=now)
    untie(out, now)
    with transaction():
        bank.reopen(line, by=None, now=now)
    assert states() == [("open", 0), ("out", 0)]


def test_a_refund_that_was_sent_by_hand_is_tied_to_what_went_out(account, now, meeting, ada):
    order = place(meeting, ada, now)
    (line,) = came(account, now, Said(order.total_minor, "fee", "Ada Demo"))
    match(line, order, now)
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[], amount=Money(4000, "USD"), reason="ill", by=ada, now=now
        )
    (refund,) = db.session.scalars(select(Refund))
    before = entries()
    (_in, out) = came(account, now, Said(-4000, f"Refund {order.ref}", "Ada Demo", day=DAY + timedelta(1)))
    (found,) = bank.likely(out)

    assert (found.kind, found.thing, found.order.ref) == (Kind.REFUND, refund, order.ref)
    assert found.hints == ("reference", "amount", "name")
    tie(out, found.kind, found.key, now)
    assert states()[1] == ("sent", 0)
    assert entries() == before
    assert payments.differences() == []


def test_what_went_out_for_something_else_is_set_aside_and_waits_again(account, now):
    (out,) = came(account, now, Said(-850, "Account fee", "Bank"))
    with transaction():
        bank.ignore(out, reason="The bank's fee", by=None, now=now)
    assert states() == [("ignored", 0)]
    with transaction():
        bank.reopen(out, by=None, now=now)

    assert states() == [("out", 0)]
