"""Whatever can go wrong between us and Stripe goes wrong when it is asked to, and only then."""

import contextlib
import time
from collections import Counter

import pytest
import requests
import stripe

from tests.demo.stripe.orders import opened, order, paid


def test_a_slow_answer_comes_after_the_work(stand_in):
    stand_in.faults(slow_calls=1, slow_seconds=1.5)
    impatient = stand_in.client(http_client=stripe.RequestsClient(timeout=0.5))

    with pytest.raises(stripe.APIConnectionError):
        impatient.v1.checkout.sessions.create(order())

    assert len(stand_in.sessions()) == 1
    assert opened(impatient).status == "open"


def test_a_call_that_hangs_may_never_be_carried_out(stand_in):
    stand_in.faults(slow_calls=1, slow_seconds=0.6, slow_when="instead")
    impatient = stand_in.client(http_client=stripe.RequestsClient(timeout=0.3))

    with pytest.raises(stripe.APIConnectionError, match="ReadTimeout"):
        impatient.v1.checkout.sessions.create(order())
    time.sleep(0.5)

    assert stand_in.sessions() == []


def test_who_has_the_patience_learns_that_the_connection_broke(stand_in):
    stand_in.faults(slow_calls=1, slow_seconds=0.1, slow_when="instead")

    with pytest.raises(stripe.APIConnectionError, match="ConnectionError"):
        stand_in.client().v1.checkout.sessions.create(order())


def test_it_is_known_how_often_each_fault_has_struck(stand_in):
    stand_in.faults(reset_calls=1, reset_when="before", error_calls=2)
    for _ in range(3):
        with contextlib.suppress(stripe.StripeError):
            stand_in.client().v1.checkout.sessions.create(order())
    stand_in.no_faults()

    assert stand_in.struck() == {"reset before": 1, "error": 2}


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_a_broken_connection_hides_whether_the_work_was_done(stand_in, when, made):
    stand_in.faults(reset_calls=1, reset_when=when)

    with pytest.raises(stripe.APIConnectionError):
        stand_in.client().v1.checkout.sessions.create(order())

    assert len(stand_in.sessions()) == made


def test_the_clients_own_retry_heals_a_broken_connection_without_a_double(stand_in):
    stand_in.faults(reset_calls=2, reset_when="after")

    session = stand_in.client(max_network_retries=2).v1.checkout.sessions.create(order())

    assert [row["id"] for row in stand_in.sessions()] == [session.id]
    assert stand_in.faults()["reset_calls"] == 0


def test_a_server_error_is_replayed_for_its_key(stand_in, client):
    stand_in.faults(error_calls=1)
    outcomes = []
    for key in ("first", "first", "second"):
        try:
            outcomes.append(client.v1.checkout.sessions.create(order(), {"idempotency_key": key}).status)
        except stripe.APIError as error:
            outcomes.append(error.http_status)

    assert outcomes == [500, 500, "open"]


def test_a_fault_can_be_kept_to_one_address(stand_in, client):
    stand_in.faults(error_calls=-1, only_path="/v1/refunds")

    assert opened(client).status == "open"
    for _ in range(3):
        with pytest.raises(stripe.APIError):
            client.v1.refunds.create({"payment_intent": "pi_x"})


def test_events_come_twice(told, webhook):
    told.faults(event_copies=2)
    paid(told)

    webhook.wait_for(lambda hook: len(hook.seen) == 8)

    assert set(Counter(event.id for event, _ in webhook.seen).values()) == {2}


def test_events_come_the_wrong_way_round(told, webhook):
    told.faults(event_hold=True, event_order="reversed")
    paid(told)
    assert webhook.seen == []

    told.faults(event_hold=False)

    webhook.wait_for(lambda hook: len(hook.seen) == 4)
    assert webhook.types()[0] == "checkout.session.completed"
    assert webhook.types()[-1] == "payment_intent.created"


def test_events_come_in_any_order(told, webhook):
    told.faults(event_hold=True, event_order="shuffled")
    for _ in range(5):
        paid(told)

    told.deliver()

    made = [event["id"] for event in told.events()]
    came = [event.id for event, _ in webhook.seen]
    assert sorted(came) == sorted(made)
    assert came != made


def test_lost_events_stay_lost_until_they_are_asked_for(told, webhook, client):
    told.faults(event_lost=["checkout.session.completed"])
    paid(told)
    told.deliver()
    before = webhook.types()

    told.deliver(lost=True)

    assert "checkout.session.completed" not in before
    assert webhook.types() == [*before, "checkout.session.completed"]
    assert len(client.v1.events.list({"type": "checkout.session.completed"}).data) == 1


def test_events_come_late(told, webhook):
    told.faults(event_delay=0.6)
    started = time.monotonic()
    paid(told)

    webhook.wait_for(lambda hook: len(hook.seen) == 4)

    assert time.monotonic() - started >= 0.6


def test_a_forged_signature_is_seen(told, webhook):
    told.faults(event_bad_signature=1)
    paid(told)

    webhook.wait_for(lambda hook: len(hook.types()) == 4)

    assert webhook.forged == 1


def test_faults_are_taken_off_together(stand_in):
    stand_in.faults(error_calls=5, event_copies=3)

    calm = stand_in.no_faults()

    assert (calm["error_calls"], calm["event_copies"]) == (0, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rain": 1},
        {"slow_calls": "many"},
        {"slow_calls": True},
        {"slow_seconds": -1},
        {"reset_when": "during"},
        {"event_order": "alphabetical"},
        {"event_hold": 1},
        {"event_lost": "all"},
        {"error_calls": -2},
    ],
)
def test_a_fault_that_does_not_exist_is_refused_and_changes_nothing(stand_in, wrong):
    before = stand_in.faults()

    with pytest.raises(ValueError, match=next(iter(wrong))):
        stand_in.faults(**wrong)

    assert stand_in.faults() == before


def test_a_web_page_cannot_steer_the_stand_in(stand_in):
    form = requests.post(f"{stand_in.url}/_faults", data={"error_calls": 1}, timeout=5)
    script = requests.post(
        f"{stand_in.url}/_faults", json={"error_calls": 1}, headers={"Origin": "https://evil.example"}, timeout=5
    )

    assert (form.status_code, script.status_code) == (415, 415)
    assert stand_in.faults()["error_calls"] == 0
