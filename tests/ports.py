"""Ports for what tests serve: each worker has a hundred of its own, and each kind of test a part of them."""

import os

from conference.demo import ports

PARTS = {"journeys": 0, "serve": 10, "chaos": 20, "tls": 40, "plain": 50, "inner": 60, "mail": 70, "mailbox": 80}


def port_for(part):
    """A free port for one of PARTS, with some free ones after it."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return ports.first_free(18_000 + 100 * worker + PARTS[part])
