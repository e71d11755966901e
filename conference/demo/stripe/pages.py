"""The hosted payment page: what Stripe would show the payer, with the outcome to be chosen instead of a card typed."""

import re
from urllib.parse import urlsplit

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from conference.demo.stripe import gate, means, paying, sessions, setups, work
from conference.demo.stripe.errors import StripeRefusal, no_such_address
from conference.demo.stripe.money import plain
from conference.demo.stripe.running import stand_in

bp = Blueprint("pages", __name__)

EMAIL = re.compile(r"[^@\s\x00]{1,64}@[^@\s\x00]{1,180}")
ON_PAGE = ("card", "authentication", "bank_debit", "bank_debit_bounces", "declined", "insufficient_funds")


@bp.get("/")
def home() -> Response:
    """Says what this server is, to whoever finds it."""
    with stand_in().store.read() as tx:
        rows = tx.sql("SELECT body FROM objects WHERE kind = ? ORDER BY seq DESC LIMIT 20", (sessions.KIND,))
        found = [current_app.json.loads(row["body"]) for row in rows]
    return _page("home.html", 200, sessions=found)


@bp.get("/c/pay/<session>")
def show(session: str) -> Response:
    """The page of an open session, or of one that is over."""
    return _show(session)


@bp.post("/c/pay/<session>")
def choose(session: str) -> Response:
    """The payer chose a means of payment: on to the bank, back to the merchant, or here again with the reason."""
    method, email = request.form.get("method", ""), request.form.get("email", "").strip()
    if _load(session)[0]["mode"] == "setup":
        return _save(session, method)
    if method not in ON_PAGE:
        return _show(session, error="Choose one of the ways to pay.", status=422)
    if not _known_email(session) and not EMAIL.fullmatch(email):
        return _show(session, email=email, email_error="Enter an email address, such as ada@example.org.", status=422)
    seconds = stand_in().settings.debit_seconds
    return _after(lambda tx: paying.pay(tx, session, method, email=email, seconds=seconds), session)


def _save(session: str, method: str) -> Response:
    if not setups.is_known(method):
        return _show(session, error="Choose one of the cards.", status=422)
    return _after(lambda tx: setups.save(tx, session, method), session)


@bp.get("/c/pay/<session>/authenticate")
def ask(session: str) -> Response:
    """The bank's own question, as 3-D Secure shows it."""
    found, intent = _load(session)
    if found["status"] != "open" or intent is None or intent["status"] != "requires_action":
        return redirect(f"/c/pay/{session}", 303)
    return _page("authenticate.html", 200, found)


@bp.post("/c/pay/<session>/authenticate")
def authenticate(session: str) -> Response:
    """The payer said yes or no to the bank."""
    passed = request.form.get("answer") == "complete"
    return _after(lambda tx: paying.authenticate(tx, session, passed=passed), session)


def _after(verb, session: str) -> Response:
    try:
        with stand_in().store.write() as tx:
            found = verb(tx)
            intent = tx.find("payment_intent", found["payment_intent"])
    except paying.NotOpen:
        return redirect(f"/c/pay/{session}", 303)
    except StripeRefusal as refusal:
        if refusal.status == 404:
            raise
        return _show(session, error=str(refusal), status=422)
    if found["status"] == "complete":
        return redirect(success_address(found), 303)
    step = "/authenticate" if intent and intent["status"] == "requires_action" else ""
    return redirect(f"/c/pay/{session}{step}", 303)


def success_address(session: dict) -> str:
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])


def _show(session: str, *, error: str = "", email: str = "", email_error: str = "", status: int = 200) -> Response:
    work.catch_up(stand_in().store)
    found, intent = _load(session)
    if found["status"] != "open":
        return _page("over.html", 200 if status == 200 else 409, found, success=success_address(found))
    if found["mode"] == "setup":
        return _show_setup(found, error, status)
    with stand_in().store.read() as tx:
        lines = sessions.lines_of(tx, session)
    failure = (intent or {}).get("last_payment_error") or {}
    return _page(
        "pay.html",
        status,
        found,
        lines=lines,
        debit=means.debit_of(found["currency"]).replace("_", " "),
        error=error or failure.get("message", ""),
        known=_known_email(session),
        email=email,
        email_error=email_error,
    )


def _show_setup(found: dict, error: str, status: int) -> Response:
    with stand_in().store.read() as tx:
        error = error or setups.error_of(tx, found)
    return _page("save_card.html", status, found, error=error, known=_known_email(found["id"]))


def _load(session: str) -> tuple[dict, dict | None]:
    with stand_in().store.read() as tx:
        found = tx.get(sessions.KIND, session)
        return found, tx.find("payment_intent", found["payment_intent"])


def _known_email(session: str) -> str | None:
    """The address that the session, or the customer whom it names, has already: the page does not ask for it."""
    with stand_in().store.read() as tx:
        found = tx.find(sessions.KIND, session)
        return (found["customer_email"] or paying.email_of_customer(tx, found)) if found else None


def _page(template: str, status: int, session: dict | None = None, **facts) -> Response:
    settings = stand_in().settings
    html = render_template(template, session=session, merchant=settings.merchant, settings=settings, **facts)
    response = make_response(html, status)
    response.headers["Content-Security-Policy"] = _policy(session)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _policy(session: dict | None) -> str:
    """Browsers hold the redirect after a form to form-action too, so the merchant's origin stands in it."""
    origins = {"'self'"}
    for name in ("success_url", "cancel_url"):
        parts = urlsplit((session or {}).get(name) or "")
        if re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc):
            origins.add(f"{parts.scheme}://{parts.netloc}")
    return (
        f"default-src 'none'; style-src 'self'; form-action {' '.join(sorted(origins))};"
        " base-uri 'none'; frame-ancestors 'none'"
    )


@bp.app_template_filter("money")
def money(amount: int, currency: str) -> str:
    return plain(amount, currency)


@bp.app_template_filter("seconds")
def seconds(number: float) -> str:
    """`15 seconds`, `1 second`, `2.5 seconds`."""
    return f"{number:g} second{'' if number == 1 else 's'}"


@bp.errorhandler(StripeRefusal)
def no_session(_: StripeRefusal) -> Response:
    return _page("missing.html", 404)


@bp.app_errorhandler(404)
@bp.app_errorhandler(405)
def not_found(_: Exception) -> Response:
    """An error object for a program, a page for a person."""
    if request.path.startswith(("/v1/", "/v2/")):
        return gate.refused(no_such_address(request.method, request.path))
    return _page("missing.html", 404)
