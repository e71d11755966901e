"""Events: listed with filters, signed, and delivered at least once."""

import time

import pytest

from conference.demo.stripe import running_stand_in
from tests.demo.stripe.conftest import SECRET
from tests.demo.stripe.orders import opened, order, paid

PAID = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]


def test_events_are_listed_by_type(client, stand_in):
    client.v1.refunds.create({"payment_intent": paid(stand_in)})

    def types(**filters):
        return [event.type for event in client.v1.events.list(filters).data]

    assert types() == ["charge.refunded", "refund.created", *PAID[::-1]]
    assert types(type="charge.*") == ["charge.refunded", "charge.succeeded"]
    assert types(types=["refund.created", "charge.refunded"]) == ["charge.refunded", "refund.created"]


def test_events_are_listed_by_time(client, stand_in):
    paid(stand_in)
    now = int(time.time())

    assert client.v1.events.list({"created": {"gte": now - 60}}).data != []
    assert client.v1.events.list({"created": {"gt": now + 60}}).data == []


def test_events_since_one_are_those_that_came_after_it_the_oldest_first(client, stand_in):
    assert stand_in.newest_event() is None
    paid(stand_in)
    last = stand_in.newest_event()
    client.v1.refunds.create({"payment_intent": paid(stand_in)})

    since = [event["type"] for event in stand_in.events(since=last)]

    assert since == [*PAID, "refund.created", "charge.refunded"]
    assert stand_in.events(since=stand_in.newest_event()) == []


def test_an_event_holds_the_object_as_it_then_was_and_what_caused_it(client, stand_in):
    session = opened(client)
    expired = client.v1.checkout.sessions.expire(session.id, None, {"idempotency_key": "over"})

    event = client.v1.events.retrieve(stand_in.events()[0]["id"])

    assert event.data.object.to_dict() == expired.to_dict()
    assert event.request.to_dict() == {"id": expired.last_response.request_id, "idempotency_key": "over"}


def test_what_the_payer_does_has_no_request(client, stand_in):
    paid(stand_in)

    assert client.v1.events.list().data[0].request.to_dict() == {"id": None, "idempotency_key": None}


def test_events_arrive_signed_and_in_order(told, webhook):
    paid(told)

    webhook.wait_for(lambda hook: len(hook.seen) == 4)

    assert webhook.types() == PAID
    assert webhook.forged == 0
    assert webhook.seen[3][0].data.object.payment_status == "paid"


def test_a_refused_event_is_tried_again_until_it_is_taken(told, webhook, client):
    webhook.answers = [500, 302, 404]
    client.v1.checkout.sessions.expire(opened(client).id)

    webhook.wait_for(lambda hook: hook.types() == ["checkout.session.expired"])

    assert [status for _, status in webhook.seen] == [500, 302, 404, 200]
    assert len({event.id for event, _ in webhook.seen}) == 1
    assert told.deliver() == {"arrived": 0, "refused": 0}
    assert [(row["state"], row["tries"]) for row in told.deliveries()] == [("done", 4)]


def test_a_webhook_that_is_away_gets_its_events_when_it_is_back(client, stand_in, webhook):
    stand_in.send_events_to("http://127.0.0.1:9/nobody", SECRET)
    client.v1.checkout.sessions.expire(opened(client).id)
    assert stand_in.deliver()["arrived"] == 0
    waiting = client.v1.events.list({"delivery_success": False}).data

    stand_in.send_events_to(webhook.url, SECRET)
    stand_in.deliver()

    assert [event.pending_webhooks for event in waiting] == [1]
    assert webhook.types() == ["checkout.session.expired"]
    assert client.v1.events.retrieve(waiting[0].id).pending_webhooks == 0
    assert client.v1.events.list({"delivery_success": False}).data == []


def test_without_a_webhook_events_are_only_listed(client, stand_in):
    paid(stand_in)

    assert stand_in.deliveries() == []
    assert {event["pending_webhooks"] for event in stand_in.events()} == {0}


@pytest.mark.parametrize("times", [2])
def test_a_killed_stand_in_goes_on_where_it_was(webhook, times):
    with running_stand_in("http://127.0.0.1:9/nobody", SECRET, own_process=True, retry_base=60.0) as stand_in:
        client = stand_in.client()
        first = client.v1.checkout.sessions.create(order(), {"idempotency_key": "one"})
        stand_in.pay(first.id)
        for _ in range(times):
            stand_in.restart()

        again = client.v1.checkout.sessions.create(order(), {"idempotency_key": "one"})
        stand_in.send_events_to(webhook.url, SECRET)
        delivered = stand_in.deliver()

        assert again.id == first.id
        assert client.v1.checkout.sessions.retrieve(first.id).payment_status == "paid"
        assert delivered == {"arrived": 4, "refused": 0}
        assert webhook.types() == PAID
