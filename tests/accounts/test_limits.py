"""How often anything may be tried."""

from datetime import timedelta

import time_machine

from conference import mail
from conference.accounts import rules
from conference.kernel import clock
from tests.accounts.letters import another, last_code
from tests.accounts.steps import ask, count, enter


def test_letters_to_one_address_are_limited(client):
    limit = rules.LIMITS["code-to-address"][0]
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
