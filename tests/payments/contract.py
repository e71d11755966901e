"""Stripe's request schemas: as published beside the repository when they are there, and as the installed client types them."""

import gzip
import json
import types
from decimal import Decimal
from pathlib import Path
from typing import Literal, Union, get_args, get_origin, get_type_hints

from jsonschema import Draft202012Validator
from stripe import RequestOptions
from stripe import params as of
from stripe.params import checkout as of_checkout

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "stripe"

SHAPES = {
    "POST /v1/checkout/sessions": of_checkout.SessionCreateParams,
    "GET /v1/checkout/sessions/{session}": of_checkout.SessionRetrieveParams,
    "POST /v1/checkout/sessions/{session}/expire": of_checkout.SessionExpireParams,
    "POST /v1/refunds": of.RefundCreateParams,
    "GET /v1/refunds": of.RefundListParams,
    "GET /v1/refunds/{refund}": of.RefundRetrieveParams,
    "GET /v1/events": of.EventListParams,
    "GET /v1/payouts": of.PayoutListParams,
    "GET /v1/balance_transactions": of.BalanceTransactionListParams,
    "GET /v1/checkout/sessions": of_checkout.SessionListParams,
    "POST /v1/customers": of.CustomerCreateParams,
    "POST /v1/customers/{customer}": of.CustomerUpdateParams,
    "GET /v1/customers": of.CustomerListParams,
    "GET /v1/disputes": of.DisputeListParams,
    "GET /v1/disputes/{dispute}": of.DisputeRetrieveParams,
    "POST /v1/payment_intents": of.PaymentIntentCreateParams,
    "GET /v1/payment_intents": of.PaymentIntentListParams,
    "GET /v1/payment_intents/{intent}": of.PaymentIntentRetrieveParams,
    "GET /v1/payment_methods/{payment_method}": of.PaymentMethodRetrieveParams,
    "POST /v1/payment_methods/{payment_method}/detach": of.PaymentMethodDetachParams,
}
SCALARS = {int: "integer", str: "string", bool: "boolean", float: "number", Decimal: "string"}
# Names that the client imports for type checkers only.
UNSEEN = {"StripeContext": str, "Mapping": dict, "UntypedStripeObject": dict}


def faults(schema, parameters):
    """What a schema finds wrong with parameters, in words."""
    return [
        f"{'.'.join(str(step) for step in each.path)}: {each.message}"
        for each in Draft202012Validator(schema).iter_errors(parameters)
    ]


def published():
    """{endpoint: schema} of the API version in use, or None when the files are not there."""
    found = sorted(PUBLISHED.glob("request-schemas-*.json.gz"))
    if not found:
        return None
    endpoints = json.loads(gzip.decompress(found[-1].read_bytes()))["endpoints"]
    return {name: endpoints[name]["schema"] for name in SHAPES}


def installed():
    """{endpoint: schema} made from the typed parameters of the installed client."""
    return {name: _object(shape) for name, shape in SHAPES.items()}


def _object(shape):
    """Names that are not Stripe's are refused; the client's own options are not parameters."""
    hints = get_type_hints(shape, localns=UNSEEN)
    names = [name for name in hints if name not in RequestOptions.__annotations__]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _schema(hints[name]) for name in names},
        "required": sorted(shape.__required_keys__ & set(names)),
    }


def _schema(hint):
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _any_of(inner)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0])}
    if hasattr(hint, "__required_keys__"):
        return _object(hint)
    if hint in SCALARS:
        return {"type": SCALARS[hint]}
    return {"type": "object", "additionalProperties": {"type": "string"}}  # metadata, however it is written


def _any_of(options):
    """A list of words is closed, though the client also lets any text through for the sake of versions to come."""
    words = [option for option in options if get_origin(option) is Literal and get_args(option) != ("",)]
    return {"anyOf": [_schema(option) for option in options if not (words and option is str)]}
