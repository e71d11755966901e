"""An open meeting for the form's tests."""

import pytest

from conference.kernel import clock, transaction
from tests.cast import a_meeting


@pytest.fixture
def meeting(context):
    with transaction():
        return a_meeting(clock.now())


@pytest.fixture(autouse=True)
def language(context):
    """Words are those of a request."""
    with context.test_request_context():
        yield
