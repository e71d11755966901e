"""The list of orders, and orders without a registration."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from conference import checkout, payments
from conference.kernel import Money, clock, db, transaction
from conference.payments import Payment
from tests.cast import a_membership_type
from tests.payments.documents.selling import BUYER, a_rate, a_seller, a_society
from tests.staff.cast import a_meeting, a_registration, an_order, follow, page, settle, somebody, state_of


def test_dues_alone_have_their_story_on_the_page_of_their_order(meeting, cleo):
    with transaction():
        a_membership_type()
    ada = somebody("Ada")
    with transaction():
        order = checkout.place_dues(type_code="active", person=ada, now=clock.now())

    found = cleo.get("/staff/", query_string={"q": order.ref})
    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/paid", data={"reference": "Cheque 7"}))

    assert found.headers["Location"] == f"/staff/order/{order.ref}"
    assert "225.00 USD" in shown
    assert state_of(order) == "paid"


def test_the_list_of_orders_shows_what_waits_for_staff_first(meeting, cleo):
    _entry, parked = an_order(meeting, somebody("Ada"))
    settle(parked, amount=100)
    _entry, newer = a_registration(meeting, "Ben")

    listed = page(cleo.get("/staff/orders"))

    assert listed.index(parked.ref) < listed.index(newer.ref)
    assert newer.ref not in page(cleo.get("/staff/orders?state=trouble"))
    assert parked.ref not in page(cleo.get("/staff/orders?q=ben"))


@pytest.mark.parametrize(
    "state",
    ["trouble", "refunds", "waiting", "paid", "refunding", "refunded", "lapsed", "returned", "nonsense"],
)
def test_every_view_of_orders_opens(meeting, cleo, state):
    a_registration(meeting, "Ada")

    assert cleo.get(f"/staff/orders?state={state}&q=ada&meeting=T1").status_code == 200


def test_orders_are_those_of_a_meeting_when_the_address_names_it(meeting, cleo):
    a_meeting(code="T2")
    _entry, order = a_registration(meeting, "Ada")

    assert order.ref in page(cleo.get("/staff/orders?meeting=T1"))
    assert order.ref not in page(cleo.get("/staff/orders?meeting=T2"))


def test_the_list_of_orders_needs_no_more_queries_for_more_rows(meeting, cleo, statements):
    a_registration(meeting, "Ada")
    cleo.get("/staff/orders")
    with statements() as few:
        cleo.get("/staff/orders")
    a_registration(meeting, "Ben", extras=("dinner",))

    with statements() as many:
        assert "Demo, Ben" in page(cleo.get("/staff/orders"))

    assert len(many) == len(few)


@pytest.mark.parametrize("what", ["ref", "lower", "total", "whole", "payment", "name"])
def test_an_order_is_found_by_whatever_somebody_has_in_hand(meeting, cleo, what):
    _entry, order = a_registration(meeting, "Ada")
    _entry, other = a_registration(meeting, "Ben", extras=("dinner",))
    with transaction():
        payment = db.session.scalar(select(Payment.provider_ref).where(Payment.order_id == order.id))
    in_hand = {
        "ref": order.ref,
        "lower": order.ref.lower(),
        "total": order.total.decimal_text,
        "payment": payment,
        "name": "ada",
    }
    in_hand["whole"] = in_hand["total"].removesuffix(".00")

    listed = page(cleo.get("/staff/orders", query_string={"q": in_hand[what]}))

    assert order.ref in listed
    assert other.ref not in listed


def test_the_amount_of_another_number_of_decimals_is_another_amount(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")

    assert order.ref not in page(cleo.get("/staff/orders", query_string={"q": str(order.total_minor)}))


def test_orders_are_sorted_and_downloaded_as_they_are_listed(meeting, fay):
    _entry, cheap = a_registration(meeting, "Ada")
    _entry, dear = a_registration(meeting, "Ben", extras=("dinner",))

    listed = page(fay.get("/staff/orders?sort=-total"))
    table = fay.get("/staff/orders.csv?sort=-total&state=paid").text

    assert listed.index(dear.ref) < listed.index(cheap.ref)
    assert listed.count('aria-sort="descending"') == 1
    assert table.index(dear.ref) < table.index(cheap.ref)
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [(row["Order"], row["Received"]) for row in rows][1] == (cheap.ref, cheap.total.decimal_text)
    sheet = load_workbook(io.BytesIO(fay.get("/staff/orders.xlsx?q=ada").data)).active
    placed = next(cell.column for cell in sheet[1] if cell.value == "Placed")
    local = cheap.placed_at.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)
    assert abs(sheet.cell(2, placed).value - local) < timedelta(minutes=1)


def test_only_finance_downloads_orders(meeting, cleo):
    a_registration(meeting, "Ada")

    assert "orders.csv" not in page(cleo.get("/staff/orders"))
    assert cleo.get("/staff/orders.csv").status_code == 403


def test_the_search_box_finds_an_order_by_the_number_of_its_invoice(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))
    settle(order)
    with transaction():
        a_society(), a_seller(clock.now()), a_rate(clock.now())
        made = checkout.invoicing.invoice(order, buyer=BUYER, by=None, now=clock.now())

    assert order.ref in cleo.get("/staff/", query_string={"q": f" {made.number.lower()} "}).headers["Location"]


def test_what_stands_is_said_beside_the_total(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    dinner = next(line for line in order.lines if line.kind == "add_on")
    before = page(cleo.get(f"/staff/order/{order.ref}"))
    with transaction():
        facts = {"amount": Money(0, "USD"), "reason": "ill", "by": None, "now": clock.now()}
        checkout.end_lines_and_refund(order_id=order.id, line_ids=[dinner.id], **facts)

    after = page(cleo.get(f"/staff/order/{order.ref}"))

    assert ["Without what was taken back" in each for each in (before, after)] == [False, True]
    stands = payments.order_by_ref(order.ref).due
    assert f"{stands.decimal_text} USD" in after.partition("Without what was taken back")[2][:300]
