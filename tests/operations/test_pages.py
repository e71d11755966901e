"""Whoever runs it can ask whether it is up, ready, and how much of what."""

import re
from datetime import timedelta

import pytest

from conference import jobs
from conference.kernel import clock, transaction
from tests.cast import a_meeting, a_person
from tests.checkout.acting import paid, place, settle
from tests.mail.letters import a_letter


def test_up_means_that_the_process_answers(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "up"})
    assert "Set-Cookie" not in answer.headers


def test_a_worker_that_was_never_seen_makes_it_unready(client):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json["database"], answer.json["worker"]) == (True, False)


def test_a_silent_worker_makes_it_unready_and_a_living_one_ready(client):
    with transaction():
        jobs.beat(now=clock.now() - timedelta(minutes=4))
    assert client.get("/readyz").json["worker"] is False

    with transaction():
        jobs.beat(now=clock.now())
    assert client.get("/readyz").json["worker"] is True


def test_figures_count_requests_and_letters(client, now):
    a_letter(now)
    client.get("/healthz")

    text = client.get("/metrics").text

    assert 'plenary_requests_total{endpoint="operations.health",method="GET",status="200"}' in text
    assert 'plenary_letters{state="waiting"} 1.0' in text
    age = float(re.search(r"^plenary_oldest_letter_seconds (\S+)$", text, re.MULTILINE)[1])
    assert age == pytest.approx((clock.now() - now).total_seconds(), abs=60)


def test_figures_count_the_orders_that_wait_for_payment_or_for_staff(client, now):
    with transaction():
        meeting, names = a_meeting(now), ("Ada", "Ben", "Eve", "Fay")
        people = [a_person(name, now) for name in names]
    orders = [place(meeting, person, now) for person in people]
    settle(orders[0], paid(orders[0]), now)
    settle(orders[1], paid(orders[1], amount=1), now)

    text = client.get("/metrics").text

    for state, count in (("open", 2), ("ongoing", 0), ("parked", 1)):
        assert f'plenary_orders{{state="{state}"}} {count}.0' in text
    assert 'plenary_orders{state="paid"}' not in text


def test_strangers_make_no_series(client):
    client.get("/no-such-page-123456")

    assert "no-such-page-123456" not in client.get("/metrics").text


def test_figures_are_for_this_machine_and_for_the_token(client):
    client.application.config["METRICS_TOKEN"] = "for-prometheus"
    far = {"REMOTE_ADDR": "203.0.113.7"}
    try:
        assert client.get("/metrics", environ_overrides=far).status_code == 404
        assert (
            client.get("/metrics", environ_overrides=far, headers={"Authorization": "Bearer wrong"}).status_code == 404
        )
        assert client.get("/metrics", environ_overrides=far, headers={"Authorization": "Bearer é"}).status_code == 404
        right = {"Authorization": "Bearer for-prometheus"}
        assert client.get("/metrics", environ_overrides=far, headers=right).status_code == 200
    finally:
        client.application.config["METRICS_TOKEN"] = ""


def test_without_a_token_an_empty_one_opens_nothing(client):
    far = {"REMOTE_ADDR": "203.0.113.7"}

    assert client.get("/metrics", environ_overrides=far, headers={"Authorization": "Bearer "}).status_code == 404


def test_a_proxy_that_is_not_counted_does_not_make_the_world_local(client):
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
