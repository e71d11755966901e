"""A wire-tap: passes every request on to a server and keeps what was asked, byte by byte."""

import http.client
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from conference.demo.stripe.forms import decode

PLACES = (
    (r"/(cs_[^/]+)", "/{session}"),
    (r"/(re_[^/]+)", "/{refund}"),
    (r"/(cus_[^/]+)", "/{customer}"),
    (r"/(du_[^/]+)", "/{dispute}"),
    (r"/(pi_[^/]+)", "/{intent}"),
    (r"/(pm_[^/]+)", "/{payment_method}"),
)
DIGITS = re.compile(r"-?\d{1,18}")
TEXTS = ("metadata", "client_reference_id", "name", "description")


@dataclass(frozen=True)
class Request:
    """One request as it went over the wire."""

    method: str
    path: str
    form: bytes
    headers: dict

    @property
    def endpoint(self):
        """As Stripe's reference names it, such as `POST /v1/checkout/sessions/{session}/expire`."""
        path = self.path
        for pattern, name in PLACES:
            path = re.sub(pattern, name, path)
        return f"{self.method} {path}"

    @property
    def parameters(self):
        """The parameters nested as Stripe reads them, numbers as numbers, yes and no as such."""
        return _with_numbers(decode(self.form))


def _with_numbers(value, name=""):
    if isinstance(value, dict):
        return {key: value[key] if key in TEXTS else _with_numbers(value[key], key) for key in value}
    if isinstance(value, list):
        return [_with_numbers(each) for each in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if DIGITS.fullmatch(value) else value


class WireTap:
    """Its `url` stands for the server's; `requests` are those that went through."""

    def __init__(self, target):
        self.target, self.requests = urlsplit(target).netloc, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def of(self, endpoint):
        """The requests to one endpoint, in order."""
        return [each for each in self.requests if each.endpoint == endpoint]


def _handler(tap):
    class Handler(BaseHTTPRequestHandler):
        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path, _, query = self.path.partition("?")
            tap.requests.append(Request(self.command, path, body or query.encode(), dict(self.headers)))
            connection = http.client.HTTPConnection(tap.target, timeout=10)
            connection.request(self.command, self.path, body or None, dict(self.headers))
            answer = connection.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            if "Retry-After" in answer.headers:
                self.send_header("Retry-After", answer.headers["Retry-After"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

        do_GET = do_POST = do_DELETE = pass_on

        def log_message(self, *_):
            pass

    return Handler


@contextmanager
def wire_tap(target):
    """A WireTap before the server at `target` for the length of a `with`."""
    tap = WireTap(target)
    thread = threading.Thread(target=tap.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield tap
    finally:
        tap.server.shutdown()
        tap.server.server_close()
