"""What the payer may do, and what the merchant then sees."""

import pytest
import stripe

from tests.demo.stripe.orders import opened, paid


def types(stand_in):
    return [event["type"] for event in stand_in.events()]


def test_a_card_pays_at_once(client, stand_in):
    session = opened(client)

    stand_in.pay(session.id)

    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    intent, charge = found.payment_intent, found.payment_intent.latest_charge
    assert (found.status, found.payment_status, found.url) == ("complete", "paid", None)
    assert (intent.status, intent.amount_received, intent.metadata.to_dict()) == (
        "succeeded",
        44000,
        {"order": "R-7KQ4"},
    )
    assert (charge.status, charge.paid, charge.payment_method_details.card.last4) == ("succeeded", True, "4242")
    assert types(stand_in) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_charge_costs_a_fee(client, stand_in):
    intent = client.v1.payment_intents.retrieve(paid(stand_in), {"expand": ["latest_charge.balance_transaction"]})

    row = intent.latest_charge.balance_transaction
    assert (row.amount, row.fee, row.net, row.type) == (44000, 1306, 42694, "charge")
    assert client.v1.balance_transactions.list({"source": intent.latest_charge.id}).data[0].id == row.id


@pytest.mark.parametrize(
    ("other", "came"), [({"amount": 43000}, (43000, "usd")), ({"currency": "jpy"}, (44000, "jpy"))]
)
@pytest.mark.parametrize("is_tried", [False, True])
def test_something_else_may_be_paid_than_the_page_was_opened_with(client, stand_in, other, came, is_tried):
    session = opened(client)
    if is_tried:
        stand_in.pay(session.id, "declined")

    stand_in.pay(session.id, **other)

    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    charge = found.payment_intent.latest_charge
    assert (found.amount_total, found.currency) == came
    assert (found.payment_intent.amount_received, found.payment_intent.currency) == came
    assert (charge.amount, charge.currency, charge.status) == (*came, "succeeded")


@pytest.mark.parametrize("other", [{"amount": 43001, "currency": "kwd"}, {"amount": 10}, {"currency": "xyz"}])
def test_nobody_pays_what_stripe_does_not_take(client, stand_in, other):
    session = opened(client)

    with pytest.raises(ValueError, match=r"mount|currency"):
        stand_in.pay(session.id, **other)

    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_a_session_is_paid_only_once(client, stand_in):
    session = opened(client)
    stand_in.pay(session.id)

    with pytest.raises(ValueError, match="takes no payment"):
        stand_in.pay(session.id)

    assert len(client.v1.payment_intents.list().data) == 1


def test_a_declined_card_leaves_the_session_open_for_another(client, stand_in):
    session = opened(client)

    after = stand_in.pay(session.id, "declined")
    intent = client.v1.payment_intents.retrieve(after["payment_intent"])

    assert after["status"] == "open"
    assert (intent.status, intent.last_payment_error.code) == ("requires_payment_method", "card_declined")
    assert stand_in.pay(session.id)["payment_intent"] == intent.id
    assert [charge.status for charge in client.v1.charges.list({"payment_intent": intent.id}).data] == [
        "succeeded",
        "failed",
    ]


@pytest.mark.parametrize(("outcome", "state"), [("complete", ("complete", "paid")), ("fail", ("open", "unpaid"))])
def test_three_d_secure_is_answered_by_the_payer(client, stand_in, outcome, state):
    session = opened(client)
    asked = stand_in.pay(session.id, "authentication")
    assert client.v1.payment_intents.retrieve(asked["payment_intent"]).status == "requires_action"

    after = stand_in.authenticate(session.id, outcome)

    assert (after["status"], after["payment_status"]) == state


def test_a_bank_debit_completes_unpaid_and_clears_later(client, stand_in):
    session = opened(client)

    first = stand_in.pay(session.id, "bank_debit")
    pending = client.v1.charges.list({"payment_intent": first["payment_intent"]}).data[0].status
    later = stand_in.end_debit(session.id)

    assert (first["status"], first["payment_status"], pending) == ("complete", "unpaid", "pending")
    assert (later["status"], later["payment_status"]) == ("complete", "paid")
    assert types(stand_in)[3:] == [
        "checkout.session.completed",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]


def test_a_bank_debit_may_bounce(client, stand_in):
    session = opened(client)
    stand_in.pay(session.id, "bank_debit")

    after = stand_in.end_debit(session.id, "bounce")

    assert (after["status"], after["payment_status"]) == ("complete", "unpaid")
    assert types(stand_in)[4:] == [
        "charge.failed",
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
    ]
    with pytest.raises(ValueError, match="no bank debit on its way"):
        stand_in.end_debit(session.id)


@pytest.mark.parametrize(
    ("method", "end"), [("bank_debit", "async_payment_succeeded"), ("bank_debit_bounces", "async_payment_failed")]
)
def test_a_bank_debit_ends_by_itself_after_its_time(client, stand_in, method, end):
    session = opened(client)
    stand_in.pay(session.id, method, seconds=3600)
    assert not stand_in.events("checkout.session.async_payment_*")

    stand_in.move_clock(3601)
    client.v1.checkout.sessions.retrieve(session.id)

    assert [event["type"] for event in stand_in.events("checkout.session.async*")] == [f"checkout.session.{end}"]


def test_nothing_to_pay_needs_no_payment(client, stand_in):
    session = opened(client, 0)

    after = stand_in.pay(session.id)

    assert (after["payment_status"], after["payment_intent"]) == ("no_payment_required", None)


def test_expiring_a_session_gives_up_its_tried_intent(client, stand_in):
    session = opened(client)
    intent = stand_in.pay(session.id, "declined")["payment_intent"]

    client.v1.checkout.sessions.expire(session.id)

    assert client.v1.payment_intents.retrieve(intent).status == "canceled"


def direct(client, **more):
    wanted = {"amount": 2000, "currency": "usd", "customer": "cus_ada", "confirm": True, "off_session": True} | more
    return client.v1.payment_intents.create(wanted)


def test_a_stored_card_is_charged_without_a_page(client):
    intent = direct(client, payment_method="pm_card_visa", metadata={"dues": "2027"})

    assert (intent.status, intent.amount_received, intent.metadata.to_dict()) == ("succeeded", 2000, {"dues": "2027"})
    assert client.v1.charges.retrieve(intent.latest_charge).payment_intent == intent.id


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_authenticationRequired", "authentication_required"),
    ],
)
def test_a_stored_card_that_fails_is_a_card_error_that_leaves_its_traces(client, method, code):
    with pytest.raises(stripe.CardError) as caught:
        direct(client, payment_method=method)

    assert (caught.value.http_status, caught.value.code) == (402, code)
    left = client.v1.payment_intents.list().data
    assert [(intent.status, intent.last_payment_error.code) for intent in left] == [("requires_payment_method", code)]
    assert client.v1.payment_intents.cancel(left[0].id).status == "canceled"
