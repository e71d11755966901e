"""Posts events to the webhook, signed, at least once: tried again with growing pauses until the answer is a 2xx."""

import http.client
import json
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from stripe import WebhookSignature

from conference.demo.stripe import faults
from conference.demo.stripe.settings import Settings
from conference.demo.stripe.store import Store, Transaction

LONGEST_PAUSE = 60 * 60
GIVES_UP_AFTER = 3 * 24 * 60 * 60  # Stripe retries for three days in live mode
LEASE_MARGIN = 5
ORDERS = {"as made": "seq", "reversed": "seq DESC", "shuffled": "random()"}


@dataclass(frozen=True)
class Parcel:
    """One delivery that is under way."""

    seq: int
    tries: int
    made: float
    url: str
    payload: str
    signature: str


def deliver_next(store: Store, settings: Settings, *, insist_since: float | None = None) -> bool | None:
    """Whether the next delivery arrived, or None when none is due.

    With `insist_since`, waits and holds are passed over and each delivery not tried since that moment is tried once.
    """
    parcel = _claim(store, settings, insist_since)
    if parcel is None:
        return None
    answer = post(parcel.url, parcel.payload, parcel.signature, timeout=settings.delivery_timeout)
    with store.write() as tx:
        _note(tx, parcel, answer, settings)
    return answer.startswith("2")


def _claim(store: Store, settings: Settings, insist_since: float | None) -> Parcel | None:
    with store.read() as tx:
        if _find(tx, insist_since) is None:
            return None
    with store.write() as tx:
        row = _find(tx, insist_since)
        if row is None:
            return None
        now = time.time()
        tx.sql(
            "UPDATE deliveries SET tries = tries + 1, leased_until = ?, tried_at = ? WHERE seq = ?",
            (now + settings.delivery_timeout + LEASE_MARGIN, now, row["seq"]),
        )
        return _parcel(tx, row, now)


def _find(tx: Transaction, insist_since: float | None) -> Any:
    chosen = faults.current(tx)
    if not tx.choice("webhook") or (chosen.event_hold and insist_since is None):
        return None
    due = "next_try <= :now" if insist_since is None else "tried_at < :since"
    query = f"""SELECT * FROM deliveries WHERE state = 'waiting' AND leased_until < :now AND {due}
        ORDER BY {ORDERS[chosen.event_order]} LIMIT 1"""  # noqa: S608 - words of our own
    return tx.sql(query, {"now": time.time(), "since": insist_since}).fetchone()


def _parcel(tx: Transaction, row: Any, now: float) -> Parcel:
    hook = tx.choice("webhook")
    event = tx.get("event", row["event"])
    payload = json.dumps(event, indent=2)
    secret = hook["secret"] + ("-wrong" if faults.take_bad_signature(tx) else "")
    signature = WebhookSignature.generate_signature_header(payload, secret, timestamp=int(now))
    return Parcel(row["seq"], row["tries"] + 1, row["made"], hook["url"], payload, signature)


def post(url: str, payload: str, signature: str, *, timeout: float) -> str:
    """The status of the answer as text, or what went wrong; redirects are not followed, as Stripe does not."""
    parts = urlsplit(url)
    connection = _connection(parts, timeout)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), payload, headers)
        response = connection.getresponse()
        response.read(4096)
        return str(response.status)
    except (OSError, http.client.HTTPException) as failure:
        return f"{type(failure).__name__}: {failure}"[:200]
    finally:
        connection.close()


def _connection(parts: Any, timeout: float) -> http.client.HTTPConnection:
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)


def _note(tx: Transaction, parcel: Parcel, answer: str, settings: Settings) -> None:
    now = time.time()
    pause = min(settings.retry_base * 2 ** min(parcel.tries - 1, 20), LONGEST_PAUSE)
    late = now - parcel.made > GIVES_UP_AFTER
    state = "done" if answer.startswith("2") else "given up" if late else "waiting"
    tx.sql(
        "UPDATE deliveries SET state = ?, next_try = ?, leased_until = 0, last_answer = ? WHERE seq = ?",
        (state, now + pause, answer, parcel.seq),
    )


def deliver_all(store: Store, settings: Settings, *, lost: bool = False) -> dict[str, int]:
    """Tries everything that waits once, now, and returns how many arrived and how many did not.

    Deliveries that another thread has in its hands are waited for. `lost` finds again what was lost on request.
    """
    started = time.time()
    if lost:
        with store.write() as tx:
            tx.sql("UPDATE deliveries SET state = 'waiting', tried_at = 0 WHERE state = 'lost'")
    counts = {"arrived": 0, "refused": 0}
    patience = started + settings.delivery_timeout + LEASE_MARGIN
    while True:
        arrived = deliver_next(store, settings, insist_since=started)
        if arrived is not None:
            counts["arrived" if arrived else "refused"] += 1
        elif not _under_way(store) or time.time() > patience:
            return counts
        else:
            time.sleep(0.01)


def _under_way(store: Store) -> bool:
    with store.read() as tx:
        query = "SELECT 1 FROM deliveries WHERE state = 'waiting' AND leased_until >= ?"
        return tx.sql(query, (time.time(),)).fetchone() is not None


def forget_leases(store: Store) -> None:
    """Takes back the deliveries of a process that died; only for the one process that owns the file."""
    with store.write() as tx:
        tx.sql("UPDATE deliveries SET leased_until = 0 WHERE state = 'waiting'")


def overview(tx: Transaction) -> list[dict[str, Any]]:
    """Every delivery with its event's type, oldest first, for tests and the curious."""
    rows = tx.sql(
        "SELECT d.event, json_extract(o.body, '$.type') AS type, d.state, d.tries, d.last_answer"
        " FROM deliveries d JOIN objects o ON o.id = d.event ORDER BY d.seq DESC LIMIT 1000"
    )
    return [dict(row) for row in rows][::-1]
