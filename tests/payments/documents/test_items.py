"""A rate of tax for one add-on or type of membership alone."""

import pytest
from sqlalchemy.exc import IntegrityError

from conference import checkout, payments, registration
from conference.kernel import transaction
from conference.payments import documents
from tests.checkout.acting import paid, place, settle
from tests.payments.documents.selling import BUYER, a_rate, a_seller
from tests.signing_in import signed_in

RATE = {"kind": "", "item": "add_on:dinner", "country": "", "buyers": "anyone", "category": "S", "percent": "7", "note": "", "starts": "2020-01-01", "ends": ""}  # fmt: skip
NEW = "/staff/documents/rates/new"


@pytest.fixture
def extras(meeting, now):
    with transaction():
        a_seller(now)
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=10700, places=10)
        registration.offer_add_on(meeting, code="course", title="Course", amount_minor=11900, places=10)


@pytest.fixture
def finance(context):
    return signed_in(context, "fay@example.org", roles=("finance",), given_name="Fay")


def test_dinner_and_course_are_taxed_apart_on_one_invoice(meeting, extras, ada, now):
    with transaction():
        a_rate(now, 1900)
        a_rate(now, 700, kind="add_on", item="dinner")
    order = place(meeting, ada, now, extras=["dinner", "course"])
    settle(order, paid(order), now)

    with transaction():
        made = checkout.invoicing.invoice(payments.order_by_ref(order.ref), buyer=BUYER, by=None, now=now)

    lines = {line["what"].rpartition(": ")[2]: (line["hundredths"], line["net"]) for line in made.content["lines"]}
    assert lines["Dinner"] == (700, 10000)
    assert lines["Course"] == (1900, 10000)
    assert sorted(each["hundredths"] for each in made.content["taxes"]) == [700, 1900]


def test_the_desk_sets_it_and_says_so_in_the_list(finance, extras):
    assert finance.post(NEW, data=RATE).status_code == 303

    (rate,) = documents.queries.rates()
    assert (rate.kind, rate.item) == ("add_on", "dinner")
    assert "Dinner" in finance.get("/staff/documents/rates").text
    page = finance.get(f"/staff/documents/rates/{rate.id}").text
    assert 'value="add_on:dinner" selected' in page or 'selected value="add_on:dinner"' in page


@pytest.mark.parametrize(
    ("wrong", "words"), [({"kind": "dues"}, "That is of another kind"), ({"item": "add_on:nothing"}, "choice")]
)
def test_what_cannot_be_is_refused_at_its_field(finance, extras, wrong, words):
    answer = finance.post(NEW, data=RATE | wrong)

    assert answer.status_code == 422 and words in answer.text
    assert documents.queries.rates() == []


def test_a_rate_whose_item_nobody_sells_any_more_can_still_be_ended(finance, extras, now):
    with transaction():
        rate = a_rate(now, 700, kind="add_on", item="gone")

    page = finance.get(f"/staff/documents/rates/{rate.id}").text
    answer = finance.post(
        f"/staff/documents/rates/{rate.id}",
        data=RATE | {"kind": "add_on", "item": "add_on:gone", "version": rate.version, "ends": "2026-12-31"},
    )

    assert "gone" in page
    assert answer.status_code == 303
    assert documents.queries.rate(rate.id).item == "gone"


def test_the_database_knows_no_item_without_a_kind(context, now):
    with pytest.raises(IntegrityError), transaction() as session:
        a_rate(now, 700, item="dinner")
        session.flush()
