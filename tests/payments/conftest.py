"""Somebody with an order, and Stripe's stand-in behind the gateway."""

import pytest

from conference import checkout
from conference.kernel import clock, transaction
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout.conftest import stand_in_server, stripe
from tests.payments.recording import wire_tap
from tests.payments.settled import charge_of, hear, pay

__all__ = ["stand_in_server", "stripe"]


@pytest.fixture
def tap(context, stripe, monkeypatch):
    """The stand-in with a wire-tap before it."""
    with wire_tap(stripe.url) as between:
        monkeypatch.setitem(context.config, "STRIPE_API_BASE", between.url)
        context.extensions.pop("stripe-client", None)
        yield between


@pytest.fixture
def ada(context, now):
    with transaction():
        return a_person("Ada", now)


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now, places=5)


@pytest.fixture
def order(meeting, ada):
    """Ada's order over 440.00 USD, open since just now."""
    with transaction():
        draft = a_draft(meeting, ada, clock.now())
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=ada, now=clock.now())


@pytest.fixture
def settled(order, stripe):
    """Ada's order, paid at the stand-in and settled."""
    return pay(order, stripe)


@pytest.fixture
def disputed(settled, stripe):
    """Ada's order, whose payment is disputed since just now."""
    stripe.dispute(charge_of(settled, stripe))
    hear(stripe)
    return settled
