"""What happens by itself as time goes by: sessions expire, bank debits end, refunds are settled, events leave."""

import logging
import threading

from conference.demo.stripe import delivery, paying, refunds, sessions
from conference.demo.stripe.settings import Settings
from conference.demo.stripe.store import Store, Transaction

log = logging.getLogger(__name__)

TICK_SECONDS = 0.25


def catch_up(store: Store) -> int:
    """Does all that is due by now, and says how much that was."""
    with store.read() as tx:
        if not tx.due():
            return 0
    with store.write() as tx:
        due = tx.due()
        for kind, identifier in due:
            _happen(tx, kind, identifier)
    return len(due)


def _happen(tx: Transaction, kind: str, identifier: str) -> None:
    match kind:
        case sessions.KIND:
            sessions.close(tx, tx.get(kind, identifier))
        case "payment_intent":
            paying.finish_debit(tx, identifier)
        case "refund":
            refunds.settle(tx, identifier)


class Background:
    """One thread for the clock and one for deliveries; both go on after a failure, and stop when told."""

    def __init__(self, store: Store, settings: Settings):
        self.store, self.settings = store, settings
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self._repeat, args=(self._tick,), name="stripe-clock", daemon=True),
            threading.Thread(target=self._repeat, args=(self._deliver,), name="stripe-delivery", daemon=True),
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.store.bell.set()
        for thread in self.threads:
            thread.join(timeout=self.settings.delivery_timeout + 5)

    def _repeat(self, step) -> None:
        while not self.stopping.is_set():
            try:
                step()
            except Exception:
                log.exception("The stand-in stumbled and goes on")
                self.stopping.wait(1)

    def _tick(self) -> None:
        catch_up(self.store)
        self.stopping.wait(TICK_SECONDS)

    def _deliver(self) -> None:
        self.store.bell.wait(TICK_SECONDS)
        self.store.bell.clear()
        while not self.stopping.is_set() and delivery.deliver_next(self.store, self.settings) is not None:
            pass
