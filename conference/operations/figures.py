"""Figures for Prometheus: requests as they happen, in every process; what waits in the database when it is asked."""

import logging
import os

from flask import request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from conference import jobs, mail, payments
from conference.kernel import clock

log = logging.getLogger(__name__)

_OWN = CollectorRegistry()
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("plenary_requests", "Requests answered", ["endpoint", "method", "status"], registry=_OWN)
SECONDS = Histogram("plenary_request_seconds", "Time to answer", ["endpoint"], buckets=_BUCKETS, registry=_OWN)


def note(response, seconds):
    """Count one answered request. Unknown addresses share one name: outsiders cannot make series."""
    endpoint = request.endpoint or "unknown"
    REQUESTS.labels(endpoint, _method(), response.status_code).inc()
    SECONDS.labels(endpoint).observe(seconds)


def exposition():
    """All figures in Prometheus' text format: of every gunicorn worker when PROMETHEUS_MULTIPROC_DIR is set."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        text = generate_latest(registry)
    else:
        text = generate_latest(_OWN)
    waiting = CollectorRegistry()
    waiting.register(Waiting())
    return text + generate_latest(waiting)


class Waiting:
    """What waits in the database at this moment."""

    def collect(self):
        """Called by prometheus-client. A database that is away takes its own figures with it, not those of requests."""
        try:
            found = [*_waiting()]
        except SQLAlchemyError:
            log.exception("no figures from the database")
            found = []
        yield GaugeMetricFamily("plenary_database_up", "Whether the database answered", value=bool(found))
        yield from found


def _waiting():
    yield _by_state("plenary_letters", "Letters in the outbox by state", mail.counts())
    yield _by_state("plenary_orders", "Orders that wait, by state; parked ones wait for staff", payments.waiting())
    yield _age("plenary_oldest_letter_seconds", "Age of the longest waiting letter; 0: none", mail.oldest_waiting())
    yield _age("plenary_worker_silence_seconds", "Since the worker's last sweep; -1: never", jobs.last_beat(), -1)


def _by_state(name, words, counts):
    family = GaugeMetricFamily(name, words, labels=["state"])
    for state, count in counts.items():
        family.add_metric([state], count)
    return family


def _age(name, words, instant, otherwise=0):
    return GaugeMetricFamily(name, words, value=(clock.now() - instant).total_seconds() if instant else otherwise)


def _method():
    return request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
