"""Orders marked as paid: how the money came, and above a limit by two people."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from conference import payments, society
from conference.kernel import clock, db, transaction
from conference.payments import marks
from tests.signing_in import signed_in
from tests.staff.banking import account, brought_in, paying
from tests.staff.cast import an_order, follow, lapse, page, somebody, state_of

__all__ = ["account"]

CHEQUE = {"way": "cheque", "reference": "No. 17, Example Bank"}


@pytest.fixture
def kim(context):
    """The browser of Kim, who keeps the money too."""
    return signed_in(context, "kim@example.org", roles=("finance",), given_name="Kim")


@pytest.fixture
def limit(meeting):
    """Two people from 400.00 on."""
    with transaction():
        society.current().second_person_from_minor = 40000


def waiting():
    db.session.rollback()
    return list(db.session.scalars(db.select(marks.Mark).order_by(marks.Mark.id)))


def mark(desk, order, **typed):
    return desk.post(f"/staff/order/{order.ref}/paid", data={**CHEQUE, **typed})


def decide(desk, what="approve", note="seen", number=-1):
    return desk.post(f"/staff/approvals/{waiting()[number].ref}", data={"do": what, "note": note})


@pytest.mark.parametrize("way", ["cheque", "cash", "terminal", "transfer", "hand"])
def test_the_way_is_kept_with_the_money(meeting, fay, way):
    _entry, order = an_order(meeting, somebody("Ada"))

    follow(fay, mark(fay, order, way=way))

    assert (state_of(order), [each.provider for each in payments.payments_of(order)]) == ("paid", [way])


def test_a_promise_is_no_money(meeting, fay):
    _entry, order = an_order(meeting, somebody("Ada"))

    assert mark(fay, order, way="purchase order").status_code == 422
    assert state_of(order) == "open"


def test_above_the_limit_it_waits_for_a_second_person(meeting, limit, fay, kim):
    _entry, order = an_order(meeting, somebody("Ada"))

    shown = follow(fay, mark(fay, order))
    assert (state_of(order), payments.payments_of(order), "waits for a second person" in shown) == ("open", [], True)
    assert "Example Bank" in page(kim.get("/staff/approvals"))

    follow(kim, decide(kim))

    (payment,) = payments.payments_of(order)
    assert (state_of(order), payment.provider, waiting()[0].state) == ("paid", "cheque", "approved")


def test_below_the_limit_one_person_is_enough(meeting, limit, fay):
    _entry, order = an_order(meeting, somebody("Ada"), mode="virtual")

    follow(fay, mark(fay, order))

    assert (state_of(order), waiting()) == ("paid", [])


def test_nobody_approves_what_they_have_marked(meeting, limit, fay):
    _entry, order = an_order(meeting, somebody("Ada"))
    follow(fay, mark(fay, order))

    assert "somebody else decides" in page(fay.get("/staff/approvals"))
    assert (decide(fay).status_code, state_of(order)) == (409, "open")


def test_nor_does_the_database_let_them(meeting, limit, fay):
    _entry, order = an_order(meeting, somebody("Ada"))
    follow(fay, mark(fay, order))
    found = waiting()[0]

    with pytest.raises(IntegrityError), transaction():
        found.decided_by_id, found.state, found.decided_at = found.asked_by_id, "approved", clock.now()


def test_it_is_marked_once_and_decided_once(meeting, limit, fay, kim):
    _entry, order = an_order(meeting, somebody("Ada"))

    assert [mark(fay, order).status_code for _click in range(2)] == [303, 409]
    assert [decide(kim).status_code for _click in range(2)] == [303, 409]
    assert len(payments.payments_of(order)) == 1


def test_declined_books_nothing_and_can_be_marked_anew(meeting, limit, fay, kim):
    _entry, order = an_order(meeting, somebody("Ada"))
    follow(fay, mark(fay, order))

    assert decide(kim, note=" ").status_code == 422
    follow(kim, decide(kim, "decline", "no such cheque"))
    assert (state_of(order), payments.payments_of(order)) == ("open", [])

    assert mark(fay, order).status_code == 303


def test_what_had_lapsed_and_was_sold_meanwhile_is_not_approved(meeting, limit, fay, kim):
    with transaction():
        db.session.execute(db.text("UPDATE registration_pool SET places = 1 WHERE name = 'Venue'"))
    _entry, order = an_order(meeting, somebody("Ada"))
    lapse(order)
    follow(fay, mark(fay, order))
    an_order(meeting, somebody("Ben"))

    assert (decide(kim).status_code, state_of(order), waiting()[0].state) == (409, "lapsed", "waiting")


def test_a_file_does_not_go_around_the_limit(meeting, limit, cleo):
    from conference import checkout

    header = "email,given_name,family_name,degrees,institution,country,category,paid\n"
    rows = checkout.read_rows(header + "ada@example.org,Ada,Demo,,,US,full,yes\n")
    with transaction():
        report = checkout.import_rows(rows, meeting=meeting, now=clock.now())

    assert ["two people" in each["reason"] for each in report.faults] == [True]


def test_only_administrators_set_the_limit(meeting, context, fay):
    ivy = signed_in(context, "ivy@example.org", roles=("administrator",), given_name="Ivy")

    assert fay.post("/staff/approvals/limit", data={"amount": "1", "version": "1"}).status_code == 403
    assert ivy.post("/staff/approvals/limit", data={"amount": "x", "version": "1"}).status_code == 422
    follow(ivy, ivy.post("/staff/approvals/limit", data={"amount": "1000", "version": "1"}))

    db.session.rollback()
    assert society.current().second_person_from_minor == 100000


def test_what_a_bank_took_back_is_given_all_the_same(meeting, fay):
    _entry, order = an_order(meeting, somebody("Ada"))
    follow(fay, mark(fay, order))
    with transaction():
        found, (payment,) = payments.locked(order.id), payments.payments_of(order)
        payments.reversing.reverse(found, payment, reason="the cheque bounced", by=None, now=clock.now())
        payments.park(found, reason="the cheque bounced", hold=False)
    assert "is missing" in page(fay.get(f"/staff/order/{order.ref}"))
    assert fay.post(f"/staff/order/{order.ref}/note").status_code == 409

    follow(fay, fay.post(f"/staff/order/{order.ref}/without"))

    assert (payments.missing(payments.order_by_ref(order.ref)).minor, payments.differences()) == (0, [])
    assert fay.post(f"/staff/order/{order.ref}/without").status_code == 409


def test_a_large_line_waits_for_somebody_else_than_who_brought_it_in(meeting, limit, account, fay, kim):
    _entry, order = an_order(meeting, somebody("Ada"))

    (line,) = brought_in(fay, account, paying(order))

    for path in (f"/staff/bank/lines/{line.ref}", f"/staff/order/{order.ref}"):
        assert "second person" in page(fay.get(path))
    assert f"/staff/bank/lines/{line.ref}" in page(kim.get("/staff/approvals"))
    assert "You brought it in" in page(fay.get("/staff/approvals"))
    assert (decide(fay).status_code, state_of(order)) == (409, "open")
    assert "The order is settled." in follow(kim, decide(kim))
    assert state_of(order) == "paid"


def test_who_matches_a_large_line_of_their_own_is_told_that_somebody_else_is_asked(meeting, limit, account, fay, kim):
    _entry, order = an_order(meeting, somebody("Ada"))
    (line,) = brought_in(fay, account, replace(paying(order), text="?"))
    typed = {"order": order.ref, "amount": "440.00"}

    assert "a second person of finance is asked" in follow(
        fay, fay.post(f"/staff/bank/lines/{line.ref}/match", data=typed)
    )
    assert state_of(order) == "open"
    follow(kim, kim.post(f"/staff/bank/lines/{line.ref}/match", data=typed))
    assert state_of(order) == "paid"
