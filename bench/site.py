"""The site that is measured: a database of its own, filled when first needed, and gunicorn as it is deployed."""

import os
import secrets
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa

import config
from bench import filling
from conference.app import create_app
from conference.demo import ports
from conference.kernel import Base, db, memory

FIRST_PORT = 19050
WORKERS = 2


class Site:
    """Made empty; `attendees`, `buyers` and `programme` fill it; `url` serves it from then on."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.load = round(os.getloadavg()[0], 1)
        self.web = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.web:
            self.web.terminate()
            self.web.wait()

    @cached_property
    def environ(self):
        """What every process of the site finds around it."""
        port = ports.first_free(FIRST_PORT)
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "PLENARY_MODE": "test",
            "SECRET_KEY": secrets.token_hex(32),
            "DATABASE_URL": self.database("site"),
            "INSTANCE_PATH": str(self.folder),
            "QUEUE_PATH": str(self.folder / "queue.db"),
            "PORT": str(port),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "STRIPE_API_KEY": "sk_test_bench",
            "STRIPE_API_BASE": "http://127.0.0.1:9",
            "STRIPE_WEBHOOK_SECRETS": "whsec_bench",
            "SMTP_URL": "smtp://127.0.0.1:9",
            "WEB_WORKERS": str(WORKERS),
            "HOLDS_PER_NETWORK": "0",  # all buyers come from this machine
            "GROUP_SEATS_UNPAID": "0",
        }

    @cached_property
    def app(self):
        """An application over the same database, for filling it and for counting."""
        os.environ.update(INSTANCE_PATH=self.environ["INSTANCE_PATH"], QUEUE_PATH=self.environ["QUEUE_PATH"])
        app = create_app(config.load(self.environ))
        memory.collect_seldom()  # as the processes that serve do
        with app.app_context():
            Base.metadata.create_all(db.engine)
            filling.society_and_meeting()
        return app

    @cached_property
    def attendees(self):
        """1,000 people with confirmed registrations; the reference of each."""
        with self.app.app_context():
            return filling.attendees()

    @cached_property
    def buyers(self):
        """People with a finished draft, signed in: the cookie of each."""
        with self.app.app_context():
            return filling.buyers(self.app)

    @cached_property
    def programme(self):
        """The day with most of the 874 events, as an address."""
        with self.app.app_context():
            return filling.programme(self.folder)

    @cached_property
    def staff_cookie(self):
        """Somebody of the registration desk, signed in."""
        with self.app.app_context():
            return filling.staff_cookie(self.app)

    @cached_property
    def finance_cookie(self):
        """Somebody who keeps the books, signed in."""
        with self.app.app_context():
            return filling.staff_cookie(self.app, "finance")

    @cached_property
    def url(self):
        """The address of the site, served by gunicorn."""
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "bench.wsgi:app"]
        with (self.folder / "web.log").open("wb") as log:
            self.web = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log)
        url = self.environ["BASE_URL"]
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                    return url
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.folder / "web.log").read_text()[-2000:])

    def processor_seconds(self):
        """What gunicorn's workers, also those that had their turn, and PostgreSQL have used of the processors until now: (web, database)."""
        web, database, mine = 0.0, 0.0, str(self.web.pid)
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                _name, _, rest = entry.read_text().partition(") ")
                fields, words = rest.split(), (entry.parent / "cmdline").read_bytes()
                used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                web += used * (fields[1] == mine)
                if entry.parent.name == mine:
                    web += (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
                database += used * (words.startswith(b"postgres: postgres site"))
        return web, database

    def database(self, name):
        """A new empty database on the server: its address."""
        engine = sa.create_engine(
            self.server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return sa.make_url(self.server).set(database=name).render_as_string(hide_password=False)
