"""The one lock around Pango, WeasyPrint and PDFium, renewed in a forked child."""

import os
import threading
from collections.abc import Callable


class _Native:
    """Holds the lock, and forgets what a parent process had made when a child begins."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._forget: list[Callable[[], None]] = []

    def forget_after_fork(self, forget: Callable[[], None]) -> None:
        """Native objects of the parent may be half-way through a change at the moment of the fork: make new ones."""
        self._forget.append(forget)

    def begin_again(self) -> None:
        """Called in the child: a lock held by a thread that does not exist here would never open."""
        self.lock = threading.RLock()
        for forget in self._forget:
            forget()


native = _Native()
os.register_at_fork(after_in_child=native.begin_again)
