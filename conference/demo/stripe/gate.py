"""The way in for every call of the API: who calls, with which parameters, whether again, and what goes wrong."""

import base64
import binascii
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from socket import SHUT_RDWR
from typing import Any

from flask import Response, current_app, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from conference.demo.stripe import faults, forms, idempotency, lists, params, work
from conference.demo.stripe.calls import Call, Declined, refuse_unplayed
from conference.demo.stripe.errors import (
    StripeRefusal,
    no_key,
    no_permission,
    server_error,
    too_many_requests,
    wrong_key,
)
from conference.demo.stripe.idempotency import Answer
from conference.demo.stripe.ids import new_id
from conference.demo.stripe.objects import API_VERSION
from conference.demo.stripe.settings import Settings
from conference.demo.stripe.store import Store, Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Endpoint:
    """One method of one address: the parameters that Stripe takes, those that are played, and the work."""

    shape: type
    work: Callable[..., Any]
    played: frozenset[str] | None = None


def answer(endpoint: Endpoint, store: Store, settings: Settings, **named: str) -> Response:
    """Stripe's answer to the current request, or a broken connection."""
    request_id = new_id("req")
    struck = faults.take_for_call(store, request.method, request.path)
    if _does_nothing(_faults_of(store), struck):
        return break_connection()
    try:
        given = _answer(endpoint, store, settings, named, request_id, struck)
    except StripeRefusal as refusal:
        given = Answer(refusal.status, refusal.body(request_id), request_id)
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        given = Answer(500, server_error().body(request_id), request_id)
    if "reset" in struck:
        return break_connection()
    response = _as_response(given)
    if given.status == 429:
        response.headers["Retry-After"] = str(_faults_of(store).busy_seconds)
    return response


def _does_nothing(chosen: faults.Faults, struck: frozenset[str]) -> bool:
    """Whether the connection breaks, at once or after a while, before anything was done."""
    _wait("instead", chosen, struck)
    is_hung = "slow" in struck and chosen.slow_when == "instead"
    return is_hung or ("reset" in struck and chosen.reset_when == "before")


def _faults_of(store: Store) -> faults.Faults:
    with store.read() as tx:
        return faults.current(tx)


def _answer(
    endpoint: Endpoint, store: Store, settings: Settings, named: dict[str, str], request_id: str, struck: frozenset[str]
) -> Answer:
    account = _account()
    if "busy" in struck:
        raise too_many_requests()
    if "forbidden" in struck:
        raise no_permission(account)
    chosen, text = _faults_of(store), _text()
    checked = params.check(endpoint.shape, forms.decode(text))
    if endpoint.played is not None:
        refuse_unplayed(checked, endpoint.played)
    key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    name = idempotency.scoped(key, account) if key is not None else None
    if name:
        earlier = idempotency.claim(store, name, idempotency.fingerprint("POST", request.path, text), request_id)
        if earlier:
            _wait(chosen.slow_when, chosen, struck)
            return earlier
    _wait("before", chosen, struck)
    if request.method == "GET":
        work.catch_up(store)
    call = Work(endpoint, checked, named, settings, request_id, key, name)
    result = call.fail(store, server_error()) if "error" in struck else call.run(store)
    _wait("after", chosen, struck)
    return result


def _text() -> bytes:
    """The parameters as they came: in the body of a POST, behind the address of a GET."""
    if request.method == "GET":
        return request.query_string
    try:
        return request.get_data()
    except RequestEntityTooLarge:
        raise StripeRefusal("Request body is too large.", status=413) from None


@dataclass(frozen=True)
class Work:
    """The work of one call, done and remembered in one transaction."""

    endpoint: Endpoint
    params: dict[str, Any]
    named: dict[str, str]
    settings: Settings
    request_id: str
    key: str | None
    name: str | None

    def run(self, store: Store) -> Answer:
        try:
            with store.read() if request.method == "GET" else store.write() as tx:
                return self._do(tx)
        except StripeRefusal as refusal:
            return self.fail(store, refusal)
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            return self.fail(store, server_error())

    def _do(self, tx: Transaction) -> Answer:
        tx.cause = {"id": self.request_id, "idempotency_key": self.key}
        public_url = self.settings.public_url or request.host_url
        body = self.endpoint.work(Call(tx, self.params, public_url.rstrip("/"), self.settings), **self.named)
        if isinstance(body, Declined):
            result = Answer(body.error.status, body.error.body(self.request_id), self.request_id)
        else:
            result = Answer(200, lists.expand(tx, body, self.params.get("expand", [])), self.request_id)
        if self.name:
            idempotency.keep(tx, self.name, result)
        return result

    def fail(self, store: Store, refusal: StripeRefusal) -> Answer:
        """The refusal, remembered for the key as any answer is."""
        result = Answer(refusal.status, refusal.body(self.request_id), self.request_id)
        if self.name:
            with store.write() as tx:
                idempotency.keep(tx, self.name, result)
        return result


def _account() -> str:
    """The API key; only test keys are taken, so that a live one sent here by mistake is refused."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            value = ""
    if not value or scheme.lower() not in ("bearer", "basic"):
        raise no_key()
    if not value.startswith(("sk_test_", "rk_test_")):
        raise wrong_key(value)
    return value


def _wait(moment: str, chosen: faults.Faults, struck: frozenset[str]) -> None:
    if "slow" in struck and chosen.slow_when == moment:
        time.sleep(chosen.slow_seconds)


def break_connection() -> Response:
    """Cuts the caller off without a word; what is returned never arrives."""
    socket = request.environ.get("werkzeug.socket") or request.environ.get("gunicorn.socket")
    if socket is None:
        raise RuntimeError("This server does not show its socket, so that no connection can be broken.")
    socket.shutdown(SHUT_RDWR)
    return Response(status=500)


def _as_response(given: Answer) -> Response:
    response = jsonify(given.body)
    response.status_code = given.status
    response.headers["Request-Id"] = given.request_id
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", API_VERSION)
    response.headers["Cache-Control"] = "no-cache, no-store"
    key = request.headers.get("Idempotency-Key")
    if key and request.method == "POST":
        response.headers["Idempotency-Key"] = key
        response.headers["Original-Request"] = given.request_id
    if given.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    if given.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Stripe stand-in"'
    return response


def refused(refusal: StripeRefusal) -> Response:
    """An answer outside any endpoint: no such address, no such method."""
    current_app.logger.debug("%s %s: %s", request.method, request.path, refusal)
    request_id = new_id("req")
    return _as_response(Answer(refusal.status, refusal.body(request_id), request_id))
