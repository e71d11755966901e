"""Everything that goes to Stripe is valid by Stripe's own schemas, carries the right version, and can be repeated."""

from datetime import timedelta

import pytest
import stripe as library
import time_machine
from flask import current_app

from conference import checkout, jobs, payments, registration
from conference.checkout import paying
from conference.kernel import Money, clock, transaction
from conference.payments import NewLine, gateway, payouts
from tests.cast import a_draft, a_membership_type
from tests.payments import contract
from tests.payments.settled import charge_of

SCHEMAS = {"published": contract.published(), "installed": contract.installed()}
SESSION = "POST /v1/checkout/sessions"


@pytest.fixture(params=SCHEMAS)
def schemas(request):
    """Each of the two sources of schemas that there is."""
    return SCHEMAS[request.param] or pytest.skip("the published schemas are not beside this repository")


def refuse_faults(tap, schemas):
    """Fails with every fault of every request that went through."""
    assert tap.requests
    found = {each.endpoint: contract.faults(schemas[each.endpoint], each.parameters) for each in tap.requests}
    assert {endpoint: faults for endpoint, faults in found.items() if faults} == {}


def open_page(order, email="ada@example.org", locale="en"):
    paying.payment_page(order, email=email, locale=locale)
    return payments.order_by_ref(order.ref)


def test_the_whole_life_of_an_order_sends_only_what_stripe_describes(tap, stripe, order, schemas, ada):
    order = open_page(order)
    open_page(order)
    stripe.pay(order.session_id)
    seen = gateway.look_up(order.session_id)
    with transaction():
        checkout.settle(order.id, seen, now=clock.now())
        facts = {"line_ids": [], "amount": Money(1000, "USD"), "reason": "ill", "by": ada, "now": clock.now()}
        checkout.end_lines_and_refund(order_id=order.id, **facts)
    jobs.run("refunds")
    refund = payments.refunds_of(order)[0]
    gateway.refund_seen(refund.provider_ref)
    gateway.refund_made(refund, payments.payments_of(order)[0].provider_ref)
    gateway.close_page(order.session_id)
    payouts.fetch()
    since = clock.now() - timedelta(hours=1)
    gateway.events_since(since)
    gateway.refunds_since(since)
    gateway.pages_opened(order.ref, since=since, until=clock.now())
    disputed = stripe.dispute(charge_of(order, stripe))
    payments.disputes_at_stripe.dispute_seen(disputed["id"])
    payments.disputes_at_stripe.disputes_since(since)
    payments.customers.customer_of(ada, email="ada@example.org")
    payments.customers.customer_of(ada, email="ada@example.com")
    payments.customers.find_made(ada, since=since)

    _the_whole_life_of_a_card(stripe, ada, order)

    assert {each.endpoint for each in tap.requests} == set(contract.SHAPES)
    refuse_faults(tap, schemas)


def _the_whole_life_of_a_card(stripe, ada, order):
    cards, at_stripe = payments.cards, payments.cards.at_stripe
    with transaction():
        begun = cards.begin(ada, now=clock.now())
    cards.open_page(begun, ada, email=ada.email, saved="http://localhost/s", left="http://localhost/l", locale="en")
    page = cards.card_by_ref(begun.ref)
    stripe.save_card(page.session_id)
    with transaction():
        card = cards.keep(at_stripe.page_seen(page.session_id), now=clock.now())
        facts = {"order_id": order.id, "card_id": card.id, "number": 1, "amount_minor": 1000, "currency": "USD"}
        row = cards.Charge(**facts, promised_at=clock.now(), due_at=clock.now())
    at_stripe.charge_seen(at_stripe.charge(row, card, order, f"charge-{card.ref}").intent)
    at_stripe.charge_made(row, card.customer_ref)
    at_stripe.pages_opened(card.ref, customer=card.customer_ref, since=clock.now() - timedelta(hours=1))
    at_stripe.let_go(card.method_ref, f"detach-{card.ref}-1")
    at_stripe.let_go(card.method_ref, f"detach-{card.ref}-2")


