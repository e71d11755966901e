"""How often anything may be tried."""

from datetime import timedelta

import time_machine

from conference import accounts, mail
from conference.accounts import rules
from conference.kernel import clock, transaction
from tests.accounts.letters import another, last_code
from tests.accounts.steps import ask, count, enter, is_signed_in, sign_in
from tests.conftest import browser
from tests.signing_in import account_of

PASSWORD = "seven quiet herons over Malmo"


def elsewhere(context, address="203.0.113.7"):
    """A browser in another network."""
    client = browser(context)
    client.environ_base["REMOTE_ADDR"] = address
    return client


def use_up_codes(context, email="ada@example.org"):
    """What an attacker in one network asks for in somebody's name, until it is refused."""
    attacker = elsewhere(context)
    return [ask(attacker, email).status_code for _ in range(7)]


def use_up_passwords(client, email="ada@example.org"):
    wrong = {"email": email, "password": "wrong, wrong, wrong"}
    return [client.post("/account/sign-in/password", data=wrong).status_code for _ in range(11)]


def narrow(monkeypatch, kind, most):
    monkeypatch.setitem(rules.LIMITS, kind, (rules.Limit(most, timedelta(hours=1)),))


def test_letters_to_one_address_are_limited(client):
    limit = rules.LIMITS["code-to-address-from-client"][0]
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        answers = [ask(client).status_code for _ in range(limit.most + 1)]
        last = ask(client)
        other = ask(client, "ben@example.org").status_code

    assert answers == [303] * limit.most + [429]
    assert 0 < int(last.headers["Retry-After"]) <= limit.window.total_seconds()
    assert "tried too often" in last.text
    assert other == 303
    assert count(mail.Letter) == limit.most + 1


def test_letters_asked_for_from_one_client_are_limited(client, monkeypatch):
    limit = rules.Limit(2, timedelta(minutes=10))
    monkeypatch.setitem(rules.LIMITS, "code-from-client", (limit,))
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        answers = [ask(client, f"person{number}@example.org").status_code for number in range(3)]

    assert answers == [303, 303, 429]


def test_wrong_codes_from_one_client_are_limited(client, monkeypatch):
    limit = rules.Limit(2, timedelta(minutes=10))
    monkeypatch.setitem(rules.LIMITS, "wrong-code-from-client", (limit,))
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        ask(client)
        answers = [enter(client, another(last_code())).status_code for _ in range(3)]
        right = enter(client, last_code()).status_code

    assert answers == [422, 422, 429]
    assert right == 429


def test_codes_asked_for_elsewhere_do_not_lock_a_person_out(client, context, one_window):
    assert use_up_codes(context) == [303] * 6 + [429]

    sign_in(client)

    assert is_signed_in(client)


def test_an_address_gets_no_more_than_so_many_codes_from_all_networks_together(context, monkeypatch, one_window):
    narrow(monkeypatch, "code-to-address", 3)

    answers = [ask(elsewhere(context, f"203.0.113.{number}")).status_code for number in range(4)]

    assert answers == [303] * 3 + [429]


def test_a_browser_that_was_signed_in_before_gets_its_code_whatever_others_used_up(
    client, context, monkeypatch, one_window
):
    sign_in(client)
    client.post("/account/sign-out")
    narrow(monkeypatch, "code-to-address", 0)
    narrow(monkeypatch, "code-from-client", 0)
    narrow(monkeypatch, "wrong-code-from-client", 0)
    assert ask(elsewhere(context, "203.0.113.8")).status_code == 429

    sign_in(client)

    assert is_signed_in(client)


def test_the_allowance_of_a_known_browser_ends_too(client, one_window):
    sign_in(client)
    client.post("/account/sign-out")

    assert [ask(client).status_code for _ in range(7)] == [303] * 6 + [429]


def test_a_browser_is_known_for_its_own_address_alone(client, context, monkeypatch, one_window):
    sign_in(client, "ben@example.org")
    client.post("/account/sign-out")
    narrow(monkeypatch, "code-to-address", 0)

    assert ask(client, "ada@example.org").status_code == 429


def test_passwords_tried_elsewhere_do_not_lock_a_person_out(client, context, one_window):
    account = account_of("ada@example.org")
    with transaction():
        accounts.set_password(account=account, password=PASSWORD, now=clock.now())
    assert use_up_passwords(elsewhere(context)) == [422] * 10 + [429]

    answer = client.post("/account/sign-in/password", data={"email": "ada@example.org", "password": PASSWORD})

    assert (answer.status_code, is_signed_in(client)) == (303, True)


def test_limits_say_nothing_of_who_has_an_account(context, one_window):
    account_of("ada@example.org")

    known, unknown = (use_up_codes(context, f"{name}@example.org") for name in ("ada", "nobody"))

    assert known == unknown
