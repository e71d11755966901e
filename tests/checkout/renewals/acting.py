"""A member with a saved card, and the days on which something happens to it."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from conference import accounts, checkout, jobs, mail, membership, payments
from conference.kernel import clock, db, transaction
from conference.payments import cards
from tests.cast import a_membership_type
from tests.payments.settled import hear

DAY = timedelta(days=1)
PRICE = 22500


def a_member(person, *, days_left, price=PRICE):
    """An account and a membership of a year whose last day is so many days from today."""
    now = clock.now()
    with transaction():
        accounts.create(email=person.email, now=now)
        type_ = membership.type_by_code("active") or a_membership_type(price=price)
        ends = membership.local_day(now) + days_left * DAY
        membership.grant_term(person=person, type=type_, starts=ends - 364 * DAY, ends=ends, now=now, paid=type_.price)
    return ends


def begin(person, *, renews=True):
    """Somebody agrees and opens Stripe's page; the card that they set out to save."""
    with transaction():
        begun = checkout.renewals.begin(person, renews=renews, now=clock.now())
    cards.open_page(
        begun, person, email=person.email, saved="http://localhost/s", left="http://localhost/l", locale="en"
    )
    return cards.card_by_ref(begun.ref)


def save(person, stripe, method="card", *, renews=True):
    """The card that somebody has saved, of which Stripe has told."""
    begun = begin(person, renews=renews)
    stripe.save_card(begun.session_id, method)
    hear(stripe)
    return cards.card_of(person.id)


def sweep(*names):
    """What the worker does in a minute: steps of renewals, then charges."""
    for name in names or ("renewals", "charges", "cards"):
        jobs.run(name)
    db.session.rollback()


def days_later(count, *names):
    """Run the sweeps as if so many days had gone by."""
    with time_machine.travel(clock.now() + count * DAY, tick=True):
        sweep(*names)


def renewal_of(person):
    db.session.rollback()
    return checkout.renewals.latest_of(person.id)


def charges():
    """[(number, state)] of every charge."""
    db.session.rollback()
    return [
        (each.number, str(each.state)) for each in db.session.scalars(select(cards.Charge).order_by(cards.Charge.id))
    ]


def letters(person, *kinds):
    """[kind] of the letters to somebody about cards and renewals, or all of some kinds, oldest first."""
    db.session.rollback()
    mine = select(mail.Letter).where(mail.Letter.person_id == person.id).order_by(mail.Letter.id)
    found = list(db.session.scalars(mine))
    return [each for each in found if each.kind in kinds] if kinds else [each.kind for each in found]


def taken(stripe, person):
    """[minor units] of every payment that Stripe has taken from somebody."""
    customer = db.session.get(payments.Customer, person.id).provider_ref
    found = stripe.client().v1.payment_intents.list({"customer": customer, "limit": 100})
    return [each.amount_received for each in found.data if each.amount_received]


def last_day(person):
    db.session.rollback()
    return membership.last_days_of([person.id])[person.id][0]


def order_of(person):
    """The order that was placed by itself."""
    return payments.order_by_id(renewal_of(person).order_id)
