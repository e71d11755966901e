"""The few verbs of these tests: wish for something else, and what the books say afterwards."""

from dataclasses import replace

from sqlalchemy import select

from conference import checkout, payments, registration
from conference.kernel import db, transaction


def wish_for(entry, **changes):
    """What the registration stands for, but for `changes`."""
    return replace(checkout.wish_now(entry), **changes)


def quote(entry, now, **changes):
    return checkout.quote_change(entry, wish_for(entry, **changes), now=now)


def change(entry, now, *, by=None, waived=False, **changes):
    """Ask for a change at the price that is quoted; the Change."""
    with transaction():
        found = registration.by_ref(entry.ref)
        wish = wish_for(found, **changes)
        seen = checkout.quote_change(found, wish, now=now, waived=waived).seen
        return checkout.change(found, wish, seen=seen, by=by or found.person, now=now, waived=waived)


def cancel(entry, now, **more):
    with transaction():
        found = registration.by_ref(entry.ref)
        seen = checkout.quote_cancel(found, now=now, **more).seen
        return checkout.cancel(found, seen=seen, by=found.person, now=now, **more)


def fresh(entry):
    return registration.by_ref(entry.ref)


def ticket(entry):
    """(category, span, mode, [add-ons]) as the registration stands now."""
    now_ = fresh(entry)
    return now_.category.code, now_.span, now_.mode, sorted(booking.add_on.code for booking in now_.bookings)


def lines(order_id):
    """[(kind, minor units)] of an order, in order."""
    return [(line.kind, line.amount_minor) for line in payments.order_by_id(order_id).lines]


def going_back():
    """[minor units] of the refunds that were promised, in order."""
    return list(db.session.scalars(select(payments.Refund.amount_minor).order_by(payments.Refund.id)))


def used():
    """{pool: places taken}, those without any left out."""
    pools = db.session.scalars(select(registration.Pool).execution_options(populate_existing=True))
    return {pool.name: pool.taken for pool in pools if pool.taken}


def kept_refunded_owed():
    """(what came, what was sold and stands with fees, what goes back) over all accounts, in minor units."""
    rows = db.session.execute(select(payments.LedgerEntry.kind, payments.LedgerEntry.amount_minor)).all()
    sums = {}
    for kind, minor in rows:
        sums[kind] = sums.get(kind, 0) + minor
    return sums
