"""Many at once: on the last day a place goes to others or is paid, never both; and a step is sent once."""

import pytest
from sqlalchemy import func, select, update

from conference import checkout, payments
from conference.kernel import db, transaction
from conference.payments import Payment, bank
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout.acting import place, state_of, taken
from tests.checkout.banking.acting import an_account, came, lines
from tests.checkout.dunning import racing
from tests.checkout.dunning.acting import TERMS, decide, letters, night, promise, sent
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings
from tests.payments.bank.writing import Said

__all__ = ["settings"]

EACH = 5  # processes that release, and as many that pay


@pytest.fixture
def order(context, now):
    """Ada's order for the only place, promised; its last notice is due on the 24th day."""
    an_account(now)
    with transaction():
        meeting = a_meeting(now, places=1)
        checkout.transferring.set_terms(meeting, by=None, version=0, now=now, **TERMS)
        ada, ben = a_person("Ada", now), a_person("Ben", now)
    with transaction():
        a_draft(meeting, ben, now)
    made = place(meeting, ada, now)
    promise(made, now)
    decide(meeting, now, only=["last"])
    return made


@pytest.fixture
def over(order, now):
    """The same when its last day and the days of grace have passed; money has come of which nobody knows whose it is."""
    night(racing.DUE)
    assert sent(order) == [("last", 24)]
    came(bank.accounts()[0], now, Said(44000, "?", "Nobody"))
    with transaction():
        db.session.execute(update(bank.StatementLine).values(suggested_id=None))
    db.session.rollback()  # nothing stays open while the processes start
    return order


def money_in(order):
    db.session.rollback()
    mine = select(func.coalesce(func.sum(Payment.amount_minor), 0)).where(Payment.order_id == order.id)
    return db.session.scalar(mine)


def test_a_payment_and_the_release_exactly_one_wins(over, settings):
    done = in_processes(racing.act, settings, ["release", "pay"] * EACH)

    won = [what for what, did in done if did]
    assert won in (["release"], ["pay"])
    paid = won == ["pay"]
    assert (state_of(over), money_in(over), taken()) == (("paid", 44000, 1) if paid else ("lapsed", 0, 1))
    assert lines()[0].matched_minor == money_in(over)


def test_part_of_the_money_and_the_release_end_with_staff(over, settings):
    """Whoever is first: nothing is given away for which money stands in the order without somebody looking at it."""
    in_processes(racing.act, settings, ["lapse", "part"])

    assert (state_of(over), money_in(over)) == ("parked", 10000)


def test_without_the_lock_money_is_left_in_an_order_that_has_lapsed(over, settings):
    """The control: SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    in_processes(racing.act_unlocked, settings, ["lapse", "part"])

    assert (state_of(over), money_in(over)) == ("lapsed", 10000)
    _empty()


def test_eight_sweeps_send_a_step_once(order, settings):
    db.session.rollback()

    done = in_processes(racing.send, settings, list(range(8)))

    assert (sum(done), sent(order), len(letters())) == (1, [("last", 24)], 1)
    assert payments.differences() == []


def _empty():
    """What the control has spoilt is no finding of the tests around it."""
    from tests.databases import empty_tables

    empty_tables()
