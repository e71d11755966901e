"""/healthz, /readyz and /metrics."""

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from conference.kernel import clock
from conference.operations import figures, readiness
from conference.web import allow, anyone

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@allow(anyone)
def health():
    """This process answers; asks nothing of anybody else. For whoever restarts processes."""
    return {"status": "up"}, {"Cache-Control": "no-store"}


@bp.get("/readyz")
@allow(anyone)
def ready():
    """Everything that serving needs is there, each part named; 503 when one is missing. For monitors and releases."""
    state = readiness.state(now=clock.now())
    return state, 200 if all(state.values()) else 503, {"Cache-Control": "no-store"}


@bp.get("/metrics")
@allow(anyone)
def metrics():
    if not (_has_token() or _is_from_here()):
        abort(404)
    return Response(figures.exposition(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _has_token():
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get(
        "Authorization", ""
    ).encode()  # compare_digest takes no other letters than ASCII as text
    return bool(token) and hmac.compare_digest(given, f"Bearer {token}".encode())


def _is_from_here():
    # A proxy on this machine that is not counted (PROXY_COUNT) makes the whole world look local.
    if not current_app.config["PROXY_COUNT"] and "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
