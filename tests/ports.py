"""Ports for what tests serve: each worker has a hundred of its own, and each kind of test a part of them.

Suites that run at the same time are told by TEST_PORTS where theirs begin.
"""

import os

from conference.demo import ports

PARTS = {"journeys": 0, "serve": 10, "chaos": 20, "tls": 40, "plain": 50, "inner": 60, "mail": 70, "mailbox": 80}


def port_for(part):
    """A free port for one of PARTS, with some free ones after it."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = int(os.environ.get("TEST_PORTS", "18000"))
    return ports.first_free(first + 100 * worker + PARTS[part])