def test_add_ons_dues_and_names_of_the_world_are_sent_as_stripe_describes(tap, meeting, ada, now, schemas):
    with transaction():
        a_membership_type()
        registration.offer_add_on(
            meeting, code="lab", title="实验室 & <b>工作坊</b> " + "é" * 270, amount_minor=9000, places=3
        )
        registration.offer_add_on(meeting, code="talk", title="Open talk", amount_minor=0, places=3)
        draft = a_draft(meeting, ada, now, extras=("lab", "talk"), dues="active")
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=clock.now())

    open_page(order)

    refuse_faults(tap, schemas)
    sent = tap.of(SESSION)[0].parameters["line_items"]
    assert [line["price_data"]["unit_amount"] for line in sent] == [22000, 9000, 22500]
    assert sum(line["price_data"]["unit_amount"] * line["quantity"] for line in sent) == order.total.minor
    assert sent[1]["price_data"]["product_data"]["name"].startswith("实验室 & <b>工作坊</b> é")


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 44000), ("KWD", 44000), ("ISK", 4400000), ("EUR", 44000)])
def test_every_currency_goes_out_in_whole_minor_units(tap, ada, currency, minor, schemas):
    line = NewLine("dues", 1, "Dues", Money(minor, currency))
    with transaction():
        order = payments.open_order(
            person_id=ada.id, currency=currency, lines=[line], now=clock.now(), expires_at=clock.now()
        )

    open_page(order)

    refuse_faults(tap, schemas)
    price = tap.of(SESSION)[0].parameters["line_items"][0]["price_data"]
    assert (price["currency"], price["unit_amount"]) == (currency.lower(), minor)


def test_a_session_names_our_order_everywhere_and_nobody_else(tap, order):
    open_page(order)

    sent = tap.of(SESSION)[0].parameters
    assert sent["client_reference_id"] == order.ref
    assert sent["metadata"] == sent["payment_intent_data"]["metadata"] == {"order": order.ref}
    assert (sent["mode"], sent["ui_mode"], sent["customer_email"]) == ("payment", "hosted_page", "ada@example.org")
    assert "payment_method_types" not in sent
    assert 30 * 60 < sent["expires_at"] - clock.now().timestamp() < 32 * 60


def test_the_places_are_held_longer_than_the_page_can_be_paid(tap, order):
    order = open_page(order)

    closes = tap.of(SESSION)[0].parameters["expires_at"]

    assert order.expires_at.timestamp() > closes


def test_the_return_leads_to_our_own_site_whatever_host_was_asked(tap, order):
    open_page(order)

    sent = tap.of(SESSION)[0].parameters
    base = current_app.config["BASE_URL"]
    assert sent["success_url"] == f"{base}/orders/{order.ref}/return?session_id={{CHECKOUT_SESSION_ID}}"
    assert sent["cancel_url"] == f"{base}/orders/{order.ref}"


def test_every_request_names_the_clients_version_and_our_key(tap, order):
    open_page(order)

    versions = {each.headers["Stripe-Version"] for each in tap.requests}
    assert versions == {library.api_version}
    assert {each.headers["Authorization"] for each in tap.requests} == {"Bearer sk_test_standin"}


def test_a_broken_connection_repeats_the_same_request_under_the_same_key(tap, stripe, order):
    stripe.faults(reset_calls=1, only_path="/v1/checkout/sessions")

    open_page(order)

    sent = tap.of(SESSION)
    assert len({(each.headers["Idempotency-Key"], each.form) for each in sent}) == 1
    assert len(sent) == 2
    assert len([each for each in stripe.sessions() if each["client_reference_id"] == order.ref]) == 1


def test_another_attempt_has_another_key(tap, stripe, order):
    order = open_page(order)
    stripe.expire(order.session_id)

    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        open_page(order)

    keys = [each.headers["Idempotency-Key"] for each in tap.of(SESSION)]
    assert len(set(keys)) == 2
    assert all(key.startswith(f"order-{order.ref}-") for key in keys)


def test_a_page_that_can_still_be_paid_is_used_again(tap, order):
    first = paying.payment_page(order, email="ada@example.org", locale="en")

    second = paying.payment_page(payments.order_by_ref(order.ref), email="ada@example.org", locale="en")

    assert first == second
    assert len(tap.of(SESSION)) == 1


def test_every_language_of_the_site_is_one_that_stripe_speaks(context, schemas):
    faults = {each: contract.faults(schemas[SESSION], {"locale": each}) for each in context.config["LANGUAGES"]}

    assert not any("locale" in fault for found in faults.values() for fault in found)


@pytest.mark.parametrize(
    "broken",
    [
        {"ui_mode": "hosted"},
        {"locale": "tlh"},
        {"mode": "pay"},
        {"amount": 1},
        {"line_items": [{"quantity": 1.5}]},
        {"line_items": [{"price_data": {"unit_amount": "440.00", "currency": "usd"}}]},
        {"metadata": {"order": 7}},
        {"expires_at": "soon"},
    ],
)
def test_the_schemas_do_find_faults(schemas, broken):
    assert contract.faults(schemas[SESSION], broken)
