"""Stripe's stand-in with a wire-tap before it, and a member with a saved card."""

import pytest

from tests.checkout.renewals.acting import a_member, save
from tests.payments.conftest import tap

__all__ = ["tap"]


@pytest.fixture
def member(ada, stripe):
    """Ada's membership ends in 37 days; she has a saved card and agreed that it is renewed."""
    a_member(ada, days_left=37)
    save(ada, stripe)
    return ada
