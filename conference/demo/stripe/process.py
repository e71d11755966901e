"""Starts a stand-in for a test, in a thread or in a process of its own that may be killed, and steers it."""

import json
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from stripe import StripeClient
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from conference.demo.stripe.app import create_stand_in
from conference.demo.stripe.settings import Settings

TEST_KEY = "sk_test_stand_in"


class KeepsAlive(WSGIRequestHandler):
    """HTTP/1.1, so that the client's pool of connections is of use."""

    protocol_version = "HTTP/1.1"
    timeout = 75

    def log_request(self, *_: Any) -> None:
        """One line a request would drown everything else."""


def serve(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server with a thread for each connection; port 0 takes a free one."""
    return make_server(host, port, app, threaded=True, request_handler=KeepsAlive)


class Handle:
    """A stand-in that runs somewhere, and the ways to steer it."""

    def __init__(self, url: str):
        self.url = url

    def client(self, **options: Any) -> StripeClient:
        """The official client, pointed here."""
        return StripeClient(options.pop("api_key", TEST_KEY), base_addresses={"api": self.url}, **options)

    def pay(self, session: str, method: str = "card", *, seconds: float | None = None, **other: Any) -> dict[str, Any]:
        """Pays a session: card, declined, insufficient_funds, authentication, bank_debit, bank_debit_bounces.

        With `amount` or `currency`, that is paid instead of what the page was opened with.
        """
        return self.ask(f"/_control/sessions/{session}/pay", method=method, seconds=seconds, **other)

    def save_card(self, session: str, method: str = "card") -> dict[str, Any]:
        """Saves a card on a page in setup mode: card, authentication, fails_later, insufficient_funds, declined."""
        return self.ask(f"/_control/sessions/{session}/save", method=method)

    def change_card(self, method: str, **card: Any) -> dict[str, Any]:
        """The bank sends a new card: `last4`, `exp_month`, `exp_year`."""
        return self.ask(f"/_control/payment_methods/{method}", **card)

    def authenticate(self, session: str, outcome: str = "complete") -> dict[str, Any]:
        """Ends the 3-D Secure question: complete or fail."""
        return self.ask(f"/_control/sessions/{session}/authenticate", outcome=outcome)

    def end_debit(self, session: str, outcome: str = "clear") -> dict[str, Any]:
        """Ends a bank debit that waits to be told: clear or bounce."""
        return self.ask(f"/_control/sessions/{session}/debit", outcome=outcome)

    def expire(self, session: str) -> dict[str, Any]:
        return self.ask(f"/_control/sessions/{session}/expire")

    def settle_refund(self, refund: str, outcome: str = "succeed") -> dict[str, Any]:
        """Ends a waiting refund: succeed, fail or cancel; one that succeeded may still fail."""
        return self.ask(f"/_control/refunds/{refund}", outcome=outcome)

    def dispute(self, charge: str, reason: str = "fraudulent", **wishes: Any) -> dict[str, Any]:
        """Disputes a charge; `amount` is less than all of it, `inquiry=True` asks and takes nothing."""
        return self.ask(f"/_control/charges/{charge}/dispute", reason=reason, **wishes)

    def delete_customer(self, customer: str) -> dict[str, Any]:
        """As if somebody had deleted it in Stripe's dashboard."""
        return self.ask(f"/_control/customers/{customer}/deletion")

    def decide_dispute(self, dispute: str, outcome: str) -> dict[str, Any]:
        """Moves a dispute on: answered, escalated (of an inquiry), won or lost."""
        return self.ask(f"/_control/disputes/{dispute}", outcome=outcome)

    def pay_out(self) -> list[dict[str, Any]]:
        """Sends what the balance holds to the bank: the payouts, one for each currency."""
        return self.ask("/_control/payouts")["payouts"]

    def fail_payout(self, payout: str) -> dict[str, Any]:
        """The bank sends a payout back."""
        return self.ask(f"/_control/payouts/{payout}/fail")

    def faults(self, **changes: Any) -> dict[str, Any]:
        """Sets faults (their names and meaning: faults.py) and returns all as they now are."""
        return self.ask("/_faults", **changes)

    def struck(self) -> dict[str, int]:
        """How often each fault has struck a call until now."""
        return self.ask("/_faults/struck", verb="GET")

    def no_faults(self) -> dict[str, Any]:
        return self.ask("/_faults", verb="DELETE")

    def deliver(self, *, lost: bool = False) -> dict[str, int]:
        """Tries every waiting event once, now; returns how many arrived and how many were refused."""
        return self.ask("/_control/deliver", lost=lost)

    def deliveries(self) -> list[dict[str, Any]]:
        return self.ask("/_control/deliveries", verb="GET")["deliveries"]

    def sessions(self) -> list[dict[str, Any]]:
        """Every session, newest first."""
        return self.ask("/_control/sessions", verb="GET")["sessions"]

    def events(self, kind: str = "*", since: str | None = None) -> list[dict[str, Any]]:
        """Every event of a type (`charge.*` takes all that begin so), oldest first; those alone that came after the event `since`."""
        asked: Any = {"type": kind, "limit": 100} | ({"ending_before": since} if since else {})
        found = self.client().v1.events.list(asked)
        told = [event.to_dict() for event in found.auto_paging_iter()]
        return told if since else told[::-1]  # the library turns what it pages backwards

    def newest_event(self) -> str | None:
        """The id of the event that was made last, if there is one."""
        found = self.client().v1.events.list({"limit": 1}).data
        return found[0].id if found else None

    def send_events_to(self, url: str | None, secret: str | None = None) -> None:
        """Sets the webhook while running, for when its address is known only later."""
        self.ask("/_control/webhook", url=url, **({"secret": secret} if secret else {}))

    def move_clock(self, offset_seconds: float) -> None:
        self.ask("/_control/clock", offset_seconds=offset_seconds)

    def ask(self, path: str, *, verb: str = "POST", **wishes: Any) -> Any:
        """The JSON answer of the remote control; raises ValueError with its words when it refuses."""
        request = urllib.request.Request(self.url + path, method=verb, headers={"Content-Type": "application/json"})  # noqa: S310
        try:
            text = None if verb == "GET" else json.dumps(wishes).encode()
            with urllib.request.urlopen(request, text, timeout=60) as response:  # noqa: S310 - our own address
                return json.load(response)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise ValueError(refusal.read().decode()) from None


class OwnProcess(Handle):
    """A stand-in in a process of its own, which can be killed and started again on the same port and file."""

    def __init__(self, arguments: list[str]):
        self.arguments = arguments
        self.start(port=0)

    def start(self, port: int) -> None:
        command = [sys.executable, "-m", "conference.demo.stripe", f"--port={port}", *self.arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise RuntimeError("The stand-in did not start; its reason stands above.")
        super().__init__(json.loads(line)["url"])

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        self.process.kill()
        self._reap()

    def restart(self) -> None:
        self.kill()
        self.start(port=int(self.url.rpartition(":")[2]))

    def stop(self) -> None:
        self.process.terminate()
        self._reap()

    def _reap(self) -> None:
        self.process.wait(timeout=20)
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def running_stand_in(
    webhook_url: str | None = None, secret: str | None = None, *, own_process: bool = False, **options: Any
) -> Iterator[Handle]:
    """A stand-in on a free port for the length of a `with`; `options` are those of `Settings`.

    With `own_process` the handle is an OwnProcess that can be killed and restarted.
    """
    with tempfile.TemporaryDirectory(prefix="stripe-stand-in-") as folder:
        options.setdefault("store", str(Path(folder, "stripe.sqlite")))
        settings = {"webhook_url": webhook_url, **options}
        if secret:
            settings["webhook_secret"] = secret
        with (_process if own_process else _thread)(settings) as handle:
            yield handle


@contextmanager
def _thread(settings: dict[str, Any]) -> Iterator[Handle]:
    app = create_stand_in(Settings(**settings))
    server = serve(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Handle(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        app.extensions["stripe_stand_in"].background.stop()
        app.extensions["stripe_stand_in"].store.close()


@contextmanager
def _process(settings: dict[str, Any]) -> Iterator[Handle]:
    handle = OwnProcess(_arguments(settings))
    try:
        yield handle
    finally:
        handle.stop()


def _arguments(settings: dict[str, Any]) -> list[str]:
    flags = {"webhook_url": "webhook", "webhook_secret": "secret"}
    words = []
    for name, value in settings.items():
        flag = "--" + flags.get(name, name).replace("_", "-")
        words += [flag] if value is True else [f"{flag}={value}"] if value not in (None, False) else []
    return words
