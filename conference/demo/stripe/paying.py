"""What a payer does at the hosted page; the page and the tests' remote control call the same verbs."""

from typing import Any

from conference.demo.stripe import events, intents, means, money, objects, sessions
from conference.demo.stripe.errors import StripeRefusal, bad_request
from conference.demo.stripe.store import Transaction

Object = dict[str, Any]


class NotOpen(StripeRefusal):
    """The session was already paid, or has expired."""

    def __init__(self, session: Object):
        super().__init__(f"This Checkout Session has a status of {session['status']} and takes no payment.")


def pay(
    tx: Transaction,
    session_id: str,
    method: str,
    *,
    email: str | None = None,
    seconds: float | None = None,
    amount: int | None = None,
    currency: str | None = None,
) -> Object:
    """The session after the payer chose a means of payment; `seconds` is when a bank debit ends, None: when told.

    `amount` and `currency` are paid instead of what the page was opened with, as after a coupon or a change of it that is none of the
    merchant's code. Raises NotOpen, or a refusal for a method that does not exist.
    """
    session = _open_session(tx, session_id)
    if session["mode"] != "payment":
        raise bad_request("Nothing is paid on the page of this Checkout Session: it saves a card.")
    if method not in means.METHODS:
        raise bad_request(f"There is no method {method!r}; there are: {', '.join(means.METHODS)}.", param="method")
    _ask_for_otherwise(tx, session, amount, currency)
    email = session["customer_email"] or email_of_customer(tx, session) or email
    session["customer_details"] = objects.customer_details(email)
    if session["amount_total"] == 0:
        return sessions.complete(tx, session, payment_status="no_payment_required")
    intent = _intent_of(tx, session)
    intents.attach(tx, intent, means.METHODS[method], email=email)
    return _attempt(tx, session, intent, method, seconds)


def _ask_for_otherwise(tx: Transaction, session: Object, amount: int | None, currency: str | None) -> None:
    """The page asks for something else than it was opened with; raises Stripe's refusal of what nobody can pay."""
    currency = money.check_currency(currency or session["currency"], param="currency")
    amount = money.check_amount(session["amount_total"] if amount is None else amount, currency, param="amount")
    session.update(amount_total=money.check_total(amount, currency, param="amount"), currency=currency)
    if session["payment_intent"]:
        intent = tx.get("payment_intent", session["payment_intent"])
        tx.save(intent | {"amount": amount, "currency": currency})


def email_of_customer(tx: Transaction, session: Object) -> str | None:
    found = tx.find("customer", session["customer"]) if session["customer"] else None
    return found["email"] if found else None


def _open_session(tx: Transaction, session_id: str) -> Object:
    session = tx.get(sessions.KIND, session_id, param="session")
    if session["status"] == "open" and session["expires_at"] <= tx.now:
        sessions.close(tx, session)
    if session["status"] != "open":
        raise NotOpen(session)
    return session


def _intent_of(tx: Transaction, session: Object) -> Object:
    """The session's intent; Stripe makes it when the payer first tries, not when the session is opened."""
    if session["payment_intent"]:
        return tx.get("payment_intent", session["payment_intent"])
    wanted = tx.hidden(session["id"])["intent"]
    intent = intents.open_intent(
        tx,
        amount=session["amount_total"],
        currency=session["currency"],
        kinds=session["payment_method_types"],
        params=wanted,
    )
    tx.hide(intent["id"], session=session["id"])
    session["payment_intent"] = intent["id"]
    return intent


def _attempt(tx: Transaction, session: Object, intent: Object, method: str, seconds: float | None) -> Object:
    match means.METHODS[method].does:
        case "succeed":
            intents.succeed(tx, intent)
            return sessions.complete(tx, session, payment_status="paid")
        case "ask":
            intents.ask_bank(tx, intent)
        case "decline":
            intents.decline(tx, intent, means.METHODS[method])
        case "debit":
            outcome = "bounce" if method == "bank_debit_bounces" else "clear"
            due = None if seconds is None else tx.now + seconds
            intents.start_debit(tx, intent, outcome=outcome, due=due)
            return sessions.complete(tx, session, payment_status="unpaid")
    return tx.save(session)


def authenticate(tx: Transaction, session_id: str, *, passed: bool) -> Object:
    """The payer's bank answers a 3-D Secure question; raises NotOpen, or a refusal when none was asked."""
    session = _open_session(tx, session_id)
    intent = tx.find("payment_intent", session["payment_intent"])
    if intent is None or intent["status"] != "requires_action":
        raise bad_request("The bank asked for no authentication of this payment.")
    if not passed:
        intents.refuse_authentication(tx, intent)
        return session
    intents.succeed(tx, intent)
    return sessions.complete(tx, session, payment_status="paid")


def finish_debit(tx: Transaction, intent_id: str, *, outcome: str | None = None) -> Object | None:
    """Clears or bounces a bank debit (as was chosen when it began, unless told) and returns its session, if any."""
    intent = tx.get("payment_intent", intent_id)
    hidden = tx.hidden(intent_id)
    outcome = outcome or hidden.get("outcome", "clear")
    intents.finish_debit(tx, intent, outcome=outcome)
    session = tx.find(sessions.KIND, hidden.get("session"))
    if session is None:
        return None
    if outcome == "clear":
        session["payment_status"] = "paid"
        tx.save(session)
    events.record(tx, f"checkout.session.async_payment_{'succeeded' if outcome == 'clear' else 'failed'}", session)
    return session
