"""The remote control of tests and demonstrations: `/_faults` and `/_control`, in JSON, which Stripe does not have."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request

from conference.demo.stripe import (
    customers,
    delivery,
    disputes,
    faults,
    paying,
    payouts,
    refunds,
    sessions,
    setup_intents,
    setups,
    work,
)
from conference.demo.stripe.errors import StripeRefusal, bad_request
from conference.demo.stripe.running import stand_in

bp = Blueprint("control", __name__)


@bp.before_request
def refuse_browsers() -> tuple[Response, int] | None:
    """A web page must not be able to steer the stand-in: only JSON, which needs a preflight, and no other origin."""
    if request.method != "GET" and (not request.is_json or request.headers.get("Origin")):
        return jsonify(error="Send JSON, and not from a web page."), 415
    return None


@bp.errorhandler(StripeRefusal)
@bp.errorhandler(faults.UnknownFault)
def explain(refusal: Exception) -> tuple[Response, int]:
    return jsonify(error=str(refusal)), getattr(refusal, "status", 422)


@bp.get("/_faults")
def show_faults() -> Response:
    with stand_in().store.read() as tx:
        return jsonify(vars(faults.current(tx)))


@bp.get("/_faults/struck")
def show_struck() -> Response:
    """How often each fault has struck."""
    with stand_in().store.read() as tx:
        return jsonify(faults.struck(tx))


@bp.post("/_faults")
def change_faults() -> Response:
    """Sets the faults that are named and leaves the others."""
    return _write(lambda tx: vars(faults.change(tx, **_wishes())))


@bp.delete("/_faults")
def clear_faults() -> Response:
    return _write(lambda tx: vars(faults.clear(tx)))


@bp.get("/_control/sessions")
def list_sessions() -> Response:
    work.catch_up(stand_in().store)
    with stand_in().store.read() as tx:
        rows = tx.sql("SELECT body FROM objects WHERE kind = ? ORDER BY seq DESC LIMIT 1000", (sessions.KIND,))
        return jsonify(sessions=[json.loads(row["body"]) for row in rows])


@bp.post("/_control/sessions/<session>/pay")
def pay(session: str) -> Response:
    """Pays without a browser; a bank debit ends after `seconds`, or when told if that is left out.

    `amount` and `currency` are paid instead of what the page was opened with.
    """
    wishes = _wishes(method="card", email=None, seconds=None, amount=None, currency=None)
    email = None if wishes["email"] is None else _text(wishes["email"], "email")
    seconds = None if wishes["seconds"] is None else _number(wishes["seconds"], "seconds")
    method = _text(wishes["method"], "method")
    other: dict[str, Any] = {}
    other |= {} if wishes["amount"] is None else {"amount": int(_number(wishes["amount"], "amount"))}
    other |= {} if wishes["currency"] is None else {"currency": _text(wishes["currency"], "currency")}
    return _write(lambda tx: paying.pay(tx, session, method, email=email, seconds=seconds, **other))


@bp.post("/_control/sessions/<session>/save")
def save(session: str) -> Response:
    """Saves a card on the page of a session in setup mode."""
    method = _text(_wishes(method="card")["method"], "method")
    return _write(lambda tx: setups.save(tx, session, method))


@bp.post("/_control/payment_methods/<method>")
def change_card(method: str) -> Response:
    """The bank sends a new card: other last digits, another expiry."""
    wishes = _wishes(last4="4242", exp_month=12, exp_year=2034)
    card: dict[str, Any] = {"last4": _text(wishes["last4"], "last4")}
    card |= {name: int(_number(wishes[name], name)) for name in ("exp_month", "exp_year")}
    return _write(lambda tx: setup_intents.change(tx, method, **card))


@bp.post("/_control/sessions/<session>/authenticate")
def authenticate(session: str) -> Response:
    passed = _one_of("outcome", complete=True, fail=False)
    return _write(lambda tx: paying.authenticate(tx, session, passed=passed))


@bp.post("/_control/sessions/<session>/debit")
def end_debit(session: str) -> Response:
    outcome = _one_of("outcome", clear="clear", bounce="bounce")

    def end(tx: Any) -> Any:
        intent = tx.get(sessions.KIND, session)["payment_intent"]
        return paying.finish_debit(tx, intent, outcome=outcome)

    return _write(end)


@bp.post("/_control/sessions/<session>/expire")
def expire(session: str) -> Response:
    return _write(lambda tx: sessions.close(tx, tx.get(sessions.KIND, session)))


@bp.post("/_control/payment_intents/<intent>/debit")
def end_direct_debit(intent: str) -> Response:
    outcome = _one_of("outcome", clear="clear", bounce="bounce")
    return _write(lambda tx: paying.finish_debit(tx, intent, outcome=outcome) or tx.get("payment_intent", intent))


@bp.post("/_control/refunds/<refund>")
def settle_refund(refund: str) -> Response:
    outcome = _one_of("outcome", succeed="succeed", fail="fail", cancel="cancel")
    return _write(lambda tx: refunds.settle(tx, refund, outcome=outcome))


@bp.post("/_control/charges/<charge>/dispute")
def dispute(charge: str) -> Response:
    """A bank disputes a charge, or only asks about it (`inquiry`), over all of it or an `amount`."""
    wishes = _wishes(reason="fraudulent", amount=None, inquiry=False)
    reason = _text(wishes["reason"], "reason")
    amount = None if wishes["amount"] is None else int(_number(wishes["amount"], "amount"))
    inquiry = wishes["inquiry"] is True
    return _write(lambda tx: disputes.open_dispute(tx, charge, reason=reason, amount=amount, inquiry=inquiry))


@bp.post("/_control/disputes/<dispute>")
def decide_dispute(dispute: str) -> Response:
    verbs = {
        "answered": disputes.answer,
        "escalated": disputes.escalate,
        "won": partial(disputes.close_dispute, outcome="won"),
        "lost": partial(disputes.close_dispute, outcome="lost"),
    }
    verb = _one_of("outcome", **verbs)
    return _write(lambda tx: verb(tx, dispute))


@bp.post("/_control/customers/<customer>/deletion")
def delete_customer(customer: str) -> Response:
    return _write(lambda tx: customers.bury(tx, customer))


@bp.post("/_control/payouts")
def pay_out() -> Response:
    """Sends what the balance holds to the bank."""
    return _write(payouts.pay_out)


@bp.post("/_control/payouts/<payout>/fail")
def fail_payout(payout: str) -> Response:
    return _write(lambda tx: payouts.fail(tx, payout))


@bp.get("/_control/deliveries")
def deliveries() -> Response:
    with stand_in().store.read() as tx:
        return jsonify(deliveries=delivery.overview(tx))


@bp.post("/_control/deliver")
def deliver() -> Response:
    """Tries every waiting delivery now; with `lost`, those too that were lost on request."""
    work.catch_up(stand_in().store)
    lost = _wishes(lost=False)["lost"] is True
    return jsonify(delivery.deliver_all(stand_in().store, stand_in().settings, lost=lost))


@bp.post("/_control/webhook")
def set_webhook() -> Response:
    """Where events go from now on, and the secret that signs them; `url` null: nowhere."""
    wishes = _wishes(url=None, secret=stand_in().settings.webhook_secret)
    hook = {"url": _text(wishes["url"], "url"), "secret": _text(wishes["secret"], "secret")} if wishes["url"] else None
    return _write(lambda tx: tx.choose("webhook", hook) or {"webhook": hook and hook["url"]})


@bp.post("/_control/clock")
def set_clock() -> Response:
    """Moves the stand-in's own clock; deliveries are still signed with the true time."""
    offset = _number(_wishes(offset_seconds=0)["offset_seconds"], "offset_seconds")
    changed = _write(lambda tx: tx.choose("clock_offset", offset) or {"offset_seconds": offset})
    work.catch_up(stand_in().store)
    return changed


def _write(verb: Callable[[Any], Any]) -> Response:
    with stand_in().store.write() as tx:
        return jsonify(verb(tx))


def _wishes(**defaults: Any) -> dict[str, Any]:
    """The JSON object that was sent; with defaults, only their names are taken."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise bad_request("Send a JSON object.")
    unknown = set(sent) - set(defaults)
    if defaults and unknown:
        raise bad_request(f"Unknown: {', '.join(sorted(unknown))}; there are: {', '.join(defaults)}.")
    return defaults | sent


def _one_of(name: str, **choices: Any) -> Any:
    wanted = _wishes(**{name: None})[name]
    if not isinstance(wanted, str) or wanted not in choices:
        raise bad_request(f"{name} is one of: {', '.join(choices)}.")
    return choices[wanted]


def _text(value: Any, name: str) -> str:
    if isinstance(value, str) and value.isprintable() and len(value) <= 2000:
        return value
    raise bad_request(f"{name} is a text.")


def _number(value: Any, name: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 400 * 86_400:
        return float(value)
    raise bad_request(f"{name} is a number of seconds, a year at most.")
