"""Staff change a registration for somebody, with the table's fee or without, and write the table itself."""

import re

import pytest
from sqlalchemy import update

from conference import mail, payments, registration
from conference.kernel import db, transaction
from conference.meetings import Meeting
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.acting import change, going_back, ticket
from tests.signing_in import signed_in


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["registration"], given_name="Cleo", family_name="Demo")


def test_a_fee_is_waived_with_a_reason_that_the_person_reads(cleo, entry):
    path = f"/staff/registration/{entry.ref}/change"
    wish = {"category": "full", "span": "whole", "mode": "virtual", "waived": "y", "reason": "visa refused"}
    assert cleo.get(f"{path}/check", query_string={**wish, "reason": ""}).status_code == 422

    shown = cleo.get(f"{path}/check", query_string=wish)
    seen = re.search(r'name="seen" value="([^"]*)"', shown.text)[1]
    answer = cleo.post(path, data={**wish, "seen": seen})

    assert (answer.status_code, ticket(entry)[2], sum(going_back())) == (303, "virtual", 31000)
    assert "visa refused" in db.session.scalars(db.select(mail.Letter.body).where(mail.Letter.kind == "changed")).one()


def test_what_a_card_paid_through_an_earlier_order_goes_back_no_more_finely_than_it_is_charged(meeting, ada, cleo, now):
    with transaction():
        for table in (Meeting, registration.AddOn):
            db.session.execute(update(table).values(currency="KWD"))
        db.session.refresh(meeting)
    sold = place(meeting, ada, now)
    settle(sold, paid(sold), now)
    path = f"/staff/order/{payments.order_by_id(change_to_virtual(meeting, ada, now).order_id).ref}/refund"

    answers = [cleo.post(f"{path}/check", data={"amount": text, "reason": "ill"}) for text in ("1.234", "1.230")]

    assert [each.status_code for each in answers] == [422, 200]


def change_to_virtual(meeting, person, now):
    return change(registration.registration_in(meeting, person), now, mode="virtual")


def test_what_is_due_is_asked_for_by_letter(cleo, entry):
    path = f"/staff/registration/{entry.ref}/change"
    wish = {"category": "full", "span": "whole", "mode": "in_person", "extras": ["dinner", "workshop"]}
    shown = cleo.get(f"{path}/check", query_string=wish)
    cleo.post(path, data={**wish, "seen": re.search(r'name="seen" value="([^"]*)"', shown.text)[1]})

    kinds = set(db.session.scalars(db.select(mail.Letter.kind)))
    assert "to_pay" in kinds and registration.changes.open_change(entry).state == "open"


def test_staff_cancel_after_the_last_day_only_by_waiving(cleo, entry):
    with_fee = cleo.get(f"/staff/registration/{entry.ref}/change/check", query_string={"ends": "1"})

    assert with_fee.status_code == 200 and "430.00" in with_fee.text


def test_the_table_is_written_step_by_step(cleo, meeting):
    path = "/staff/prices/T1/changes"
    step = {
        "kind": "cancel",
        "category_id": "0",
        "until": "2027-05-01T00:00",
        "percent": "75",
        "amount": "",
        "minimum": "",
    }

    assert cleo.post(f"{path}/new", data={**step, "percent": "101"}).status_code == 422
    assert cleo.post(f"{path}/new", data={**step, "amount": "ten"}).status_code == 422
    assert cleo.post(f"{path}/new", data=step).status_code == 303
    row = next(each for each in registration.changes.step_rows(meeting) if each.percent == 75)
    key = row.id
    assert (row.kind, row.percent, "75% of what was paid" in cleo.get(path).text) == ("cancel", 75, True)

    assert cleo.post(f"{path}/{key}", data={**step, "percent": "60", "minimum": "20"}).status_code == 303
    assert "60% of what was paid, at least 20.00" in cleo.get(path).text.replace(" ", " ").replace("US$", "").replace(
        "USD ", ""
    ).replace("$", "")
    assert cleo.post(f"{path}/{key}/remove").status_code == 303
    assert key not in {each.id for each in registration.changes.step_rows(meeting)}
