"""Cards that are saved on a page in setup mode, charged while their owner is away, changed by their bank, and let go."""

import pytest
import requests
import stripe

from tests.demo.stripe.orders import CANCEL, SUCCESS, opened


@pytest.fixture
def customer(client):
    return client.v1.customers.create({"email": "ada@example.org"}).id


def page_of(client, payer, **more):
    """A page on which a customer's card is saved."""
    return client.v1.checkout.sessions.create(
        {
            "mode": "setup", "customer": payer, "allowed_payment_method_types": ["card"], "success_url": SUCCESS,
            "cancel_url": CANCEL, "client_reference_id": "C-1", "setup_intent_data": {"metadata": {"card": "C-1"}},
        } | more
    )  # fmt: skip


def saved(client, stand_in, customer, method="card"):
    """The payment method that is kept after a page was gone through."""
    session = page_of(client, customer)
    stand_in.save_card(session.id, method)
    whole = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent.payment_method"]})
    return whole.setup_intent.payment_method


def charge(client, customer, method, **more):
    return client.v1.payment_intents.create(
        {
            "amount": 2000, "currency": "usd", "customer": customer, "payment_method": method, "off_session": True,
            "confirm": True, **more,
        }
    )  # fmt: skip


def test_a_card_is_saved_without_a_price_and_charged_later(client, stand_in, customer):
    session = page_of(client, customer)
    assert (session.amount_total, session.payment_status) == (None, "no_payment_required")

    card = saved(client, stand_in, customer)
    intent = charge(client, customer, card.id, metadata={"order": "R"})

    assert (card.customer, card.card.brand, card.card.last4) == (customer, "visa", "4242")
    assert (intent.status, intent.amount_received, intent.payment_method) == ("succeeded", 2000, card.id)
    types = [event["type"] for event in stand_in.events()]
    assert types.index("setup_intent.succeeded") < types.index("checkout.session.completed")


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("authentication", "authentication_required"),
        ("fails_later", "card_declined"),
        ("insufficient_funds", "card_declined"),
    ],
)
def test_a_card_may_be_saved_and_fail_later(client, stand_in, customer, method, code):
    card = saved(client, stand_in, customer, method)

    with pytest.raises(stripe.CardError) as caught:
        charge(client, customer, card.id)

    assert caught.value.code == code
    (left,) = client.v1.payment_intents.list({"customer": customer}).data
    assert left.status == "requires_payment_method"
    assert client.v1.payment_methods.retrieve(card.id).customer == customer


def test_a_card_that_is_let_go_is_charged_no_more(client, stand_in, customer):
    card = saved(client, stand_in, customer)

    gone = client.v1.payment_methods.detach(card.id)

    assert gone.customer is None
    for again in (lambda: charge(client, customer, card.id), lambda: client.v1.payment_methods.detach(card.id)):
        with pytest.raises(stripe.InvalidRequestError):
            again()
    assert client.v1.payment_intents.list({"customer": customer}).data == []
    assert stand_in.events("payment_method.detached")[-1]["data"]["object"]["id"] == card.id


def test_a_card_is_charged_for_its_own_customer_only(client, stand_in, customer):
    card = saved(client, stand_in, customer)
    other = client.v1.customers.create({"email": "ben@example.org"}).id

    with pytest.raises(stripe.InvalidRequestError, match="different Customer"):
        charge(client, other, card.id)


def test_a_deleted_customer_has_no_card(client, stand_in, customer):
    card = saved(client, stand_in, customer)

    stand_in.delete_customer(customer)

    assert client.v1.payment_methods.retrieve(card.id).customer is None


def test_a_bank_sends_a_new_card(client, stand_in, customer):
    card = saved(client, stand_in, customer)

    stand_in.change_card(card.id, last4="1881", exp_month=1, exp_year=2040)

    assert client.v1.payment_methods.retrieve(card.id).card.last4 == "1881"
    assert stand_in.events("payment_method.automatically_updated")


def test_an_expired_page_gives_its_setup_intent_up(client, stand_in, customer):
    session = page_of(client, customer)

    client.v1.checkout.sessions.expire(session.id)

    assert client.v1.setup_intents.retrieve(session.setup_intent).status == "canceled"


@pytest.mark.parametrize(
    "wrong",
    [{"line_items": [{"quantity": 1}]}, {"allowed_payment_method_types": ["sepa_debit"]}, {"customer": "cus_nobody"}],
)
def test_what_setup_mode_does_not_take_is_refused(client, customer, wrong):
    with pytest.raises(stripe.InvalidRequestError):
        page_of(client, customer, **wrong)


def test_the_page_saves_a_card_and_tells_why_it_was_not(client, customer):
    session = page_of(client, customer)
    page = requests.get(session.url, timeout=5)

    refused = requests.post(session.url, data={"method": "declined"}, timeout=5)
    kept = requests.post(session.url, data={"method": "card"}, allow_redirects=False, timeout=5)
    over = requests.get(session.url, timeout=5)

    assert "Nothing is paid now" in page.text and "USD" not in page.text
    assert "Your card was declined." in refused.text
    assert kept.headers["Location"] == SUCCESS.replace("{CHECKOUT_SESSION_ID}", session.id)
    assert "Your card is saved" in over.text


def test_a_page_of_the_one_mode_does_not_do_the_other(client, stand_in, customer):
    with pytest.raises(ValueError, match="saves a card"):
        stand_in.pay(page_of(client, customer).id)
    with pytest.raises(stripe.InvalidRequestError):
        opened(client, setup_intent_data={"metadata": {"card": "C"}})
