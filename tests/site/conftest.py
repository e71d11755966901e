"""The site, built once a module: whoever walks through it must leave it as they found it."""

import os

import pytest
import time_machine

from conference.demo.stripe.process import running_stand_in
from conference.kernel import db
from tests.conftest import NOW, empty_tables
from tests.site.building import build

# What says nothing about the database is asked on one of them.
once = pytest.mark.skipif(bool(os.environ.get("TEST_DATABASE_URL")), reason="the same on every database")


@pytest.fixture(scope="module")
def site(app, stand_in):
    """The small society with everybody in it, as a demo, at the time at which the cast acts."""
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW), app.app_context():
        patch.setitem(app.config, "MODE", "demo")
        patch.setitem(app.config, "STRIPE_API_BASE", stand_in.url)
        app.extensions.pop("stripe-client", None)
        empty_tables()
        yield build(app)
        db.session.remove()
        app.extensions.pop("stripe-client", None)


@pytest.fixture(scope="session")
def stand_in():
    """Stripe's stand-in, which sends no webhooks."""
    with running_stand_in(webhook_url=None, secret="whsec_tests") as server:
        yield server
