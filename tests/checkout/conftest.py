"""A meeting with places, and Stripe's stand-in behind the gateway."""

import pytest

from conference import payments
from conference.demo.stripe.process import running_stand_in
from conference.kernel import transaction
from conference.payments import gateway
from tests.cast import a_meeting, a_person
from tests.payments.settled import hear_from_now_on


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
    for name in [each for each in context.extensions if each.startswith("stripe-")]:
        del context.extensions[name]
    hear_from_now_on(stand_in_server)
    yield stand_in_server
    context.extensions.pop("stripe-client", None)


@pytest.fixture
def own_stripe(context, monkeypatch):
    """A stand-in for this test alone, whose books hold nothing else."""
    with running_stand_in(webhook_url=None, secret="whsec_tests") as server:
        monkeypatch.setitem(context.config, "STRIPE_API_BASE", server.url)
        for name in [each for each in context.extensions if each.startswith("stripe-")]:
            del context.extensions[name]
        yield server
        context.extensions.pop("stripe-client", None)


def seen(order, stripe):
    """What Stripe says of an order now."""
    return gateway.look_up(order.session_id)


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now, places=1)


@pytest.fixture
def ada(context, now):
    with transaction():
        return a_person("Ada", now)


@pytest.fixture
def ben(context, now):
    with transaction():
        return a_person("Ben", now)


@pytest.fixture(autouse=True)
def books(context):
    """However a test ends, the books must tie out."""
    yield
    assert payments.differences() == []
