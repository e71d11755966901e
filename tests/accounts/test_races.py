"""What several do at once happens as if one after the other."""

from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import func, select

from conference import accounts, people
from conference.accounts import codes, rules, throttle
from conference.accounts.models import SignIn, SignInCode
from conference.kernel import Refusal, clock, db, transaction
from tests.accounts.letters import last_code
from tests.signing_in import account_of

TOGETHER = 8


def together(app, act, count=TOGETHER):
    """What `act(number)` returned or raised in `count` threads that began at one moment, each in a transaction."""
    barrier, results = Barrier(count), [None] * count

    def run(number):
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    results[number] = act(number)
            except Refusal as refusal:
                results[number] = refusal

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def sent(email="ada@example.org"):
    """A code that was sent: its key, and the digits in its letter."""
    with transaction():
        key = codes.send_code(email=email, purpose=rules.Purpose.SIGN_IN, now=clock.now()).id
        return key, last_code(email)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_one_code_typed_at_once_signs_in_once(context):
    key, digits = sent()

    results = together(
        context, lambda _: codes.sign_in_by_code(db.session.get_one(SignInCode, key), digits, now=clock.now())
    )

    assert len([each for each in results if isinstance(each, str)]) == 1
    assert len([each for each in results if isinstance(each, codes.WrongCode)]) == TOGETHER - 1
    assert (count(people.Person), count(accounts.Account), count(SignIn)) == (1, 1, 1)


def test_two_codes_of_a_new_address_make_one_account(context):
    waiting = [sent() for _ in range(TOGETHER)]

    def type_in(number):
        key, digits = waiting[number]
        return codes.sign_in_by_code(db.session.get_one(SignInCode, key), digits, now=clock.now())

    results = together(context, type_in)

    assert all(isinstance(each, str) for each in results)
    assert (count(people.Person), count(accounts.Account), count(SignIn)) == (1, 1, TOGETHER)


def test_guesses_made_at_once_are_all_counted(context):
    key, _digits = sent()

    results = together(
        context, lambda _: codes.claim_try(db.session.get_one(SignInCode, key), now=clock.now()) or "tried"
    )

    assert results.count("tried") == rules.MOST_TRIES
    assert db.session.scalar(select(SignInCode.tries)) == rules.MOST_TRIES


def test_a_limit_holds_for_those_who_come_at_once(context, monkeypatch):
    limit = rules.Limit(3, rules.LONGEST_WINDOW)
    monkeypatch.setitem(rules.LIMITS, "code-to-address", (limit,))

    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        results = together(
            context, lambda _: throttle.claim("code-to-address", "ada@example.org", now=clock.now()) or "allowed"
        )

    assert results.count("allowed") == limit.most


def test_a_link_used_at_once_signs_in_once(context):
    account = account_of("cleo@example.org")
    with transaction():
        token = codes.make_link(account=account, now=clock.now()).rpartition("/")[2]

    results = together(context, lambda _: codes.sign_in_by_link(token, now=clock.now()))

    assert len([each for each in results if isinstance(each, str)]) == 1


@pytest.mark.parametrize("act", ["revoke", "close"])
def test_administrators_who_remove_each_other_at_once_leave_one(context, act):
    keys = [account_of(f"person{number}@example.org", roles=["administrator"]).id for number in range(TOGETHER)]

    def remove(number):
        account = db.session.get_one(accounts.Account, keys[number])
        if act == "revoke":
            accounts.revoke(account, "administrator", by=None, now=clock.now())
        else:
            accounts.close(account, by=None, now=clock.now())
        return "done"

    results = together(context, remove)

    assert results.count("done") == TOGETHER - 1
    assert len([each for each in results if isinstance(each, accounts.LastAdministrator)]) == 1


def test_two_who_take_one_address_at_once_do_not_share_it(context):
    keys = [account_of(f"person{number}@example.org").id for number in range(2)]

    def move(number):
        account = db.session.get_one(accounts.Account, keys[number])
        accounts.change_address(account, "new@example.org", by=account.person, now=clock.now())
        return "moved"

    results = together(context, move, count=2)

    assert results.count("moved") == 1
    assert people.by_email("new@example.org") is not None
