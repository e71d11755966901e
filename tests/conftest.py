"""Real databases for every test: SQLite by default, PostgreSQL when TEST_DATABASE_URL names one.

The schema is made once per worker from the models (bin/test shows apart that the migrations make the same); each test
starts with every table empty.
"""

import os
import shutil
from contextvars import Context
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from babel.messages import mofile, pofile
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

import config
from conference import accounts
from conference.app import create_app
from conference.kernel import clock, db
from tests.databases import empty_tables, fresh_database_url, make_schema

# Properties are tried with the same examples every time, so that a failure is about the change at hand;
# `bin/test --hypothesis-profile search tests/checkout` tries others at each run, to find what nobody has met yet.
# How long values take to be made says something of the machine alone.
calm = [HealthCheck.too_slow]
settings.register_profile("steady", derandomize=True, suppress_health_check=calm)
settings.register_profile("search", derandomize=False, suppress_health_check=calm)
settings.load_profile("steady")


def pytest_collection_modifyitems(config, items):
    """PostgreSQL has its turn after SQLite: there, what asks no database (rules, readers, the stand-in) would only be done again.

    What walks over the whole site takes minutes and comes first, so that no worker is left with it when the other has done.
    """
    database = "postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite"
    chosen = [item for item in items if _is_for(item, database)]
    config.hook.pytest_deselected(items=[item for item in items if not _is_for(item, database)])
    items[:] = sorted(chosen, key=lambda item: item.path.parent.name != "site")


def _is_for(item, database):
    mark = item.get_closest_marker("on")
    if mark:
        return mark.args == (database,)
    return database == "sqlite" or "app" in item.fixturenames


# A time before the demo meeting at which its early price holds.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """One application over one database for the whole worker."""
    instance = tmp_path_factory.mktemp("instance")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    chosen = config.load(
        {
            "PLENARY_MODE": "test",
            "SECRET_KEY": "for-tests-only-0123456789-abcdefghij",
            "DATABASE_URL": fresh_database_url(instance, worker),
            "INSTANCE_PATH": str(instance),
            "BASE_URL": "http://localhost",
            "STRIPE_API_KEY": "sk_test_standin",
            "STRIPE_WEBHOOK_SECRETS": "whsec_tests",
            "STRIPE_API_BASE": "http://127.0.0.1:9",
        }
    )
    application = create_app({**chosen, "BABEL_TRANSLATION_DIRECTORIES": str(catalogues(instance / "translations"))})
    with application.app_context():
        make_schema()
    yield application
    with application.app_context():
        db.engine.dispose()


def catalogues(folder):
    """The catalogues of documents, made anew in a folder, whatever `bin/messages compile` has made of them before."""
    for written in (Path(__file__).parents[1] / "translations/documents").glob("*/LC_MESSAGES/messages.po"):
        language = written.parts[-3]
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
        with written.open("rb") as po, (folder / language / "LC_MESSAGES/messages.mo").open("wb") as mo:
            mofile.write_mo(mo, pofile.read_po(po, locale=language))
    return folder


@pytest.fixture
def context(app):
    """An application context over empty tables."""
    with app.app_context():
        empty_tables()
        yield app
        db.session.remove()


@pytest.fixture
def client(context):
    """A browser-like client: every unsafe request says that it comes from our own site."""
    return browser(context)


@pytest.fixture(scope="session")
def chromium():
    """Debian's own Chromium, one for all: Playwright takes no second in the same process."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def now():
    """The instant at which the cast acts."""
    return NOW


@pytest.fixture
def one_window():
    """Time stands at the beginning of a window in which tries are counted, so that no test runs over its end."""
    with time_machine.travel(accounts.rules.window_start(clock.now(), timedelta(days=1)), tick=False):
        yield


class Browser(FlaskClient):
    """A client whose every request stands for itself, as on a server: it shares neither `g` nor the session of the test."""

    def open(self, *args, **keywords):
        db.session.rollback()  # the test looks again after the request rather than at what it read before
        return Context().run(super().open, *args, **keywords)


def browser(app):
    """A fresh client with its own cookies."""
    client = Browser(app, app.response_class, use_cookies=True)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client
