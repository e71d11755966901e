"""The whole product as `bin/run` serves it, and people with browsers in front of it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.ports import port_for

ROOT = Path(__file__).parents[2]
PATIENCE = 30_000  # milliseconds for one step on a busy machine


class Running:
    """The served demo: its address, its sign-ins, its letters."""

    def __init__(self, url, instance):
        self.url, self.instance = url, instance

    def password_of(self, email):
        """The password that `flask demo` made for one of its people."""
        lines = (self.instance / "sign-ins.txt").read_text().splitlines()
        return next(line.split()[1] for line in lines if line.split() and line.split()[0] == email)

    def code_for(self, email):
        """The sign-in code in the newest letter to an address, as soon as it has come."""
        for _ in range(150):
            for path in sorted((self.instance / "mail").glob("*.eml"), reverse=True):
                text = path.read_bytes().decode("utf-8", "replace")
                if email in text and (found := re.search(r"^\s*(\d{6})\s*$", text, re.M)):
                    return found[1]
            time.sleep(0.2)
        raise AssertionError(f"no code came for {email}")


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    """bin/run's own process tree on a free port, over an empty folder."""
    instance = tmp_path_factory.mktemp("served")
    port = port_for("journeys")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    environ = {**kept, "PORT": str(port), "INSTANCE_PATH": str(instance), "DEMO_SIZE": "small"}
    log = (instance / "serve.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "conference.demo.serve"], cwd=ROOT, env=environ, stdout=log, stderr=log
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", process, instance)
        yield Running(f"http://127.0.0.1:{port}", instance)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


@pytest.fixture
def new_page(chromium, running):
    """Makes a page of a fresh browser; a message of the policy or a script's fault on any page fails the test."""
    contexts, faults = [], []

    def make(width=1280, scheme="light", javascript=True):
        context = chromium.new_context(
            base_url=running.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: _note(message, faults))
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def _note(message, faults):
    """The browser's complaints, without those about answers such as 422, which belong to the page."""
    if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
        faults.append(message.text)


def _wait_for(url, process, instance):
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError("the demo did not start:\n" + (instance / "serve.log").read_text()[-3000:])
