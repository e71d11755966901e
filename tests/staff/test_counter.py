"""Who is registered already is served at once; who was registered by mistake is taken back for some minutes; nobody twice."""

import re
from datetime import timedelta

import pytest
import time_machine

from conference import audit, door, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.staff.models import Station
from tests.staff.cast import a_registration, an_order, page, settle, somebody, taken
from tests.staff.test_walk_in import ADA, DESK, entry_of, flat, hidden

NEW = "/staff/registrations/T1/new"


def undo(client, entry):
    return client.post(f"{DESK}/{entry.ref}/undoing")


def register(client, meeting, **changes):
    answer = client.post(DESK, data={**ADA, **changes})
    assert answer.status_code == 303, page(answer)
    return entry_of(meeting)


def ledger(entry):
    (order,) = payments.orders_with_line("registration", entry.id)
    statement = "SELECT kind, amount_minor FROM payments_ledger WHERE order_id = :order ORDER BY id"
    return [tuple(row) for row in db.session.execute(db.text(statement), {"order": order.id})]


def test_who_is_registered_and_paid_is_shown_and_let_in(meeting, cleo):
    entry, _order = a_registration(meeting, "Ada")

    told = flat(cleo.get(f"{DESK}?q=ada@example.org"))
    served = cleo.post(f"{DESK}/{entry.ref}/served", data={"check_in": "y"})

    assert "Registered already" in told
    assert f'action="/staff/badges/{entry.ref}"' in told
    assert served.status_code == 303
    assert door.check_in_of(entry) is not None
    assert "and in already" in page(cleo.get(f"{DESK}?q={entry.badge_code}"))


def test_what_is_owed_is_taken_at_the_counter_and_they_are_let_in(meeting, cleo):
    entry, order = an_order(meeting, somebody("Ada"))
    told = page(cleo.get(f"{DESK}?q=ada@example.org"))
    paid = {"order": order.ref, "total": "44000", "payment": "cash", "check_in": "y"}

    served = cleo.post(f"{DESK}/{entry.ref}/served", data=paid)

    assert hidden(told, "order") == order.ref
    assert served.status_code == 303
    assert registration.by_ref(entry.ref).state == "confirmed"
    assert door.check_in_of(entry) is not None


@pytest.mark.parametrize("change", [{"total": "43999"}, {"total": ""}, {"order": "AAAAAAAAAA"}, {"payment": ""}])
def test_money_is_taken_for_nothing_but_what_was_shown(meeting, cleo, change):
    entry, order = an_order(meeting, somebody("Ada"))
    paid = {"order": order.ref, "total": "44000", "payment": "cash", "check_in": "y"}

    answer = cleo.post(f"{DESK}/{entry.ref}/served", data={**paid, **change})

    assert answer.status_code == 409
    assert (registration.by_ref(entry.ref).state, db.session.query(payments.Payment).count()) == ("held", 0)


def test_money_that_came_meanwhile_is_not_taken_again(meeting, cleo):
    entry, order = an_order(meeting, somebody("Ada"))
    settle(order)

    answer = cleo.post(f"{DESK}/{entry.ref}/served", data={"order": order.ref, "total": "44000", "payment": "cash"})

    assert answer.status_code == 409
    assert db.session.query(payments.Payment).count() == 1


def test_a_slip_is_undone_by_reversals_and_the_person_can_be_registered_again(meeting, cleo):
    entry = register(cleo, meeting)
    before = ledger(entry)

    answer = undo(cleo, entry)

    assert answer.status_code == 303
    assert registration.by_ref(entry.ref).state == "cancelled"
    assert (door.check_in_of(entry), taken()) == (None, 0)
    after = ledger(entry)
    assert after[: len(before)] == before
    assert sum(amount for _kind, amount in after) == 0
    assert {"reversal", "refund"} <= {kind for kind, _amount in after}
    assert "undid the walk-in" in [each.verb for each in audit.story_of(entry)]
    assert cleo.post(DESK, data={**ADA, "token": "CCCCCCCCCCCCCCCCCCCC"}).status_code == 303
    assert registration.by_ref(entry.ref).state == "confirmed"


