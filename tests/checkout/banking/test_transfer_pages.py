"""Paying by bank transfer, through the pages of whoever pays."""

import pytest

from conference import checkout, payments, people
from conference.kernel import clock, transaction
from conference.payments import bank
from tests.checkout.banking.acting import an_account
from tests.payments.documents.selling import a_rate, a_seller, a_society
from tests.signing_in import signed_in
from tests.staff.cast import a_meeting, an_order, page, state_of


@pytest.fixture
def meeting(context):
    return a_meeting()


@pytest.fixture
def order(context, meeting):
    """Ada's order, which may be paid by transfer; her browser."""
    ada = signed_in(context, "ada@example.org", given_name="Ada", family_name="Demo", country="US")
    now = clock.now()
    an_account(now)
    with transaction():
        facts = {"whom": "all", "days": 10, "days_before": 14, "grace_days": 3}
        checkout.transferring.set_terms(meeting, by=None, version=0, now=now, **facts)
    _entry, placed = an_order(meeting, people.by_email("ada@example.org"))
    return placed, ada


def test_it_is_chosen_on_the_orders_page_once(order):
    placed, ada = order
    path = f"/orders/{placed.ref}"
    assert "Pay by bank transfer" in page(ada.get(path))

    answers = [ada.post(f"{path}/transfer", data={"po_number": "PO-17"}).status_code for _click in range(2)]
    shown = page(ada.get(path))

    assert answers == [303, 409]
    assert all(each in shown for each in (bank.reference_of(placed), "DE89370400440532013000", "PO-17"))
    assert f"/orders/{placed.ref}/transfer" not in shown


def test_the_purchase_order_need_not_be_typed_again_and_a_second_click_makes_no_second_paper(order):
    placed, ada = order
    path, now = f"/orders/{placed.ref}", clock.now()
    with transaction():
        a_society(), a_seller(now), a_rate(now)
    ada.post(f"{path}/transfer", data={"po_number": "PO-17"})
    typed = {"name": "Ada", "country": "US", "language": "en", "po_number": "PO-17"}

    assert 'name="po_number" type="text" value="PO-17"' in page(ada.get(f"{path}/invoice"))
    answers = [
        ada.post(f"{path}/invoice", data=each).status_code for each in (typed, typed, {**typed, "name": "Ada D."})
    ]

    made = payments.documents.queries.of_order(placed)
    assert (answers, [each.number for each in made]) == ([303] * 3, [f"PF-{placed.ref}-{n}" for n in (1, 2)])


def test_a_number_that_is_too_long_is_told_at_its_field(order):
    placed, ada = order

    answer = ada.post(f"/orders/{placed.ref}/transfer", data={"po_number": "9" * 61})

    assert (answer.status_code, bank.promise_of(payments.order_by_ref(placed.ref))) == (422, None)


def test_nobody_holds_the_places_of_anothers_order(order, context):
    placed, _ada = order
    dov = signed_in(context, "dov@example.org", given_name="Dov")

    answer = dov.post(f"/orders/{placed.ref}/transfer", data={"po_number": ""})

    assert (answer.status_code, state_of(placed)) == (404, "open")
    assert bank.promise_of(payments.order_by_ref(placed.ref)) is None


def test_what_is_settled_is_not_promised(order):
    placed, ada = order
    with transaction():
        checkout.settle_paid_by_hand(placed.id, reference="cash", by=None, now=clock.now())

    assert ada.post(f"/orders/{placed.ref}/transfer", data={"po_number": ""}).status_code == 409
