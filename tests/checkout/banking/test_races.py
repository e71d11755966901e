"""Many at once: a line is matched once, taken back once, and a file is kept once."""

import pytest

from conference import payments, people
from conference.kernel import Money, db, transaction
from conference.payments import Payment, Refund, bank
from tests.cast import a_meeting, a_person
from tests.checkout.acting import place
from tests.checkout.banking import racing
from tests.checkout.banking.acting import a_payout, an_account, bring_in, came, lines, paying
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings
from tests.payments.bank.writing import Said, as_camt

__all__ = ["settings"]

PROCESSES = 20


@pytest.fixture
def crowd(context, now):
    """Twenty orders over the same amount, and one line that may pay any of them."""
    with transaction():
        meeting = a_meeting(now, places=None)
        them = [a_person(f"Somebody{number}", now) for number in range(PROCESSES)]
    orders = [place(meeting, each, now) for each in them]
    came(an_account(now), now, Said(44000, "?", "Nobody"))
    db.session.rollback()  # nothing stays open while the processes start
    return orders


def count(table):
    db.session.rollback()
    return db.session.query(table).count()


def test_twenty_officers_match_a_line_once(crowd, settings):
    done = in_processes(racing.match, settings, list(range(PROCESSES)))

    assert (sum(done), count(Payment), lines()[0].matched_minor) == (1, 1, 44000)


def test_without_the_guard_it_is_matched_again_and_again(crowd, settings, request):
    """The control: SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    done = in_processes(racing.match_unguarded, settings, list(range(PROCESSES)))

    assert (sum(done), count(Payment)) == (PROCESSES, PROCESSES)
    _empty()


def test_twenty_note_a_reversal_once(context, now, settings):
    with transaction():
        meeting, ada = a_meeting(now), a_person("Ada", now)
    order = place(meeting, ada, now)
    account = an_account(now)
    came(account, now, paying(order, id="B1"))
    bring_in(account, as_camt([paying(order, -44000, text="?", name="?", is_reversal=True)]), now, book=False)
    db.session.rollback()

    done = in_processes(racing.reverse, settings, list(range(PROCESSES)))

    assert (sum(done), count(Refund), [str(each.state) for each in lines()]) == (1, 1, ["reversed", "reversed"])


def test_twenty_keep_a_file_once(context, now, settings):
    account = an_account(now)
    with transaction():
        by = people.enter(email="fay@example.org", given_name="Fay", now=now)
        bank.keep(account, name="a.xml", content=as_camt([Said(n, f"{n}") for n in range(1, 40)]), by=by, now=now)
    db.session.rollback()

    done = in_processes(racing.bring_in, settings, list(range(PROCESSES)))

    assert (sorted(done), count(bank.StatementLine)) == ([0] * (PROCESSES - 1) + [39], 39)


@pytest.fixture
def alike(context, now):
    """Eight lines of the same amount, and one payout that each of them may be."""
    a_payout()
    came(an_account(now), now, *(Said(12345, f"{number}", "STRIPE", id=f"B{number}") for number in range(8)))
    db.session.rollback()


def test_eight_officers_tie_one_payout_once(alike, settings):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the second one sees what the first one wrote")

    done = in_processes(racing.tie, settings, list(range(8)))

    assert (sum(done), count(bank.Counterpart)) == (1, 1)
    assert sorted(str(each.state) for each in lines()) == ["open"] * 7 + ["payout"]


def test_without_the_index_each_of_them_ties_it(alike, settings):
    """The control."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    index = next(each for each in bank.Counterpart.__table__.indexes if "payout" in each.name)
    index.drop(db.engine)
    try:
        done = in_processes(racing.tie, settings, list(range(8)))
        assert (sum(done), count(bank.Counterpart)) == (8, 8)
    finally:
        _empty()
        index.create(db.engine)


@pytest.fixture
def partly_sent_back(context, now):
    """A line of which a part was sent back, and the line by which that went out."""
    account = an_account(now)
    (came_in,) = came(account, now, Said(5000, "For nobody", "Nemo Nobody"))
    with transaction():
        bank.send_back(came_in, Money(2000, "USD"), note="on Monday", by=None, now=now)
    came(account, now, Said(-2000, "Back", "Nemo Nobody"))
    db.session.rollback()


def test_no_more_of_a_line_is_sent_back_while_it_is_tied_to_what_went_out(partly_sent_back, settings):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the second one sees what the first one wrote")

    done = in_processes(racing.tie_or_send_back, settings, ["tie", "send"])

    assert (sorted(done), lines()[0].returned_minor) == ([("send", False), ("tie", True)], 2000)


def test_without_the_lock_the_counterpart_is_over_another_amount(partly_sent_back, settings):
    """The control: both write, and the check at the commit is what stops the later one."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    with pytest.raises(payments.BooksDoNotTieOut, match="marked as sent back"):
        in_processes(racing.tie_or_send_back_unguarded, settings, ["tie", "send"])
    _empty()


def _empty():
    """What the control has spoilt is no finding of the tests around it."""
    from tests.databases import empty_tables

    empty_tables()
