"""Gathers everything: settings, extensions, and every package's pages, commands and jobs, found by their file names."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pysqlite3
from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from sqlalchemy.engine import make_url

import config
from conference import web
from conference.kernel import Base, db, end_plainly, end_reads, liveness

ROOT = Path(__file__).parent.parent

# Bottom to top, as the stack stands; each package adds itself by having the file.
PACKAGES = (
    "web", "jobs", "mail", "audit", "society", "people", "accounts", "consent", "payments", "meetings",
    "books", "membership", "schedule", "registration", "attending", "checkout", "badges", "door", "home", "staff", "operations", "demo",
)  # fmt: skip

migrate = Migrate(render_as_batch=True, compare_type=True)


def create_app(settings=None):
    """The application, ready to serve. Raises config.Misconfigured when settings are missing or unsafe."""
    settings = settings or config.load()
    Path(settings["INSTANCE_PATH"]).mkdir(parents=True, exist_ok=True)
    app = Flask(
        "conference",
        root_path=str(ROOT),
        instance_path=settings["INSTANCE_PATH"],
        template_folder="templates",
        static_folder=None,
    )
    app.config.update(settings)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    web.prepare(app)
    _mount(app)
    db.init_app(app)
    end_reads(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    # One for each application: it keeps every catalogue that it has read, and two applications may read other ones.
    Babel(app, locale_selector=web.locale)
    web.guard(app)
    return app


def _engine_options(settings):
    # The pages ask more than a thousand different questions; with the usual 500 places each is put into SQL again and again.
    options = {"query_cache_size": 2000, **settings["SQLALCHEMY_ENGINE_OPTIONS"]}
    if make_url(settings["SQLALCHEMY_DATABASE_URI"]).get_backend_name() == "sqlite":
        # Debian 12's own SQLite has the WAL-reset bug (fixed in 3.51.3); this library does not.
        return {**options, "module": pysqlite3.dbapi2}
    limits = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s"
    # Compiling a statement took half a second where running it takes ten milliseconds: ours are short and many.
    return {"connect_args": {"options": f"{limits} -c jit=off"}, "pool_events": liveness.POOL_EVENTS, **options}


def _mount(app):
    for package in PACKAGES:
        for part, attach in (("models", None), ("jobs", None), ("setup", _set_up), ("cli", _add_command)):
            _load(app, package, part, attach)
        for part in ("routes", "staff", "api", "design", "assets"):
            _load(app, package, part, _add_pages)


def _load(app, package, part, attach):
    name = f"conference.{package}.{part}"
    if find_spec(name) is None:
        return
    module = import_module(name)
    if attach:
        attach(app, module)


def _set_up(app, module):
    module.set_up(app)


def _add_command(app, module):
    for group in getattr(module, "groups", None) or (module.group,):
        app.cli.add_command(end_plainly(group))


def _add_pages(app, module):
    if hasattr(module, "bp"):
        app.register_blueprint(module.bp)


assert Base.metadata is db.metadata
