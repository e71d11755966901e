"""Something done by somebody else while a transaction of the test stands open, which it has to wait for."""

import threading
import time

from sqlalchemy import text

from conference.kernel import Refusal, db, transaction

PATIENCE = 10  # seconds


class Beside:
    """`act()` in a transaction of its own, begun at once; `came_of` is what it returned, its Refusal, or its fault."""

    def __init__(self, app, act):
        self.came_of, self._app, self._act = None, app, act
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait_until_stuck(self):
        """It waits for a lock that this transaction holds. SQLite has one writer at a time: there it waits from the start."""
        if db.engine.dialect.name == "sqlite":
            return
        ours = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        until = time.monotonic() + PATIENCE
        while not db.session.scalar(ours):
            assert time.monotonic() < until and self._thread.is_alive(), f"nothing waits: {self.came_of!r}"
            time.sleep(0.02)

    def end(self):
        """What came of it."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.came_of

    def _run(self):
        with self._app.app_context():
            try:
                with transaction():
                    self.came_of = self._act()
            except Refusal as refusal:
                self.came_of = str(refusal)
            except Exception as fault:
                self.came_of = fault
            finally:
                db.session.remove()
