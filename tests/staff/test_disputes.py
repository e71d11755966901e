"""Disputes at the desk: finance finds them with their days, takes the evidence, decides; nobody else sees them."""

from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from conference import audit, checkout, payments
from conference.kernel import clock, db, transaction
from conference.payments import DisputeSeen, dispute_rules
from tests.cast import a_draft, a_meeting
from tests.checkout.acting import paid
from tests.signing_in import account_of, signed_in


@pytest.fixture
def order(context):
    """Ada's settled order."""
    with transaction():
        meeting = a_meeting(clock.now(), code="R1", places=5)
    ada = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        draft = a_draft(meeting, ada.person, clock.now())
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada.person, now=clock.now())
    with transaction():
        return checkout.settle(order.id, paid(order), now=clock.now())


@pytest.fixture
def finance(context):
    return signed_in(context, "fin@example.org", roles=("finance",), given_name="Fin", family_name="Demo")


def dispute(order, **changes):
    """What the order's payment brought is disputed."""
    facts = {
        "dispute_id": f"du_{order.ref}", "payment_intent": f"pi_{order.ref}", "amount": order.total_minor,
        "currency": order.currency, "reason": "fraudulent", "state": "needs_response", "opened_at": clock.now(),
        "evidence_due_at": clock.now() + timedelta(days=7), "is_refundable": False, "fee_currency": order.currency,
        "movements": (dispute_rules.Movement(f"txn_{order.ref}", -order.total_minor, 1500),),
    }  # fmt: skip
    with transaction():
        return checkout.disputes.note(DisputeSeen(**facts | changes), now=clock.now())


def test_finance_finds_it_from_the_front_page_with_its_last_day(order, finance):
    found = dispute(order)

    assert "dispute to be answered or decided" in finance.get("/staff/").text
    listed = finance.get("/staff/disputes").text
    assert f"/staff/dispute/{found.ref}" in listed
    assert "the payer says that they did not pay this" in listed
    assert "Download the evidence" in finance.get(f"/staff/dispute/{found.ref}").text


@pytest.mark.parametrize(
    "query", ["q=ada", "q=du_nothing", "view=lost", "view=nonsense", "sort=-amount", "sort=x&page=99"]
)
def test_the_list_is_searched_sorted_and_told_when_empty(order, finance, query):
    found = dispute(order)

    page = finance.get(f"/staff/disputes?{query}")

    assert page.status_code == 200
    assert (f"/staff/dispute/{found.ref}" in page.text) == (query not in ("q=du_nothing", "view=lost"))


def test_every_dispute_goes_into_a_spreadsheet(order, finance):
    dispute(order)

    lines = finance.get("/staff/disputes.csv").text.splitlines()

    assert len(lines) == 2
    assert (
        f"du_{order.ref},needs_response,fraudulent,{order.ref},Ada Demo,ada@example.org,440.00,440.00,USD,15.00"
        in lines[1]
    )


@pytest.mark.parametrize("role", ["registration", "programme", "door"])
def test_nobody_else_at_the_desk_may_look_or_decide(context, order, role):
    found = dispute(order)
    other = signed_in(context, "other@example.org", roles=(role,), given_name="Ori", family_name="Demo")

    answers = [
        other.get(path).status_code
        for path in ("/staff/disputes", "/staff/disputes.csv", f"/staff/dispute/{found.ref}")
    ]
    answers += [other.post(f"/staff/dispute/{found.ref}/{act}").status_code for act in ("evidence", "place")]

    assert set(answers) == {403}


def test_the_evidence_tells_what_is_known_and_names_nobody_of_the_office(order, finance):
    found = dispute(order)

    answer = finance.post(f"/staff/dispute/{found.ref}/evidence")

    text = text_of(answer.data)
    assert answer.mimetype == "application/pdf"
    for expected in (
        found.provider_ref,
        f"pi_{order.ref}",
        order.ref,
        "Ada Demo",
        "ada@example.org",
        "440.00",
        "Confirmed",
    ):
        assert expected in text, expected
    assert "Fin Demo" not in text
    db.session.rollback()
    assert "downloaded the evidence about" in set(db.session.scalars(select(audit.Entry.verb)))


def test_a_decision_needs_a_reason_and_is_made_once(order, finance):
    found = dispute(order)
    address = f"/staff/dispute/{found.ref}/place"

    assert finance.post(address, data={"do": "take", "note": ""}).status_code == 422
    assert finance.post(address, data={"do": "burn", "note": "x"}).status_code == 400
    assert finance.post(address, data={"do": "take", "note": "Not paid"}).status_code == 303
    assert finance.post(address, data={"do": "keep", "note": "After all"}).status_code == 409

    db.session.rollback()
    assert payments.disputes.by_ref(found.ref).place == "taken_back"
    assert checkout.registration_in(payments.order_by_ref(order.ref)).state == "cancelled"


def test_the_order_says_that_it_is_disputed_and_links_for_finance_alone(context, order, finance):
    found = dispute(order)
    desk = signed_in(context, "desk@example.org", roles=("registration",), given_name="Des", family_name="Demo")

    pages = [browser.get(f"/staff/order/{order.ref}").text for browser in (finance, desk)]

    assert all("Disputed by the payer’s bank" in page for page in pages)
    assert [f"/staff/dispute/{found.ref}" in page for page in pages] == [True, False]


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)
