"""A meeting with places, and Stripe's stand-in behind the gateway."""

import pytest

from conference.demo.stripe.process import running_stand_in
from conference.payments import gateway


@pytest.fixture(scope="session")
def stand_in_server():
    """One stand-in for the worker: no webhook is sent unless a test says where to."""
    with running_stand_in(webhook_url=None, secret="whsec_tests") as server:
        yield server


@pytest.fixture
def stripe(context, stand_in_server, monkeypatch):
    """The stand-in, with this application's client pointed at it and no faults left over."""
    stand_in_server.no_faults()
    monkeypatch.setitem(context.config, "STRIPE_API_BASE", stand_in_server.url)
    context.extensions.pop("stripe-client", None)
    yield stand_in_server
    context.extensions.pop("stripe-client", None)


def seen(order, stripe):
    """What Stripe says of an order now."""
    return gateway.look_up(order.session_id)
