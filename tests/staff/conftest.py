"""A meeting and the browsers of those who work at its desk."""

import pytest

from conference import payments
from conference.registration import invitations
from tests.checkout.conftest import stand_in_server, stripe
from tests.conftest import browser
from tests.membership.conftest import statements
from tests.signing_in import signed_in
from tests.staff.cast import a_meeting, follow
from tests.staff.inviting import PAGES, typed

__all__ = ["stand_in_server", "statements", "stripe"]


@pytest.fixture
def meeting(context):
    return a_meeting()


@pytest.fixture
def cleo(context):
    """The browser of Cleo, who keeps registrations."""
    return signed_in(context, "cleo@example.org", roles=("registration",), given_name="Cleo", family_name="Desk")


@pytest.fixture
def fay(context):
    """The browser of Fay, who keeps the money."""
    return signed_in(context, "fay@example.org", roles=("finance",), given_name="Fay")


@pytest.fixture
def dov(context):
    """The browser of Dov, who is nobody's staff."""
    return signed_in(context, "dov@example.org", given_name="Dov")


@pytest.fixture
def stranger(context):
    return browser(context)


@pytest.fixture(autouse=True)
def books(context):
    """However a test ends, the books must tie out, but for what a failed refund owes: that is what the desk shows."""
    yield
    assert [line for line in payments.differences() if "neither given, refunded nor parked" not in line] == []


@pytest.fixture
def speakers(meeting, cleo):
    follow(cleo, cleo.post(f"{PAGES}/kinds/new", data=typed(meeting)))
    return invitations.queries.kind_of(meeting, "SPEAKER")


@pytest.fixture
def keynotes(meeting, cleo):
    facts = {"name": "Keynote", "code": "KEY", "keeps_places": "y", "most": "3", "add_ons": "dinner"}
    follow(cleo, cleo.post(f"{PAGES}/kinds/new", data=typed(meeting, **facts)))
    return invitations.queries.kind_of(meeting, "KEY")
