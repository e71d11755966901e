"""The table of addresses that the stand-in answers under `/v1`, and the short ones of its handlers."""

from typing import Any

from stripe import params as p
from stripe.params import checkout as c

from conference.demo.stripe import customers, direct, events, lists, payouts, refunds, sessions, setups
from conference.demo.stripe.calls import Call
from conference.demo.stripe.gate import Endpoint
from conference.demo.stripe.words import words

EXPAND = frozenset({"expand"})


def endpoints() -> dict[tuple[str, str], Endpoint]:
    """Method and Flask rule of every endpoint."""
    session = "/v1/checkout/sessions"
    return {
        ("POST", session): Endpoint(c.SessionCreateParams, setups.open_session, sessions.PLAYED | setups.PLAYED),
        ("GET", session): Endpoint(c.SessionListParams, sessions.listing, _filters("customer payment_intent status")),
        ("GET", f"{session}/<session>"): Endpoint(c.SessionRetrieveParams, sessions.retrieve),
        ("POST", f"{session}/<session>/expire"): Endpoint(c.SessionExpireParams, sessions.expire),
        ("GET", f"{session}/<session>/line_items"): Endpoint(c.SessionLineItemListParams, sessions.line_items),
        ("POST", "/v1/payment_intents"): Endpoint(p.PaymentIntentCreateParams, direct.create, direct.PLAYED),
        ("GET", "/v1/payment_intents"): Endpoint(p.PaymentIntentListParams, _intents, _filters("customer")),
        ("GET", "/v1/payment_intents/<intent>"): Endpoint(p.PaymentIntentRetrieveParams, _intent, EXPAND),
        ("POST", "/v1/payment_intents/<intent>/cancel"): Endpoint(p.PaymentIntentCancelParams, direct.cancel),
        ("GET", "/v1/charges"): Endpoint(p.ChargeListParams, _charges, _filters("customer payment_intent")),
        ("GET", "/v1/charges/<charge>"): Endpoint(p.ChargeRetrieveParams, _charge),
        ("POST", "/v1/refunds"): Endpoint(p.RefundCreateParams, refunds.create, refunds.PLAYED),
        ("GET", "/v1/refunds"): Endpoint(p.RefundListParams, refunds.listing),
        ("GET", "/v1/refunds/<refund>"): Endpoint(p.RefundRetrieveParams, _refund),
        ("POST", "/v1/refunds/<refund>"): Endpoint(p.RefundUpdateParams, refunds.update),
        ("POST", "/v1/customers"): Endpoint(p.CustomerCreateParams, customers.create, customers.PLAYED),
        ("GET", "/v1/customers"): Endpoint(p.CustomerListParams, customers.listing, _filters("email")),
        ("GET", "/v1/customers/<customer>"): Endpoint(p.CustomerRetrieveParams, customers.retrieve, EXPAND),
        ("POST", "/v1/customers/<customer>"): Endpoint(p.CustomerUpdateParams, customers.update, customers.PLAYED),
        ("DELETE", "/v1/customers/<customer>"): Endpoint(p.CustomerDeleteParams, customers.delete),
        ("GET", "/v1/events"): Endpoint(p.EventListParams, _events),
        ("GET", "/v1/events/<event>"): Endpoint(p.EventRetrieveParams, _event),
        ("GET", "/v1/disputes"): Endpoint(p.DisputeListParams, _disputes),
        ("GET", "/v1/disputes/<dispute>"): Endpoint(p.DisputeRetrieveParams, _dispute),
        ("GET", "/v1/balance_transactions"): Endpoint(
            p.BalanceTransactionListParams, payouts.rows, _filters("payout source type")
        ),
        ("GET", "/v1/balance_transactions/<row>"): Endpoint(p.BalanceTransactionRetrieveParams, _row),
        ("GET", "/v1/payouts"): Endpoint(p.PayoutListParams, payouts.listing, _filters("status")),
        ("GET", "/v1/payouts/<payout>"): Endpoint(p.PayoutRetrieveParams, _payout, EXPAND),
        ("GET", "/v1/payment_methods/<method>"): Endpoint(p.PaymentMethodRetrieveParams, _method),
        ("POST", "/v1/payment_methods/<method>/detach"): Endpoint(p.PaymentMethodDetachParams, setups.detach, EXPAND),
        ("GET", "/v1/setup_intents/<intent>"): Endpoint(p.SetupIntentRetrieveParams, _setup_intent, EXPAND),
    }


def _filters(names: str) -> frozenset[str]:
    return words(names) | {"created", "ending_before", "expand", "limit", "starting_after"}


def _intent(call: Call, intent: str) -> Any:
    return call.tx.get("payment_intent", intent, param="intent")


def _intents(call: Call) -> Any:
    return lists.page(call, "payment_intent", "/v1/payment_intents", by=("customer",))


def _charge(call: Call, charge: str) -> Any:
    return call.tx.get("charge", charge)


def _charges(call: Call) -> Any:
    return lists.page(call, "charge", "/v1/charges", by=("customer", "payment_intent"))


def _refund(call: Call, refund: str) -> Any:
    return call.tx.get("refund", refund)


def _event(call: Call, event: str) -> Any:
    return events.with_pending_count(call.tx, call.tx.get("event", event))


def _events(call: Call) -> Any:
    found = lists.page(call, "event", "/v1/events", where=events.filters(call.params))
    return found | {"data": [events.with_pending_count(call.tx, event) for event in found["data"]]}


def _dispute(call: Call, dispute: str) -> Any:
    return call.tx.get("dispute", dispute)


def _disputes(call: Call) -> Any:
    return lists.page(call, "dispute", "/v1/disputes", by=("charge", "payment_intent"))


def _row(call: Call, row: str) -> Any:
    return call.tx.get("balance_transaction", row)


def _payout(call: Call, payout: str) -> Any:
    return call.tx.get("payout", payout)


def _setup_intent(call: Call, intent: str) -> Any:
    return call.tx.get("setup_intent", intent, param="intent")


def _method(call: Call, method: str) -> Any:
    return call.tx.get("payment_method", method)
