"""Says what happened: one event a change, kept for listing and put in line for delivery."""

import copy
import time
from typing import Any

from conference.demo.stripe import faults
from conference.demo.stripe.ids import new_id
from conference.demo.stripe.objects import API_VERSION
from conference.demo.stripe.store import Transaction


def record(tx: Transaction, kind: str, obj: dict[str, Any], *, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """The event, holding the object as it is now; `before` holds the former values of what changed."""
    chosen = faults.current(tx)
    event = {
        "id": new_id("evt"),
        "object": "event",
        **({"account": chosen.event_account} if chosen.event_account else {}),
        "api_version": chosen.event_version or API_VERSION,
        "created": tx.now,
        "data": {"object": copy.deepcopy(obj)} | ({"previous_attributes": before} if before else {}),
        "livemode": False,
        "pending_webhooks": 1 if tx.choice("webhook") else 0,
        "request": dict(tx.cause),
        "type": kind,
    }
    tx.insert(event)
    if tx.choice("webhook"):
        put_in_line(tx, event)
    return event


def put_in_line(tx: Transaction, event: dict[str, Any]) -> None:
    """Promises the delivery of an event, as often, as late or as never as the faults say."""
    chosen = faults.current(tx)
    state = "lost" if chosen.loses(event["type"]) else "waiting"
    now = time.time()
    for _ in range(chosen.event_copies):
        tx.sql(
            "INSERT INTO deliveries (event, state, made, next_try) VALUES (?, ?, ?, ?)",
            (event["id"], state, now, now + chosen.event_delay),
        )
    tx.has_news = True


def with_pending_count(tx: Transaction, event: dict[str, Any]) -> dict[str, Any]:
    """The event as the API shows it: with the number of deliveries that have not yet succeeded."""
    count = tx.sql(
        "SELECT count(*) FROM deliveries WHERE event = ? AND state IN ('waiting', 'lost')", (event["id"],)
    ).fetchone()[0]
    return event | {"pending_webhooks": count}


def filters(params: dict[str, Any]) -> tuple[str, list[Any]]:
    """The condition in SQL that the parameters of a listing ask for; `charge.*` stands for all that begin so."""
    wanted = params.get("types", []) + ([params["type"]] if "type" in params else [])
    clauses = ["json_extract(body, '$.type') GLOB ?" for _ in wanted]
    condition = f"({' OR '.join(clauses)})" if clauses else "1"
    if "delivery_success" in params:
        waiting = "EXISTS (SELECT 1 FROM deliveries WHERE event = objects.id AND state <> 'done')"
        condition += f" AND {'NOT ' if params['delivery_success'] else ''}{waiting}"
    return condition, [name.replace("[", "[[]").replace("?", "[?]") for name in wanted]
