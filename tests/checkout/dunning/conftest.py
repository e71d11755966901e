"""A meeting that takes transfers, the society's account, and orders promised to be paid into it."""

import pytest

from conference import checkout
from conference.kernel import transaction
from tests.cast import a_meeting
from tests.checkout.acting import place
from tests.checkout.banking.acting import an_account
from tests.checkout.conftest import ada, ben, books
from tests.checkout.dunning.acting import TERMS, promise

__all__ = ["ada", "ben", "books"]


@pytest.fixture
def account(context, now):
    return an_account(now)


@pytest.fixture
def meeting(context, account, now):
    """Everybody may pay by transfer, within ten days and three of grace."""
    with transaction():
        made = a_meeting(now, places=1)
        checkout.transferring.set_terms(made, by=None, version=0, now=now, **TERMS)
    return made


@pytest.fixture
def order(meeting, ada, now):
    """Ada's order, promised to be paid within ten days."""
    made = place(meeting, ada, now)
    promise(made, now, "PO-4711")
    return made
