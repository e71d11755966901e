"""Everything the stand-in remembers, in one SQLite file that outlives a restart and a killed process."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from conference.demo.stripe.errors import no_such

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL,
    hidden TEXT NOT NULL DEFAULT '{}',  -- what Stripe knows of an object but does not show
    due REAL                            -- when something happens to it by itself
);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_due ON objects (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_by_intent ON objects (kind, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS objects_by_charge ON objects (kind, json_extract(body, '$.charge'));
CREATE TABLE IF NOT EXISTS keys (
    name TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    claimed REAL NOT NULL,
    request_id TEXT NOT NULL,
    status INTEGER,
    answer TEXT
);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'lost', 'done', 'given up')),
    tries INTEGER NOT NULL DEFAULT 0,
    made REAL NOT NULL,
    next_try REAL NOT NULL,
    tried_at REAL NOT NULL DEFAULT 0,
    leased_until REAL NOT NULL DEFAULT 0,
    last_answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (next_try) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (event);
CREATE TABLE IF NOT EXISTS choices (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """Opens transactions on the file; safe for many threads and many processes."""

    def __init__(self, path: str):
        self.path = path
        self.idle: list[sqlite.Connection] = []
        self.bell = threading.Event()  # rung after a commit that made an event, so that it leaves at once
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    @contextmanager
    def write(self) -> Iterator["Transaction"]:
        """One unit of work that holds the write lock from its first statement and is kept whole or not at all."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                transaction = Transaction(connection)
                yield transaction
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        if transaction.has_news:
            self.bell.set()

    @contextmanager
    def read(self) -> Iterator["Transaction"]:
        """One consistent view of the file."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            try:
                yield Transaction(connection)
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _connection(self) -> Iterator[sqlite.Connection]:
        """An idle connection, or a new one; a thread has it to itself until it is done with it."""
        try:
            connection = self.idle.pop()
        except IndexError:
            connection = sqlite.connect(self.path, timeout=20, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite.Row
            connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield connection
        finally:
            self.idle.append(connection)

    def close(self) -> None:
        while self.idle:
            self.idle.pop().close()


class Transaction:
    """What may be asked of the file, and written to it, inside one unit of work."""

    def __init__(self, connection: sqlite.Connection):
        self.sql = connection.execute
        self.has_news = False
        self.cause: dict[str, str | None] = {"id": None, "idempotency_key": None}
        self.now = int(time.time() + float(self.choice("clock_offset", 0)))

    def insert(self, obj: dict[str, Any], *, due: float | None = None, **hidden: Any) -> dict[str, Any]:
        self.sql(
            "INSERT INTO objects (id, kind, created, body, hidden, due) VALUES (?, ?, ?, ?, ?, ?)",
            (obj["id"], obj["object"], obj["created"], json.dumps(obj), json.dumps(hidden), due),
        )
        return obj

    def find(self, kind: str, identifier: Any) -> dict[str, Any] | None:
        row = self.sql("SELECT body FROM objects WHERE id = ? AND kind = ?", (identifier, kind)).fetchone()
        return json.loads(row["body"]) if row else None

    def get(self, kind: str, identifier: Any, *, param: str = "id") -> dict[str, Any]:
        """The object, or Stripe's own 404."""
        found = self.find(kind, identifier)
        if found is None:
            raise no_such(kind, str(identifier), param=param)
        return found

    def anything(self, identifier: str) -> dict[str, Any] | None:
        row = self.sql("SELECT body FROM objects WHERE id = ?", (identifier,)).fetchone()
        return json.loads(row["body"]) if row else None

    def all_where(self, kind: str, field: str, value: Any) -> list[dict[str, Any]]:
        """Objects of one kind whose field has the value, oldest first; field names come from our code only."""
        rows = self.sql(
            f"SELECT body FROM objects WHERE kind = ? AND json_extract(body, '$.{field}') = ? ORDER BY seq",  # noqa: S608
            (kind, value),
        )
        return [json.loads(row["body"]) for row in rows]

    def save(self, obj: dict[str, Any]) -> dict[str, Any]:
        self.sql("UPDATE objects SET body = ? WHERE id = ?", (json.dumps(obj), obj["id"]))
        return obj

    def hidden(self, identifier: str) -> dict[str, Any]:
        row = self.sql("SELECT hidden FROM objects WHERE id = ?", (identifier,)).fetchone()
        return json.loads(row["hidden"])

    def hide(self, identifier: str, **facts: Any) -> None:
        known = json.dumps(self.hidden(identifier) | facts)
        self.sql("UPDATE objects SET hidden = ? WHERE id = ?", (known, identifier))

    def set_due(self, identifier: str, due: float | None) -> None:
        self.sql("UPDATE objects SET due = ? WHERE id = ?", (due, identifier))

    def due(self) -> list[tuple[str, str]]:
        """Kind and identifier of everything whose moment has come, earliest first."""
        rows = self.sql("SELECT kind, id FROM objects WHERE due <= ? ORDER BY due, seq", (self.now,))
        return [(row["kind"], row["id"]) for row in rows]

    def choice(self, name: str, default: Any = None) -> Any:
        row = self.sql("SELECT value FROM choices WHERE name = ?", (name,)).fetchone()
        return json.loads(row["value"]) if row else default

    def choose(self, name: str, value: Any) -> None:
        self.sql("INSERT OR REPLACE INTO choices (name, value) VALUES (?, ?)", (name, json.dumps(value)))
