"""Forty people buy thirty places while everything is killed at random: no money without a place, no place without money."""

import os
import random
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from conference import accounts, jobs, mail, payments, registration
from conference.demo.stripe.process import running_stand_in
from conference.kernel import clock, db, transaction
from conference.payments import Order, OrderState
from tests.cast import a_draft, a_meeting
from tests.checkout.chaos import ALWAYS_LOST, GUNICORN, HUEY, Buyer, Plugs, Program
from tests.ports import port_for
from tests.signing_in import account_of

PLACES, SECRET = 30, "whsec_tests"
PLANS = ["card"] * 22 + ["two tabs"] * 4 + ["bank clears"] * 5 + ["bank bounces"] * 2 + ["leave"] * 3
PLANS += ["give back"] * 2 + ["both"] * 2
PLUGS = ["kill_web"] * 2 + ["kill_one_of_web"] * 2 + ["kill_worker"] * 3 + ["kill_stripe"]
PLUGS += ["break_connections"] * 2 + ["lose_messages"] * 2 + ["hurry_messages"] * 4
PATIENCE = 150  # seconds after which a buyer gives up, on the slowest machine
ARRIVED = 10  # messages that must have come through, or the rest would prove nothing


@pytest.fixture
def chance():
    """The same kills every time, unless CHAOS_SEED says otherwise."""
    return random.Random(int(os.environ.get("CHAOS_SEED", "28")))


@pytest.fixture
def cookies(context, chance):
    """Forty people with a finished draft, signed in: their cookies."""
    with transaction():
        meeting = a_meeting(clock.now(), code="R1", places=PLACES)
    found = []
    for number in range(len(PLANS)):
        known = {"given_name": f"Buyer {number}", "family_name": "Demo", "country": "US"}
        account = account_of(f"buyer{number}@example.org", **known)
        with transaction():
            a_draft(meeting, account.person, clock.now())
            found.append(accounts.begin(account=account, way="code", now=clock.now()))
    signer = context.session_interface.get_signing_serializer(context)
    return [(context.config["SESSION_COOKIE_NAME"], signer.dumps({"_user_id": token})) for token in found]


@pytest.fixture
def stripe(context, monkeypatch):
    """A stand-in in a process of its own, whose messages come twice, late and in any order."""
    with running_stand_in(None, SECRET, own_process=True, retry_base=0.2, delivery_timeout=5) as server:
        server.faults(event_copies=2, event_order="shuffled", event_delay=0.2, event_lost=ALWAYS_LOST)
        monkeypatch.setitem(context.config, "STRIPE_API_BASE", server.url)
        context.extensions.pop("stripe-client", None)
        yield server
        context.extensions.pop("stripe-client", None)


@pytest.fixture
def environ(context, stripe, tmp_path):
    """What the processes find around them: the database of this test and a queue of their own."""
    port = port_for("chaos")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PLENARY_MODE": "test",
        "SECRET_KEY": context.config["SECRET_KEY"],
        "HOLDS_PER_NETWORK": "0",
        "DATABASE_URL": context.config["SQLALCHEMY_DATABASE_URI"],
        "INSTANCE_PATH": str(tmp_path),
        "QUEUE_PATH": str(tmp_path / "queue.db"),
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "STRIPE_API_KEY": context.config["STRIPE_API_KEY"],
        "STRIPE_WEBHOOK_SECRETS": SECRET,
        "STRIPE_API_BASE": stripe.url,
        "STRIPE_CHECKOUT_ORIGIN": stripe.url,
        "SMTP_URL": "smtp://127.0.0.1:9",
        "PYTHONPATH": os.pathsep.join(sys.path[:1]),
    }


@pytest.fixture
def programs(environ, tmp_path):
    """(web, worker), running; killed at the end whatever happens."""
    running = [
        Program(*words, environ=environ, log=tmp_path / f"{name}.log")
        for name, words in (("web", GUNICORN), ("worker", HUEY))
    ]
    yield running
    for program in running:
        program.kill()


