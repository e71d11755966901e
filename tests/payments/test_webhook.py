"""Where Stripe posts: only what it signed is kept, once each, and nothing is believed of it."""

import json
import time

import pytest
from sqlalchemy import select
from stripe import WebhookSignature

from conference import payments
from conference.kernel import clock, db, transaction
from conference.payments import Event, events

SECRET = "whsec_tests"


def an_event(**changes):
    """An event as Stripe writes it."""
    facts = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False, "created": 1}
    return {**facts, "api_version": "2026-10-28.endive", "data": {"object": {"id": "cs_1"}}, **changes}


def post(client, event=None, *, payload=None, secret=SECRET, at=None, header=None):
    """Post an event as Stripe does; the status of the answer."""
    payload = json.dumps(an_event() if event is None else event) if payload is None else payload
    if header is None:
        text = payload if isinstance(payload, str) else payload.decode("latin-1")
        header = WebhookSignature.generate_signature_header(text, secret, timestamp=at or int(time.time()))
    headers = {"Stripe-Signature": header, "Sec-Fetch-Site": "cross-site"}
    return client.post("/stripe/webhook", data=payload, headers=headers).status_code


def kept():
    return [(each.event_id, each.type, each.object_id) for each in db.session.scalars(select(Event).order_by(Event.id))]


def test_a_signed_event_is_kept_and_answered(client):
    assert post(client) == 200
    assert kept() == [("evt_1", "checkout.session.completed", "cs_1")]


def test_the_same_event_many_times_is_kept_once(client):
    assert [post(client) for _ in range(3)] == [200, 200, 200]
    assert len(kept()) == 1


def test_a_type_that_we_do_not_know_is_kept_and_changes_nothing(client):
    assert post(client, an_event(type="treasury.something_new", data={"object": {}})) == 200
    assert kept() == [("evt_1", "treasury.something_new", "")]


@pytest.mark.parametrize(
    "header",
    ["", "t=1", "v1=abc", "nonsense", f"t={10**30},v1=00", "t=abc,v1=00", "t=1,v1=é", "t=1," + "v1=0," * 500],
)
def test_a_signature_that_is_none_is_refused(client, header):
    assert post(client, header=header.encode("utf-8").decode("latin-1")) == 400
    assert kept() == []


def test_a_stale_signature_is_refused(client):
    assert post(client, at=int(time.time()) - 600) == 400
    assert kept() == []


def test_another_secret_is_refused(client):
    assert post(client, secret="whsec_other") == 400
    assert kept() == []


def test_a_signature_does_not_hold_for_another_body(client):
    header = WebhookSignature.generate_signature_header(json.dumps(an_event()), SECRET, timestamp=int(time.time()))

    assert post(client, an_event(id="evt_forged"), header=header) == 400
    assert kept() == []


def test_while_a_secret_is_rolled_both_are_good(client, context, monkeypatch):
    monkeypatch.setitem(context.config, "STRIPE_WEBHOOK_SECRETS", ["whsec_new", SECRET])

    assert post(client, an_event(id="evt_old"), secret=SECRET) == 200
    assert post(client, an_event(id="evt_new"), secret="whsec_new") == 200
    assert post(client, an_event(id="evt_bad"), secret="whsec_gone") == 400


def test_without_a_secret_nothing_is_believed(client, context, monkeypatch):
    monkeypatch.setitem(context.config, "STRIPE_WEBHOOK_SECRETS", [])

    assert post(client) == 400


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "not json",
        "[]",
        "7",
        "null",
        '{"id": "evt_1"}',
        json.dumps(an_event(data=None)),
        json.dumps(an_event(data={"object": []})),
        json.dumps(an_event(id=None)),
        json.dumps(an_event(id={"a": 1})),
        json.dumps(an_event(id="evt_\x00")),
        json.dumps(an_event(id="e" * 300)),
        json.dumps(an_event(type=7)),
        json.dumps(an_event(data={"object": {"id": "\ud800"}})),
        json.dumps({"id": "evt_1", "object": "v2.core.event", "type": "v1.billing.meter.no_meter_found"}),
    ],
)
def test_a_signed_body_that_is_no_event_is_refused_in_peace(client, payload):
    assert post(client, payload=payload) == 400
    assert kept() == []


def test_bytes_that_are_no_text_are_refused(client):
    assert post(client, payload=b"\xff\xfe\x00", header="t=1,v1=00") == 400


def test_a_huge_body_is_refused_unread(client):
    assert post(client, an_event(data={"object": {"id": "cs_1", "junk": "x" * 600_000}})) == 413
    assert kept() == []


def test_play_money_is_no_money_and_real_money_no_play(client, context, monkeypatch):
    assert post(client, an_event(livemode=True)) == 400
    monkeypatch.setitem(context.config, "STRIPE_API_KEY", "rk_live_standin")

    assert post(client, an_event(id="evt_play", livemode=False)) == 400
    assert post(client, an_event(id="evt_real", livemode=True)) == 200


def test_only_a_post_is_taken(client):
    assert client.get("/stripe/webhook").status_code == 405


def test_an_event_is_worked_on_by_one_at_a_time(context, now):
    with transaction():
        payments.note_event(event_id="evt_1", kind="refund.created", object_id="re_1", now=now)

    with transaction():
        first = events.claim_event(now)
    with transaction():
        second = events.claim_event(now)
    with transaction():
        later = events.claim_event(now + events.LEASE)

    assert (first.event_id, second, later.event_id) == ("evt_1", None, "evt_1")


def test_an_event_that_fails_is_tried_again_later_each_time_and_not_for_ever(context, now):
    with transaction():
        payments.note_event(event_id="evt_1", kind="refund.created", object_id="re_1", now=now)
    waits, at = [], clock.now()
    for _ in range(events.GIVE_UP_AFTER):
        with transaction():
            event = events.claim_event(at)
        with transaction():
            events.event_failed(event.id, error="x" * 5000, now=at)
        due = db.session.get(Event, event.id, populate_existing=True).due_at
        waits.append((due - at).total_seconds())
        at = due

    with transaction():
        assert events.claim_event(at) is None
    assert waits[:3] == [40, 80, 160]
    assert max(waits) == 3600
    assert sum(waits) > 24 * 3600
