"""Stripe's messages arriving a hundred a second: how soon each is signed for, kept and answered."""

import hashlib
import hmac
import http.client
import json
import threading
import time
from urllib.parse import urlsplit

from sqlalchemy import func, select

from bench import asking
from conference.kernel import db
from conference.payments.models import Event

RATE, SECONDS, SENDERS = 100, 10, 8
SECRET = "whsec_bench"
HOW = (
    f"POST of {RATE} different signed events a second for {SECONDS} s, on time whether or not earlier ones were answered ({SENDERS} kept"
    " connections); gunicorn, 2 workers, PostgreSQL with fsync: signature checked, row committed, worker woken, 200. From the instant at"
    " which it was due to the end of the answer, p95; the rows are counted"
)


def answered(site):
    """Milliseconds until the answer."""
    _send(site, "warm")
    runs = [_send(site, f"run{number}") for number in range(asking.TIMES)]
    values = [round(asking.percentile(run, 0.95), 1) for run in runs]
    middle = min(round(asking.percentile(run, 0.5), 1) for run in runs)
    figure = {"figure": "webhook_p95", "value": min(values), "unit": "ms", "goal": "<= 30", "how": HOW}
    yield {**figure, "p50_ms": middle, "runs": values}


def _send(site, name):
    url, taken, before = site.url, [], _kept(site)
    start = time.perf_counter() + 0.2
    shares = [range(first, RATE * SECONDS, SENDERS) for first in range(SENDERS)]
    senders = [threading.Thread(target=_share, args=(url, name, share, start, taken)) for share in shares]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if _kept(site) - before != RATE * SECONDS or len(taken) != RATE * SECONDS:
        raise RuntimeError(f"{_kept(site) - before} events kept, {len(taken)} answered")
    return sorted(taken)


def _share(url, name, numbers, start, taken):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    for number in numbers:
        due = start + number / RATE
        body, header = _signed(f"evt_{name}_{number}")
        time.sleep(max(0, due - time.perf_counter()))
        connection.request("POST", "/stripe/webhook", body=body, headers={"Stripe-Signature": header})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            taken.append((time.perf_counter() - due) * 1000)
    connection.close()


def _signed(event_id):
    """(body, header) in Stripe's way (https://docs.stripe.com/webhooks#verify-manually)."""
    event = {
        "id": event_id, "object": "event", "type": "payment_intent.processing", "livemode": False, "created": int(time.time()),
        "api_version": "2026-06-24.dahlia", "data": {"object": {"id": f"pi_{event_id}", "object": "payment_intent"}},
    }  # fmt: skip
    body, at = json.dumps(event).encode(), int(time.time())
    digest = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return body, f"t={at},v1={digest}"


def _kept(site):
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Event))
