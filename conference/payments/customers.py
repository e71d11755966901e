"""Stripe's customers: one for each person who has an account, made once and kept here, made anew when Stripe has deleted it."""

import hashlib

import stripe
from sqlalchemy import update

from conference.kernel import claimed, clock, db, insert_once, transaction
from conference.payments import calls
from conference.payments.stripe_client import Unreachable, client
from conference.payments.stripe_models import CallKind, Customer

# How Stripe says that there is no such customer, where one is named in a call or is its address.
GONE = (("resource_missing", "customer"), ("resource_missing", "id"))


def customer_of(person, *, email):
    """Stripe's id of a person; made at Stripe the first time, told there when the address has changed. Raises Unreachable.

    Outside a transaction: it writes down what it asks for before it asks.
    """
    row = _row_of(person)
    if row.provider_ref is None:
        return _make(person, row, email)
    if row.email != email:
        client().v1.customers.update(row.provider_ref, {"email": email})
        with transaction():
            claimed(update(Customer).where(Customer.person_id == person.id).values(email=email))
    return row.provider_ref


def forget_deleted(person_id, error):
    """Whether `error` says that Stripe has deleted the person's customer, which is forgotten then: the next time one is made anew."""
    if not isinstance(error, stripe.InvalidRequestError) or (error.code, error.param) not in GONE:
        return False
    gone = update(Customer).where(Customer.person_id == person_id, Customer.provider_ref.is_not(None))
    with transaction():
        return claimed(gone.values(provider_ref=None, made=Customer.made + 1))


def find_made(person, *, since):
    """Stripe's id of a customer that was made for a person since that instant, or None; with whatever address."""
    made = client().v1.customers.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
    return next((each.id for each in made.auto_paging_iter() if _is_about(each, person)), None)


def keep(person_id, provider_ref, *, email):
    """The person's customer is this one, unless another is kept already; whether it is kept now."""
    empty = update(Customer).where(Customer.person_id == person_id, Customer.provider_ref.is_(None))
    return claimed(empty.values(provider_ref=provider_ref, email=email))


def key_of(person, made, email):
    """The idempotency key under which the person's customer is made for the `made`th time; with another address it is another request."""
    return f"customer-{person.ref}-{made}-{hashlib.sha256(email.encode()).hexdigest()[:12]}"


def _row_of(person):
    with transaction():
        insert_once(Customer.__table__, {"person_id": person.id, "provider_ref": None, "email": "", "made": 1})
        return db.session.get(Customer, person.id, populate_existing=True)


def _make(person, row, email):
    key = calls.key_for(CallKind.CUSTOMER, person.id, base=key_of(person, row.made, email))
    with transaction():
        calls.ask(key=key, kind=CallKind.CUSTOMER, subject=person.id, now=clock.now())
    try:
        made = client().v1.customers.create(
            {"email": email, "metadata": {"person": person.ref}}, {"idempotency_key": key}
        )
    except Unreachable as error:
        with transaction():
            calls.failed(key, error, now=clock.now())
        raise
    with transaction():
        calls.answered(key, answer=made.id)
        keep(person.id, made.id, email=email)
    return made.id


def _is_about(customer, person):
    return bool(customer.metadata) and "person" in customer.metadata and customer.metadata["person"] == person.ref