def test_no_money_without_a_place_and_no_place_without_money(cookies, stripe, environ, programs, chance):
    site = environ["BASE_URL"]
    stripe.send_events_to(f"{site}/stripe/webhook", SECRET)
    until = time.monotonic() + PATIENCE
    plans = zip(chance.sample(PLANS, len(PLANS)), cookies, strict=True)
    buyers = [Buyer(plan, cookie, site, stripe, until) for plan, cookie in plans]

    for buyer in buyers:
        buyer.start()
        time.sleep(chance.uniform(0, 0.05))
    Plugs(*programs, stripe, chance, buyers).pull(list(PLUGS))
    for buyer in buyers:
        buyer.join()
    wait_until_some_are_settled(stripe)
    for program in programs:
        program.kill()
    let_the_sweeps_run(stripe)

    assert [buyer.fault for buyer in buyers if buyer.fault] == []
    assert_that_much_happened(buyers, stripe)
    assert_money_and_orders_agree(stripe)
    assert_places_and_letters_agree()
    assert payments.differences() == registration.miscounted() == []


def let_the_sweeps_run(stripe):
    """What a worker does within the next hour and a half, with nobody killing it."""
    stripe.no_faults()
    for minutes in (5, 20, 45, 90):
        stripe.move_clock(minutes * 60)
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=True):
            for name in ("catch-up", "stripe", "orders", "refunds"):
                jobs.run(name)
                db.session.remove()


def wait_until_some_are_settled(stripe):
    """By the processes themselves, from messages, however long they take to start again; the sweeps find the rest."""
    until = time.monotonic() + 60
    while not (_has_settled() and _arrived(stripe) >= ARRIVED):
        assert time.monotonic() < until, "the worker settles nothing"
        stripe.deliver()
        time.sleep(0.1)


def _has_settled():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Order).where(Order.state == OrderState.PAID))


def _arrived(stripe):
    return Counter(each["state"] for each in stripe.deliveries())["done"]


def assert_that_much_happened(buyers, stripe):
    """Or the rest would prove nothing."""
    outcomes = Counter(buyer.outcome for buyer in buyers)
    states = Counter(each["state"] for each in stripe.deliveries())

    assert outcomes["not yet"] == 0
    assert sum(outcomes[plan] for plan in ("card", "two tabs", "bank clears")) >= 15, outcomes
    assert outcomes["sold out"] >= 1, outcomes
    assert states["lost"] >= 1 and states["done"] >= ARRIVED, states


def assert_money_and_orders_agree(stripe):
    """What Stripe has of each order is its price when it is settled, and nothing when it is not."""
    kept = money_at_stripe(stripe)
    orders = list(db.session.scalars(select(Order)))

    assert set(kept) <= {order.ref for order in orders}
    assert {order.state for order in orders} <= {OrderState.PAID, OrderState.LAPSED, OrderState.RETURNED}
    expected = {order.ref: order.total_minor if order.state == OrderState.PAID else 0 for order in orders}
    assert {ref: kept.get(ref, 0) for ref in expected} == expected


def money_at_stripe(stripe):
    """{order's reference: what was charged for it and not refunded}."""
    client, kept = stripe.client(), Counter()
    for charge in client.v1.charges.list({"limit": 100}).auto_paging_iter():
        if charge.status == "succeeded":
            kept[charge.metadata["order"]] += charge.amount - charge.amount_refunded
    return kept


def assert_places_and_letters_agree():
    paid = list(db.session.scalars(select(Order).where(Order.state == OrderState.PAID)))
    confirmed = db.session.scalars(
        select(registration.Registration).where(registration.Registration.state == "confirmed")
    )
    places = db.session.scalars(select(registration.Place.state)).all()
    letters = db.session.scalars(select(mail.Letter.cause).where(mail.Letter.kind == "confirmed"))

    assert Counter(order.person_id for order in paid) == Counter(entry.person_id for entry in confirmed)
    assert places == ["kept"] * len(paid)
    assert len(paid) <= PLACES
    assert Counter(letters) == Counter(order.ref for order in paid)
