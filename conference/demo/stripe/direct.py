"""Payment intents made by the merchant itself, without a page: a stored card charged while its owner is away."""

from typing import Any

from conference.demo.stripe import intents, means, setup_intents
from conference.demo.stripe.calls import Call, Declined
from conference.demo.stripe.errors import StripeRefusal, bad_request, missing_parameter, no_such
from conference.demo.stripe.money import check_amount, check_currency, check_total
from conference.demo.stripe.store import Transaction
from conference.demo.stripe.words import words

Object = dict[str, Any]

PLAYED = words(
    "allowed_payment_method_types amount automatic_payment_methods confirm currency customer description"
    " error_on_requires_action expand metadata off_session payment_method receipt_email setup_future_usage"
    " statement_descriptor statement_descriptor_suffix"
)


def create(call: Call) -> Object | Declined:
    """`POST /v1/payment_intents`; a declined card is an answer with status 402 that leaves its traces."""
    params = call.params
    currency = check_currency(params["currency"], param="currency")
    amount = check_amount(params["amount"], currency, param="amount", least=1)
    check_total(amount, currency, param="amount")
    kinds = params.get("allowed_payment_method_types") or ["card", means.debit_of(currency)]
    intent = intents.open_intent(call.tx, amount=amount, currency=currency, kinds=kinds, params=params)
    return _confirm(call, intent) if params.get("confirm") else intent


def _confirm(call: Call, intent: Object) -> Object | Declined:
    if "payment_method" not in call.params:
        raise missing_parameter("payment_method")
    name = _put_in(call, intent)
    method = means.METHODS[name]
    match method.does:
        case "succeed":
            intents.succeed(call.tx, intent)
        case "debit":
            outcome = "bounce" if name == "bank_debit_bounces" else "clear"
            due = call.tx.now + call.settings.debit_seconds
            intents.start_debit(call.tx, intent, outcome=outcome, due=due)
        case "ask" if not _refuses_questions(call.params):
            intents.ask_bank(call.tx, intent)
        case _:
            intents.decline(call.tx, intent, method)
            return Declined(_card_error(intent))
    return intent


def _put_in(call: Call, intent: Object) -> str:
    """The sort of the means that was named: one of Stripe's test cards, or one that a customer has stored."""
    given = call.params["payment_method"]
    name = means.TEST_CARDS.get(given)
    if name is not None:
        intents.attach(call.tx, intent, means.METHODS[name], email=None)
        return name
    if call.tx.find("payment_method", given) is None:
        raise no_such("PaymentMethod", given, param="payment_method")
    name = setup_intents.means_of(call.tx, given, call.params.get("customer"))
    intent.update(payment_method=given, last_payment_error=None, next_action=None)
    return name


def _refuses_questions(params: Object) -> bool:
    """Whether nobody is there whom a bank could ask."""
    return params.get("off_session") not in (None, False, "false") or bool(params.get("error_on_requires_action"))


def _card_error(intent: Object) -> StripeRefusal:
    error = intent["last_payment_error"]
    return StripeRefusal(
        error["message"],
        status=402,
        kind="card_error",
        code=error["code"],
        decline_code=error.get("decline_code"),
        charge=error["charge"],
        payment_intent=intent,
        payment_method=error["payment_method"],
    )


def cancel(call: Call, intent: str) -> Object:
    """`POST /v1/payment_intents/:id/cancel`."""
    found = call.tx.get("payment_intent", intent, param="intent")
    if _belongs_to_open_session(call.tx, found):
        raise bad_request("You cannot cancel a PaymentIntent of a Checkout Session; expire the session instead.")
    return intents.cancel_intent(call.tx, found, reason=call.params.get("cancellation_reason"))


def _belongs_to_open_session(tx: Transaction, intent: Object) -> bool:
    session = tx.find("checkout.session", tx.hidden(intent["id"]).get("session"))
    return session is not None and session["status"] == "open"
