"""Processes that live and die together: when one ends, or we are told to stop, all are stopped, with their own children."""

import ctypes
import os
import signal
import subprocess
import sys
import time

PATIENCE = 10  # seconds between asking and killing
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class Children:
    """Named processes, each leading a process group of its own, writing to `<logs>/<name>.log`."""

    def __init__(self, logs, environ):
        self.logs = logs
        self.environ = environ
        self.running = {}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name, *command):
        """Run `python <command>` as the child `name`."""
        with self.log_of(name).open("w") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603
                [sys.executable, *command],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def log_of(self, name):
        """The file that the child writes to."""
        return self.logs / f"{name}.log"

    def ended(self):
        """The name of a child that has ended, else None."""
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def stop(self):
        """Ask every group to stop, wait, and kill what is left."""
        self._signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(child.poll() is None for child in self.running.values()):
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        for child in self.running.values():
            child.wait()

    def _signal(self, number):
        for child in self.running.values():
            try:
                os.killpg(child.pid, number)
            except ProcessLookupError:
                continue


def _die_with_parent():
    # Even when we are killed outright, nobody is left behind (Linux: prctl(2)).
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
