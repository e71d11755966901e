"""Customers: whom the merchant knows, made once, changed, and deleted for good."""

from typing import Any

from conference.demo.stripe import events, lists, objects
from conference.demo.stripe.calls import Call
from conference.demo.stripe.errors import StripeRefusal
from conference.demo.stripe.store import Transaction
from conference.demo.stripe.words import words

Object = dict[str, Any]

PLAYED = words("description email expand metadata name phone preferred_locales")


def create(call: Call) -> Object:
    """`POST /v1/customers`."""
    made = call.tx.insert(objects.customer(now=call.tx.now, params=call.params))
    events.record(call.tx, "customer.created", made)
    return made


def retrieve(call: Call, customer: str) -> Object:
    """`GET /v1/customers/:id`: of a deleted one only that it was deleted."""
    found = call.tx.get("customer", customer)
    return _grave(customer) if call.tx.hidden(customer).get("deleted") else found


def update(call: Call, customer: str) -> Object:
    """`POST /v1/customers/:id`."""
    found = living(call.tx, customer, param="id")
    before = {name: found[name] for name in call.params if name in found}
    found |= {name: value for name, value in call.params.items() if name in found and name != "metadata"}
    found["metadata"] |= call.params.get("metadata") or {}
    call.tx.save(found)
    events.record(call.tx, "customer.updated", found, before=before)
    return found


def delete(call: Call, customer: str) -> Object:
    """`DELETE /v1/customers/:id`."""
    return bury(call.tx, customer)


def bury(tx: Transaction, customer: str) -> Object:
    """Deletes a customer; raises Stripe's refusal of one that is gone already."""
    found = living(tx, customer, param="id")
    tx.hide(customer, deleted=True)
    for method in tx.all_where("payment_method", "customer", customer):
        tx.save(method | {"customer": None})
    events.record(tx, "customer.deleted", found)
    return _grave(customer)


def listing(call: Call) -> Object:
    """`GET /v1/customers`, without the deleted ones."""
    alive = ("json_extract(hidden, '$.deleted') IS NULL", [])
    return lists.page(call, "customer", "/v1/customers", by=("email",), where=alive)


def living(tx: Transaction, customer: str, *, param: str) -> Object:
    """The customer, or Stripe's refusal of one that does not exist any more."""
    found = tx.find("customer", customer)
    if found is None or tx.hidden(customer).get("deleted"):
        raise StripeRefusal(f"No such customer: '{customer}'", param=param, code="resource_missing")
    return found


def _grave(customer: str) -> Object:
    return {"id": customer, "object": "customer", "deleted": True}
