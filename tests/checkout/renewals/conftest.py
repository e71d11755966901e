"""Stripe's stand-in with a wire-tap before it."""

from tests.payments.conftest import tap

__all__ = ["tap"]
