"""The few verbs of these tests: wait, sweep, and what stands afterwards."""

from sqlalchemy import select

from conference import checkout, jobs, payments, registration
from conference.kernel import clock, db, transaction
from conference.registration import Place
from conference.registration.waiting import Wait
from tests.cast import a_draft


def wait(meeting, person, now, **wishes):
    with transaction():
        draft = a_draft(meeting, person, now, **wishes)
        return registration.waiting.join(draft, category=draft.category, now=now)


def sweep(monkeypatch, at):
    """The job, at an instant."""
    monkeypatch.setattr(clock, "now", lambda: at)
    return jobs.run("waiting")


def states():
    db.session.rollback()
    return dict(db.session.execute(select(Wait.id, Wait.state).order_by(Wait.id)).all())


def places():
    db.session.rollback()
    return sorted(db.session.scalars(select(Place.state)))


def in_step():
    return registration.miscounted() == payments.differences() == []


def give_back(order, now):
    with transaction():
        checkout.lapse_if_due(order.id, now=now, at_once=True)
