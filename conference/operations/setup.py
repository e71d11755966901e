"""Around each request: an id, one line in the log, one count in the figures."""

import logging
import re
import time

from flask import g, request

from conference.kernel import new_ref
from conference.operations import figures, logs

log = logging.getLogger("plenary.requests")

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def set_up(app):
    """Called once when the application is made."""
    if app.config["MODE"] != "test":
        logs.begin()
    app.before_request(_begin)
    app.after_request(_end)


def _begin():
    g.began = time.perf_counter()
    g.request_id = _given_id() or new_ref(16)


def _given_id():
    """The id that the proxy in front gave it, so that both logs speak of the same request."""
    given = request.headers.get("X-Request-Id", "")
    return given if _ID.fullmatch(given) else None


def _end(response):
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    response.headers["X-Request-Id"] = g.get("request_id", "")
    figures.note(response, seconds)
    # The rule, not the address: addresses may hold references and tokens.
    route = str(request.url_rule) if request.url_rule else "unknown"
    details = {"method": request.method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    log.info("request", extra=details)
    return response
