"""Asking about renewals: whose turn it may be, and where somebody's stands."""

from sqlalchemy import select

from conference import membership
from conference.checkout.renewals import rules
from conference.checkout.renewals.models import Renewal
from conference.checkout.renewals.rules import UNFINISHED
from conference.kernel import db
from conference.payments import cards
from conference.payments.cards import Use


def whose_turn(on):
    """Keys of people who agreed that dues are charged by themselves, and for whom something may be due on a day."""
    people = cards.agreeing.who_agrees(Use.DUES)
    last = membership.last_days_of(people)
    done = set(
        db.session.execute(select(Renewal.person_id, Renewal.ends).where(Renewal.state.not_in(UNFINISHED))).all()
    )
    begun = set(db.session.scalars(select(Renewal.person_id).where(Renewal.state.in_(UNFINISHED))))
    near = (key for key in people if key in last and _is_due(key, last[key][0], on, done))
    return sorted({*near, *(begun & set(people))})


def unfinished_of(person_id):
    """The renewal of somebody that is planned, announced or being tried, as it is now; or None."""
    mine = select(Renewal).where(Renewal.person_id == person_id, Renewal.state.in_(UNFINISHED))
    return db.session.scalar(mine.order_by(Renewal.id.desc()).limit(1).execution_options(populate_existing=True))


def latest_of(person_id):
    """The renewal of somebody that was planned last, or None."""
    mine = select(Renewal).where(Renewal.person_id == person_id).order_by(Renewal.id.desc()).limit(1)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def of_order(order_id):
    """The renewal that placed an order, as it is now, or None."""
    found = select(Renewal).where(Renewal.order_id == order_id)
    return db.session.scalar(found.execution_options(populate_existing=True))


def _is_due(person_id, ends, on, done):
    return rules.is_near(ends, on) and (person_id, ends) not in done
