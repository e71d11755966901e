"""The ledger: who, when, why and for what; only added to; and nothing is committed that does not sum."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from conference import checkout, payments
from conference.kernel import Money, db, transaction
from conference.payments import BooksDoNotTieOut, LedgerEntry, Refund, ledger
from tests.cast import a_draft, a_membership_type, a_person
from tests.checkout.acting import paid


@pytest.fixture
def cleo(context, now):
    with transaction():
        return a_person("Cleo", now)


@pytest.fixture
def settled(order, cleo, now):
    """Ada's order, paid with 440.00 USD of which Cleo says that they came by transfer."""
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer of 3 May", by=cleo, now=now)
    return payments.order_by_ref(order.ref)


def entries():
    """(kind, minor units, who, why, what for) of every entry, as booked."""
    rows = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))
    return [(each.kind, each.amount_minor, each.by_id, each.why, each.scope) for each in rows]


def test_every_entry_says_who_booked_it_why_and_for_which_meeting(settled, meeting, cleo, now):
    title = settled.lines[0].title
    with transaction():
        facts = {"line_ids": [settled.lines[0].id], "amount": Money(40000, "USD"), "reason": "ill", "by": cleo}
        checkout.end_lines_and_refund(order_id=settled.id, now=now + timedelta(days=1), **facts)

    scope = f"meeting:{meeting.code}"
    assert entries() == [
        ("payment", 44000, cleo.id, "transfer of 3 May", scope),
        ("sale", -44000, cleo.id, title, scope),
        ("reversal", 44000, cleo.id, title, scope),
        ("fee", -4000, cleo.id, "ill", scope),
        ("refund", -40000, cleo.id, "ill", scope),
    ]


def test_what_stripe_brought_was_booked_by_nobody(order, meeting, now):
    with transaction():
        checkout.settle(order.id, paid(order), now=now)

    assert {who for _kind, _minor, who, _why, _scope in entries()} == {None}


def test_dues_in_the_same_basket_are_booked_for_their_term(meeting, now):
    with transaction():
        a_membership_type()
        ben = a_person("Ben", now)
        draft = a_draft(meeting, ben, now, dues="active")
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ben, now=now)
    with transaction():
        checkout.settle(order.id, paid(order), now=now)

    term = next(line for line in order.lines if line.kind == "dues").rule
    sold = {scope for kind, _minor, _who, _why, scope in entries() if kind == "sale"}
    assert sold == {f"meeting:{meeting.code}", f"term:{term['starts']}/{term['ends']}"}


@pytest.mark.parametrize(
    "statement",
    [
        delete(LedgerEntry),
        update(LedgerEntry).values(amount_minor=LedgerEntry.amount_minor - 1),
        update(LedgerEntry).values(why="something else"),
        update(LedgerEntry).values(scope=None),
    ],
    ids=["delete", "amount", "why", "scope"],
)
def test_the_database_itself_refuses_to_change_the_ledger(settled, statement):
    before = entries()

    with pytest.raises(DBAPIError, match="payments_ledger is only added to"), transaction():
        db.session.execute(statement)

    assert entries() == before


def test_two_people_who_turn_out_to_be_one_may_be_made_one_in_the_ledger(settled, ada):
    with transaction():
        db.session.execute(update(LedgerEntry).values(by_id=ada.id))

    assert {who for _kind, _minor, who, _why, _scope in entries()} == {ada.id}


def test_nothing_is_committed_that_does_not_sum(settled, now):
    before = entries()

    with pytest.raises(BooksDoNotTieOut, match="5 received and neither given, refunded nor parked"), transaction():
        ledger.book(settled, kind=payments.EntryKind.GOODWILL, amount=Money(5, "USD"), source="made up", now=now)

    assert (entries(), payments.differences()) == (before, [])


def test_a_refund_that_nothing_was_taken_back_for_is_not_committed(settled, now):
    with pytest.raises(BooksDoNotTieOut, match="1000 given or sent back without having come"), transaction():
        payments.promise_refund(order=settled, amount=Money(1000, "USD"), reason="ill", now=now)

    assert db.session.scalar(select(func.count()).select_from(Refund)) == 0


def test_booking_outside_of_a_transaction_is_refused(settled, now):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        ledger.book(settled, kind=payments.EntryKind.FEE, amount=Money(-5, "USD"), source="made up", now=now)
    db.session.rollback()