@pytest.mark.parametrize(
    "change", [{"payment": "link"}, {"category": "regular", "total": "0"}, {"extras": "dinner", "total": "52500"}]
)
def test_whatever_was_sold_is_undone_whole(meeting, cleo, change):
    entry = register(cleo, meeting, **change)

    assert undo(cleo, entry).status_code == 303
    assert registration.by_ref(entry.ref).state in ("cancelled", "draft")
    assert (taken(), taken("Dinner")) == (0, 0)


def test_a_slip_is_undone_once(meeting, cleo):
    entry = register(cleo, meeting)

    answers = [undo(cleo, entry), undo(cleo, entry)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert db.session.query(payments.Refund).count() == 1


def test_a_slip_is_undone_for_some_minutes_only(meeting, cleo):
    entry = register(cleo, meeting)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        answer = undo(cleo, entry)

    assert answer.status_code == 409
    assert "too late" in page(answer)
    assert registration.by_ref(entry.ref).state == "confirmed"


def built_by_a_check_in(entry, meeting, cleo):
    with transaction():
        by = people.by_email("cleo@example.org")
        door.undo(entry=entry, by=by, now=clock.now())
        door.check_in(entry=entry, meeting=meeting, by=by, way="scan", now=clock.now())


def built_by_ribbons(entry, meeting, cleo):
    cleo.post(f"/staff/registration/{entry.ref}/ribbons", data={"ribbons": "Speaker"})


def built_by_a_change(entry, meeting, cleo):
    address, asked = f"/staff/registration/{entry.ref}/change", "category=full&mode=in_person&span=whole&extras=dinner"
    checked = page(cleo.get(f"{address}/check?{asked}&waived=y&reason=x"))
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', checked))
    assert cleo.post(address, data=fields).status_code == 303


def built_by_a_refund(entry, meeting, cleo):
    order = payments.orders_with_line("registration", entry.id)[0]
    data = {"amount": "10.00", "reason": "kind", "lines": [], "left": payments.returnable(order).minor}
    assert cleo.post(f"/staff/order/{order.ref}/refund", data=data).status_code == 303


@pytest.mark.parametrize("build", [built_by_a_check_in, built_by_ribbons, built_by_a_change, built_by_a_refund])
def test_what_something_was_built_on_stays(meeting, cleo, build):
    entry = register(cleo, meeting)
    build(registration.by_ref(entry.ref), meeting, cleo)

    answer = undo(cleo, entry)

    assert answer.status_code == 409
    assert "cannot be undone any more" in page(answer)
    assert registration.by_ref(entry.ref).state == "confirmed"


def test_a_badge_that_was_printed_is_no_hindrance(meeting, cleo):
    entry = register(cleo, meeting)
    cleo.post(f"/staff/badges/{entry.ref}")

    assert undo(cleo, entry).status_code == 303


def test_the_page_offers_undoing_while_it_is_possible(meeting, cleo):
    entry = register(cleo, meeting)

    at_once = page(cleo.get(f"{DESK}?done={entry.ref}"))
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        later = page(cleo.get(f"{DESK}?done={entry.ref}"))

    assert f"{entry.ref}/undoing" in at_once
    assert f"{entry.ref}/undoing" not in later


def test_nobody_undoes_what_was_not_made_at_a_counter(meeting, cleo, fay):
    entry, _order = a_registration(meeting, "Ada")

    assert [undo(cleo, entry).status_code, undo(fay, entry).status_code] == [404, 403]


def test_what_was_chosen_for_the_last_one_is_usual_for_the_next_but_paying_later_is_not(meeting, cleo):
    cleo.post(DESK, data={name: value for name, value in ADA.items() if name != "prints"} | {"payment": "terminal"})
    cleo.post(DESK, data={**ADA, "email": "eve@example.org", "given_name": "Eve", "payment": "link", "token": "C" * 20})

    (station,) = db.session.query(Station)

    assert (station.payment, station.checks_in, station.prints) == ("terminal", True, True)
