"""A call that is made again with its key does nothing twice."""

import threading
import time

import pytest
import requests
import stripe

from conference.demo.stripe import running_stand_in
from conference.demo.stripe.process import TEST_KEY
from tests.demo.stripe.orders import opened, order, paid


def with_key(key, **more):
    return {"idempotency_key": key} | more


def test_the_same_key_and_parameters_replay_the_first_answer(client, stand_in):
    first = client.v1.checkout.sessions.create(order(), with_key("order-1"))

    second = client.v1.checkout.sessions.create(order(), with_key("order-1"))

    assert second.id == first.id
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.request_id == first.last_response.request_id
    assert len(stand_in.sessions()) == 1


def test_the_same_key_with_other_parameters_is_refused(client):
    client.v1.checkout.sessions.create(order(44000), with_key("order-1"))

    with pytest.raises(stripe.IdempotencyError) as caught:
        client.v1.checkout.sessions.create(order(44001), with_key("order-1"))

    assert caught.value.http_status == 400


def test_the_same_key_at_another_address_is_refused(client, stand_in):
    session = opened(client)
    client.v1.checkout.sessions.expire(session.id, None, with_key("k"))

    with pytest.raises(stripe.IdempotencyError):
        client.v1.refunds.create({"payment_intent": paid(stand_in)}, with_key("k"))


def test_another_account_may_use_the_same_key(stand_in):
    first = stand_in.client().v1.checkout.sessions.create(order(), with_key("k"))
    second = stand_in.client(api_key="sk_test_other").v1.checkout.sessions.create(order(), with_key("k"))

    assert first.id != second.id


def test_a_refusal_of_the_work_is_replayed_and_a_refusal_of_the_parameters_is_not(client, stand_in):
    intent = paid(stand_in)
    client.v1.refunds.create({"payment_intent": intent})
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.refunds.create({"payment_intent": intent}, with_key("again"))
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"amount": "much"}, with_key("typo"))

    assert caught.value.headers["Idempotent-Replayed"] == "true"
    assert client.v1.refunds.create({"payment_intent": paid(stand_in)}, with_key("typo")).status == "succeeded"


def test_a_key_that_is_under_way_is_a_conflict(stand_in):
    stand_in.faults(slow_calls=2, slow_when="before", slow_seconds=1.5)
    client, outcomes = stand_in.client(max_network_retries=0), []

    def create():
        try:
            outcomes.append(client.v1.checkout.sessions.create(order(), with_key("twin")).id)
        except stripe.StripeError as error:
            outcomes.append((error.http_status, error.json_body["error"]["code"]))

    threads = [threading.Thread(target=create) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (409, "idempotency_key_in_use") in outcomes
    assert len(stand_in.sessions()) == 1


def test_many_callers_with_one_key_open_one_session(stand_in):
    client, ids = stand_in.client(max_network_retries=8), []

    def create():
        ids.append(client.v1.checkout.sessions.create(order(), with_key("rush")).id)

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) == 8
    assert len(set(ids)) == len(stand_in.sessions()) == 1


def test_a_key_is_not_too_long(stand_in):
    answer = requests.post(
        f"{stand_in.url}/v1/refunds",
        headers={"Authorization": f"Bearer {TEST_KEY}", "Idempotency-Key": "k" * 256},
        timeout=5,
    )

    assert answer.status_code == 400


def test_a_stand_in_killed_in_the_middle_never_opens_a_second_session_for_a_key():
    with running_stand_in(own_process=True) as stand_in:
        stand_in.faults(slow_calls=-1, slow_when="after", slow_seconds=0.1)  # most die with the work done
        client, got = stand_in.client(max_network_retries=2), {}

        def create_some(worker):
            for number in range(12):
                key = f"{worker}-{number}"
                got[key] = _insist(client, key)

        threads = [threading.Thread(target=create_some, args=(worker,)) for worker in range(3)]
        for thread in threads:
            thread.start()
        for enough in (3, 12):
            while len(got) < enough:
                time.sleep(0.005)
            stand_in.restart()
        for thread in threads:
            thread.join()

        assert len(got) == 36
        assert sorted(got.values()) == sorted(session["id"] for session in stand_in.sessions())


def _insist(client, key):
    """As an application does: the same call with the same key until there is an answer."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return client.v1.checkout.sessions.create(order(), with_key(key)).id
        except stripe.APIConnectionError:
            time.sleep(0.05)
    raise TimeoutError(key)


def test_a_call_that_died_with_its_process_may_be_made_again_at_once():
    with running_stand_in(own_process=True) as stand_in:
        stand_in.faults(slow_calls=1, slow_when="before", slow_seconds=30)
        client = stand_in.client()
        dying = threading.Thread(target=_swallow, args=(client, "lost"))
        dying.start()
        while stand_in.faults()["slow_calls"]:
            pass
        time.sleep(0.2)

        stand_in.restart()
        dying.join()

        assert client.v1.checkout.sessions.create(order(), with_key("lost")).status == "open"


def _swallow(client, key):
    with pytest.raises(stripe.APIConnectionError):
        client.v1.checkout.sessions.create(order(), with_key(key))
