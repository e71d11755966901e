"""Answers hold only fields that Stripe's objects have: by the official client's classes, and by the reference data."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest
import stripe
from stripe import checkout

from tests.demo.stripe.orders import paid
from tests.demo.stripe.test_saved_cards import page_of

CLASSES = {
    "checkout.session": checkout.Session,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "event": stripe.Event,
    "balance_transaction": stripe.BalanceTransaction,
    "dispute": stripe.Dispute,
    "payment_method": stripe.PaymentMethod,
    "payout": stripe.Payout,
    "item": stripe.LineItem,
    "price": stripe.Price,
    "customer": stripe.Customer,
    "setup_intent": stripe.SetupIntent,
}
REFERENCE = Path(__file__).parents[4] / "shared/data/stripe/object-fields-2026-10-28.endive.json.gz"


@pytest.fixture
def everything(stand_in, client):
    """One of each object, with all that can be expanded."""
    intent = paid(stand_in)
    stand_in.faults(refund_outcome="pending")
    refund = client.v1.refunds.create({"payment_intent": intent, "amount": 100})
    stand_in.settle_refund(refund.id)
    stand_in.settle_refund(refund.id, "fail")
    for method in ("declined", "authentication", "bank_debit", "bank_debit_bounces"):
        paid(stand_in, method=method)
    stand_in.dispute(client.v1.charges.list({"payment_intent": intent}).data[0].id)
    paid(stand_in)
    stand_in.fail_payout(stand_in.pay_out()[0]["id"])
    customer = client.v1.customers.create({"email": "ada@example.org"})
    stand_in.save_card(page_of(client, customer.id).id, "declined")
    page = page_of(client, customer.id)
    kept = client.v1.setup_intents.retrieve(stand_in.save_card(page.id)["setup_intent"], {"expand": ["payment_method"]})
    stand_in.change_card(kept.payment_method.id, exp_year=2040)
    client.v1.payment_methods.detach(kept.payment_method.id)
    stand_in.faults(refund_outcome="requires_action")
    client.v1.refunds.create({"payment_intent": paid(stand_in), "amount": 100})
    inquiry = stand_in.dispute(client.v1.charges.list({"payment_intent": paid(stand_in)}).data[0].id, inquiry=True)
    for outcome in ("answered", "escalated", "answered", "won"):
        stand_in.decide_dispute(inquiry["id"], outcome)
    whole = {"expand": ["data.line_items", "data.payment_intent.latest_charge.balance_transaction"]}
    sessions = client.v1.checkout.sessions.list(whole)
    charges = client.v1.charges.list({"expand": ["data.refunds", "data.balance_transaction"]})
    methods = [client.v1.payment_methods.retrieve(charge.payment_method) for charge in charges.data]
    events = client.v1.events.list({"limit": 100})
    return [
        customer,
        kept,
        *client.v1.disputes.list().data,
        *sessions.data,
        *charges.data,
        *events.data,
        *client.v1.refunds.list().data,
        *methods,
        *client.v1.payouts.list().data,
    ]


def objects_in(value):
    """Every object with a kind, however deep."""
    if isinstance(value, dict):
        if "object" in value and isinstance(value["object"], str):
            yield value
        for inner in value.values():
            yield from objects_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects_in(inner)


@cache
def fields_of_client(kind):
    return frozenset(name for parent in CLASSES[kind].__mro__ for name in getattr(parent, "__annotations__", {}))


def strangers(everything, fields):
    found = [thing for whole in everything for thing in objects_in(whole.to_dict())]
    kinds = {thing["object"] for thing in found} - {"list"}
    assert kinds == set(CLASSES)
    return sorted(
        {
            (thing["object"], name)
            for thing in found
            if thing["object"] != "list"
            for name in thing.keys() - fields(thing["object"])
        }
    )


def test_no_field_is_unknown_to_the_official_client(everything):
    assert strangers(everything, fields_of_client) == []


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference data is not at hand")
def test_no_field_is_unknown_to_the_reference_data(everything):
    reference = json.loads(gzip.decompress(REFERENCE.read_bytes()))["objects"]

    assert strangers(everything, lambda kind: reference[kind].keys()) == []


def test_every_event_is_of_a_type_that_stripe_has(everything):
    known = stripe.Event.__annotations__["type"]

    types = {whole.type for whole in everything if whole.object == "event"}

    assert [name for name in types if f"'{name}'" not in str(known)] == []
