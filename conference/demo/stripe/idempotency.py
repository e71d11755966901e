"""Remembers what was answered to an idempotency key, so that a repeated call does nothing twice.

Source: https://docs.stripe.com/api/idempotent_requests. Answers are kept for a day, a 500 like any other.
"""

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

from conference.demo.stripe.errors import bad_request, key_in_use, key_with_other_parameters
from conference.demo.stripe.store import Store, Transaction

KEPT_SECONDS = 24 * 60 * 60
ABANDONED_SECONDS = 60  # a call under way longer than this died with its process


@dataclass(frozen=True)
class Answer:
    """What goes back to the caller."""

    status: int
    body: dict[str, Any]
    request_id: str
    replayed: bool = False


def fingerprint(method: str, path: str, text: bytes) -> str:
    """The same for the same call with the same parameters."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), text])).hexdigest()


def scoped(key: str, account: str) -> str:
    """The key as it is stored: two API keys never see each other's answers. Raises for a key that is too long."""
    if not 0 < len(key) <= 255:
        raise bad_request("Idempotency keys are from 1 to 255 characters long.")
    return hashlib.sha256(account.encode()).hexdigest()[:16] + ":" + key


def claim(store: Store, name: str, mark: str, request_id: str) -> Answer | None:
    """The earlier answer, or None when the call is now ours to make; raises when it is another's."""
    with store.write() as tx:
        now = time.time()
        tx.sql(
            "DELETE FROM keys WHERE claimed < ? OR (answer IS NULL AND claimed < ?)",
            (now - KEPT_SECONDS, now - ABANDONED_SECONDS),
        )
        row = tx.sql("SELECT * FROM keys WHERE name = ?", (name,)).fetchone()
        if row is None:
            tx.sql(
                "INSERT INTO keys (name, fingerprint, claimed, request_id) VALUES (?, ?, ?, ?)",
                (name, mark, now, request_id),
            )
            return None
    key = name.partition(":")[2]
    if row["fingerprint"] != mark:
        raise key_with_other_parameters(key)
    if row["answer"] is None:
        raise key_in_use(key)
    return Answer(row["status"], json.loads(row["answer"]), row["request_id"], replayed=True)


def keep(tx: Transaction, name: str, answer: Answer) -> None:
    """Stores the answer in the same transaction as the work, so that both are there or neither."""
    tx.sql("UPDATE keys SET status = ?, answer = ? WHERE name = ?", (answer.status, json.dumps(answer.body), name))


def forget_abandoned(store: Store) -> None:
    """Frees the keys of calls that died with their process; only for the one process that owns the file."""
    with store.write() as tx:
        tx.sql("DELETE FROM keys WHERE answer IS NULL")
