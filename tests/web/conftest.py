"""A browser on the application itself, for what only a browser can judge."""

import pytest

from conference.app import create_app
from conference.kernel import db
from tests.conftest import browser
from tests.serving import serving
from tests.web import probe


@pytest.fixture
def site(context):
    """The address of the application, served from a thread of this process."""
    with serving(context) as address:
        yield address


@pytest.fixture(scope="session")
def probing_app(app):
    """A second application like the first, with a view of each kind besides."""
    application = create_app(dict(app.config))
    application.register_blueprint(probe.bp)
    return application


@pytest.fixture
def probing(context, probing_app):
    """Its context, over empty tables."""
    with probing_app.app_context():
        yield probing_app
        db.session.remove()


@pytest.fixture
def probed(probing):
    """A browser on it."""
    return browser(probing)


@pytest.fixture
def stranger(probing):
    """A client on it that says nothing of where it comes from."""
    return probing.test_client()
