"""A balance is paid at the very moment at which its proof is acted on: it is closed and the money goes back, or paid and credited."""

from collections import Counter
from dataclasses import asdict

import pytest
from sqlalchemy import func, select

from conference import payments, registration
from conference.kernel import clock, db, transaction
from conference.registration import eligibility
from conference.registration.eligibility import Provision, UntilCleared
from tests.cast import a_person
from tests.checkout import balance_racing, racing
from tests.checkout.acting import paid
from tests.checkout.test_balances import DAY, clear, hand_in, price_of, sweep
from tests.checkout.test_proofs import a_policy, bought, student
from tests.checkout.test_races import settings

__all__ = ["settings", "student"]
PEOPLE = 25


@pytest.fixture
def crowd(meeting, student, ben):
    """Twenty-five people whose balance waits and whose proof is cleared by now; [(their person, its order, the provision's key)]."""
    then = clock.now() - 10 * DAY
    a_policy(meeting, UntilCleared.LOWER, ben, then)
    with transaction():
        registration.resize(db.session.scalars(select(registration.Pool)).one(), places=99, by=None, now=then)
        people = [a_person(f"Buyer{number}", then) for number in range(PEOPLE)]
    for person in people:
        bought(meeting, person, then)
    sweep()
    for person in people:
        clear(hand_in(meeting, person, student), ben)
    for key in eligibility.proofs.due_to_follow(clock.now()):
        with transaction():
            eligibility.proofs.follow(key, now=clock.now())
    rows = db.session.execute(select(Provision.id, Provision.order_id).order_by(Provision.id)).all()
    return [(person, payments.order_by_id(order_id), key) for person, (key, order_id) in zip(people, rows, strict=True)]


def both_at_once(crowd):
    """Fifty shares: somebody pays, and the worker looks."""
    return [share for _p, order, key in crowd for share in ([(order.id, asdict(paid(order)))], [key])]


def test_whatever_comes_first_the_price_is_the_lower_one_and_nobody_pays_it_twice(meeting, crowd, settings):
    racing.in_processes(balance_racing.act, settings, both_at_once(crowd))
    sweep()

    assert {price_of(meeting, person) for person, _order, _key in crowd} == {10000}
    sold, back = (
        db.session.scalar(select(func.sum(table.amount_minor))) for table in (payments.Payment, payments.Refund)
    )
    assert sold - back == PEOPLE * 10000
    states = Counter(db.session.scalars(select(Provision.state)))
    assert set(states) <= {"credited", "kept"} and sum(states.values()) == PEOPLE
    assert payments.differences() == registration.miscounted() == []


def test_without_the_lock_the_same_race_goes_wrong(meeting, crowd, settings):
    """The control: it shows that the race is a race. SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    told = f"order {crowd[0][1].ref} is lapsed"  # the check at the commit is all that is left then
    with pytest.raises(payments.BooksDoNotTieOut, match=told):
        racing.in_processes(balance_racing.act_unguarded, settings, both_at_once(crowd)[:2])
