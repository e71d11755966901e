"""A running stand-in, the official client pointed at it, and a webhook that writes down what it is sent."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe

from conference.demo.stripe import running_stand_in

SECRET = "whsec_of_these_tests"


@pytest.fixture
def stand_in():
    with running_stand_in(lenient_expiry=True, retry_base=0.05) as running:
        yield running


@pytest.fixture
def client(stand_in):
    return stand_in.client()


class Webhook:
    """Receives events; refuses each as often as it is told, and checks every signature as an application would."""

    def __init__(self):
        self.seen, self.arrivals, self.answers, self.forged = [], threading.Condition(), [], 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/stripe/webhook?tenant=1"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def _handler(webhook):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(webhook.take(body.decode(), self.headers.get("Stripe-Signature")))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler

    def take(self, payload, signature):
        with self.arrivals:
            try:
                event = stripe.Webhook.construct_event(payload, signature, SECRET, api_key="sk_test_none")
            except stripe.SignatureVerificationError:
                self.forged += 1
                self.arrivals.notify_all()
                return 400
            status = self.answers.pop(0) if self.answers else 200
            self.seen.append((event, status))
            self.arrivals.notify_all()
            return status

    def types(self):
        """Types of the events that were accepted, in the order of arrival."""
        return [event.type for event, status in self.seen if status == 200]

    def wait_for(self, truth, seconds=10):
        with self.arrivals:
            assert self.arrivals.wait_for(lambda: truth(self), seconds), self.types()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def webhook():
    hook = Webhook()
    yield hook
    hook.close()


@pytest.fixture
def told(stand_in, webhook):
    """The stand-in, sending its events to the webhook."""
    stand_in.send_events_to(webhook.url, SECRET)
    return stand_in
