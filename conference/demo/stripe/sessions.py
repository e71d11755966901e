"""Checkout sessions: opened by the merchant, completed by the payer, or expired by time or by request."""

import re
from typing import Any
from urllib.parse import urlsplit

from conference.demo.stripe import customers, events, intents, lists, means, money, objects, setup_intents
from conference.demo.stripe.calls import Call, refuse_unplayed
from conference.demo.stripe.errors import bad_request, missing_parameter, no_such, not_played
from conference.demo.stripe.store import Transaction
from conference.demo.stripe.words import words

Object = dict[str, Any]

KIND = "checkout.session"
HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 60 * 60
PLAYED = words(
    "billing_address_collection cancel_url client_reference_id currency customer customer_email expand expires_at"
    " integration_identifier line_items locale metadata mode payment_intent_data submit_type success_url"
    " ui_mode"
)
LINE_PLAYED = words("metadata price_data quantity")
INTENT_PLAYED = words(
    "description metadata receipt_email setup_future_usage statement_descriptor statement_descriptor_suffix"
)


def create(call: Call) -> Object:
    """`POST /v1/checkout/sessions`."""
    params = call.params
    _refuse_other_modes(params)
    check_addresses(params)
    payer = customers.living(call.tx, params["customer"], param="customer") if "customer" in params else None
    expires_at = expiry(params.get("expires_at"), call.tx.now, lenient=call.settings.lenient_expiry)
    lines = _lines(params, call.tx.now)
    currency = lines[0]["currency"]
    money.check_total(sum(line["amount_total"] for line in lines), currency, param="line_items")
    session = objects.checkout_session(
        now=call.tx.now,
        url=call.public_url,
        line_items=lines,
        debit=means.debit_of(currency),
        params=params | {"expires_at": expires_at},
    )
    if payer is not None:
        session["customer_details"] = objects.customer_details(payer["email"])
    wanted = params.get("payment_intent_data", {}) | ({"customer": payer["id"]} if payer else {})
    hidden = {"line_items": lines, "intent": wanted}
    return call.tx.insert(session, due=expires_at, **hidden)


def _refuse_other_modes(params: Object) -> None:
    if "mode" not in params:
        raise missing_parameter("mode")
    if params["mode"] != "payment":
        raise not_played(f"sessions in {params['mode']} mode", param="mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_played(f"the ui_mode {params['ui_mode']}", param="ui_mode")
    if not params.get("line_items"):
        raise missing_parameter("line_items")
    refuse_unplayed(params.get("payment_intent_data", {}), INTENT_PLAYED, "payment_intent_data")


def check_addresses(params: Object) -> None:
    """Refuses addresses, of the web and of people, that Stripe does not take."""
    if "success_url" not in params:
        raise missing_parameter("success_url")
    for name in ("success_url", "cancel_url"):
        if name in params and not _is_web_address(params[name]):
            raise bad_request("Not a valid URL", param=name, code="url_invalid")
    email = params.get("customer_email")
    if email is not None and "customer" in params:
        raise bad_request("You may only specify one of these parameters: customer, customer_email.")
    if email is not None and not re.fullmatch(r"[^@\s\x00]{1,64}@[^@\s\x00]+\.[^@\s\x00.]+", email):
        raise bad_request(f"Invalid email address: {email[:250]}", param="customer_email", code="email_invalid")
    if len(params.get("client_reference_id", "")) > 200:
        raise bad_request("Invalid string: it must be at most 200 characters", param="client_reference_id")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= 5000 and text.isprintable()


def expiry(wanted: int | None, now: int, *, lenient: bool) -> int:
    """When a session ends by itself; refuses a moment that Stripe does not take."""
    if wanted is None:
        return now + A_DAY
    if wanted < now + (0 if lenient else HALF_AN_HOUR):
        raise bad_request(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", param="expires_at"
        )
    if wanted > now + A_DAY:
        raise bad_request(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", param="expires_at"
        )
    return wanted


def _lines(params: Object, now: int) -> list[Object]:
    if len(params["line_items"]) > 100:
        raise bad_request("You may specify at most 100 line items.", param="line_items")
    lines = [_line(item, f"line_items[{place}]", now) for place, item in enumerate(params["line_items"])]
    if len({line["currency"] for line in lines} | {params.get("currency", lines[0]["currency"])}) > 1:
        raise bad_request("All prices on a Checkout Session must be in one currency.", param="line_items")
    return lines


def _line(item: Object, at: str, now: int) -> Object:
    refuse_unplayed({name: value for name, value in item.items() if name != "price"}, LINE_PLAYED, at)
    if "price" in item:
        raise no_such("price", item["price"], param=f"{at}[price]")
    price = item.get("price_data")
    if price is None:
        raise bad_request(f"You must specify either `price` or `price_data` for {at}.", param=at)
    if "quantity" not in item:
        raise bad_request(f"Quantity is required. Add `quantity` to `{at}`", param=at)
    if "product_data" not in price or "unit_amount" not in price or "recurring" in price:
        raise not_played("prices without product_data and unit_amount, or with recurring,", param=f"{at}[price_data]")
    currency = money.check_currency(price["currency"], param=f"{at}[price_data][currency]")
    return objects.line_item(
        now=now,
        currency=currency,
        amount=money.check_amount(price["unit_amount"], currency, param=f"{at}[price_data][unit_amount]"),
        quantity=money.check_amount(item["quantity"], "", param=f"{at}[quantity]", least=1),
        name=price["product_data"]["name"][:250],
        metadata=item.get("metadata"),
    )


def retrieve(call: Call, session: str) -> Object:
    """`GET /v1/checkout/sessions/:id`."""
    return call.tx.get(KIND, session, param="session")


def listing(call: Call) -> Object:
    """`GET /v1/checkout/sessions`."""
    return lists.page(call, KIND, "/v1/checkout/sessions", by=("payment_intent", "status", "customer"))


def line_items(call: Call, session: str) -> Object:
    """`GET /v1/checkout/sessions/:id/line_items`."""
    call.tx.get(KIND, session, param="session")
    return lists.page_of(lines_of(call.tx, session), call.params, f"/v1/checkout/sessions/{session}/line_items")


def lines_of(tx: Transaction, session: str) -> list[Object]:
    return tx.hidden(session)["line_items"]


def expire(call: Call, session: str) -> Object:
    """`POST /v1/checkout/sessions/:id/expire`."""
    return close(call.tx, call.tx.get(KIND, session, param="session"))


def close(tx: Transaction, session: Object) -> Object:
    """Expires an open session; raises Stripe's refusal of any other."""
    if session["status"] != "open":
        raise bad_request(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of'
            f" `{session['status']}`."
        )
    session.update(status="expired", url=None)
    tx.set_due(session["id"], None)
    tx.save(session)
    if session["payment_intent"]:
        intents.cancel_intent(tx, tx.get("payment_intent", session["payment_intent"]), reason="automatic")
    if session["setup_intent"]:
        setup_intents.cancel(tx, session["setup_intent"])
    events.record(tx, "checkout.session.expired", session)
    return session


def complete(tx: Transaction, session: Object, *, payment_status: str) -> Object:
    """The payer is done: paid, unpaid (a bank debit on its way) or nothing to pay."""
    session.update(status="complete", payment_status=payment_status, url=None)
    tx.set_due(session["id"], None)
    tx.save(session)
    events.record(tx, "checkout.session.completed", session)
    return session
