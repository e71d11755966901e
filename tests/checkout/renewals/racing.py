"""What the racing processes run: each takes the steps of renewals and sends charges, as workers of their own do."""

from sqlalchemy import select, text

from conference import jobs, people
from conference.checkout.renewals import looking, ordering
from conference.checkout.renewals.models import Renewal
from conference.kernel import db
from tests.checkout import racing


def work(settings, _share):
    """The sweeps of one worker, at the same moment as all others."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        jobs.run("renewals")
        jobs.run("charges")
        db.session.remove()
    return []


def work_unguarded(settings, share):
    """The same with the guards taken off: nobody waits for anybody, and whoever finds the turn free takes it."""
    people.locked = lambda person: person
    looking._take_turn, ordering.place, looking.goes_on = _look_then_take, _order_anyhow, lambda renewal: True
    return work(settings, share)


def _look_then_take(renewal):
    """All of them see that the turn is free before anybody takes it."""
    tries = db.session.scalar(select(Renewal.tries).where(Renewal.id == renewal.id))
    racing._together()
    return tries == 0


def _order_anyhow(renewal, person, *, now):
    order = ordering.place_dues(type_code=renewal.type_code, person=person, now=now, held_for=ordering.rules.PAY_WITHIN)
    racing._together()
    return ordering.payments.locked(order.id)
