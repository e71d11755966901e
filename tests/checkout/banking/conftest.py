"""A meeting, its people, and the society's account."""

import pytest

from tests.checkout.banking.acting import an_account, are_tied
from tests.checkout.conftest import ada, ben, books, meeting, stand_in_server, stripe

__all__ = ["ada", "ben", "books", "meeting", "stand_in_server", "stripe"]


@pytest.fixture
def account(context, now):
    return an_account(now)


@pytest.fixture(autouse=True)
def accounts_tie_out(context):
    """However a test ends, lines and payments say the same."""
    yield
    assert are_tied()
