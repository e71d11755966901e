"""Checkout sessions: what may be opened, how they end, how they are found again."""

import time

import pytest
import stripe

from conference.demo.stripe import running_stand_in
from tests.demo.stripe.orders import opened, order


def refused(client, **changes):
    wanted = order() | changes
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.create({name: value for name, value in wanted.items() if value is not None})
    return caught.value


def test_an_opened_session_says_what_was_ordered(client, stand_in):
    session = opened(client, 44000, 6500, locale="de")

    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency, session.locale) == (50500, "usd", "de")
    assert session.metadata.to_dict() == {"order": "R-7KQ4"}
    assert session.url == f"{stand_in.url}/c/pay/{session.id}"
    assert session.id.startswith("cs_test_")
    assert session.expires_at - session.created == 24 * 60 * 60


def test_a_session_is_found_by_its_id_with_its_lines(client):
    session = opened(client, 44000, 6500)

    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["line_items"]})
    lines = client.v1.checkout.sessions.line_items.list(session.id)

    assert [line.amount_total for line in found.line_items.data] == [44000, 6500]
    assert [line.description for line in lines.data] == ["Item 1", "Item 2"]


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"success_url": None}, "success_url", "parameter_missing"),
        ({"mode": None}, "mode", "parameter_missing"),
        ({"line_items": None}, "line_items", "parameter_missing"),
        ({"success_url": "javascript:alert(1)"}, "success_url", "url_invalid"),
        ({"cancel_url": "/basket"}, "cancel_url", "url_invalid"),
        ({"customer_email": "ada"}, "customer_email", "email_invalid"),
        ({"customer_email": ""}, "customer_email", "parameter_invalid_empty"),
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"expires_at": "soon"}, "expires_at", "parameter_invalid_integer"),
        ({"ui_mode": "hosted"}, "ui_mode", None),
        ({"mode": "subscription"}, "mode", None),
        ({"discounts": [{"coupon": "x"}]}, "discounts", None),
        ({"metadata": {"k" * 41: "v"}}, "metadata", None),
        ({"metadata": {"k": "v" * 501}}, "metadata", None),
        ({"metadata": {f"k{n}": "v" for n in range(51)}}, "metadata", None),
        ({"client_reference_id": "x" * 201}, "client_reference_id", None),
    ],
)
def test_what_stripe_refuses_is_refused(client, changes, param, code):
    error = refused(client, **changes)

    assert (error.http_status, error.param, error.code) == (400, param, code)


@pytest.mark.parametrize(
    ("price", "param", "code"),
    [
        (
            {"currency": "usd", "unit_amount": 10.5},
            "line_items[0][price_data][unit_amount]",
            "parameter_invalid_integer",
        ),
        ({"currency": "usd", "unit_amount": -1}, "line_items[0][price_data][unit_amount]", "parameter_invalid_integer"),
        ({"currency": "xxx", "unit_amount": 500}, "line_items[0][price_data][currency]", None),
        ({"unit_amount": 500}, "line_items[0][price_data][currency]", "parameter_missing"),
        ({"currency": "usd", "unit_amount": 49}, "line_items", "amount_too_small"),
        ({"currency": "usd", "unit_amount": 100_000_000}, "line_items", "amount_too_large"),
        ({"currency": "isk", "unit_amount": 150}, "line_items[0][price_data][unit_amount]", None),
        ({"currency": "kwd", "unit_amount": 1505}, "line_items[0][price_data][unit_amount]", None),
        ({"currency": "usd", "unit_amount": 500, "shape": 1}, "line_items[0][price_data][shape]", "parameter_unknown"),
    ],
)
def test_a_price_must_be_one_that_stripe_takes(client, price, param, code):
    line = {"quantity": 1, "price_data": {"product_data": {"name": "Dinner"}} | price}

    error = refused(client, line_items=[line])

    assert (error.param, error.code) == (param, code)


def test_lines_of_two_currencies_are_refused(client):
    lines = order(500)["line_items"] + order(500, currency="eur")["line_items"]

    assert "one currency" in str(refused(client, line_items=lines))


def test_a_session_lives_from_half_an_hour_to_a_day():
    with running_stand_in() as strict:
        client, now = strict.client(), int(time.time())

        assert "at least 30 minutes" in str(refused(client, expires_at=now + 29 * 60))
        assert "less than 24 hours" in str(refused(client, expires_at=now + 24 * 60 * 60 + 60))
        assert opened(client, expires_at=now + 31 * 60).expires_at == now + 31 * 60


def test_an_open_session_can_be_expired_once(client, stand_in):
    session = opened(client)

    expired = client.v1.checkout.sessions.expire(session.id)

    assert (expired.status, expired.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError, match=r'status in \["open"\] can be expired'):
        client.v1.checkout.sessions.expire(session.id)
    assert [event["type"] for event in stand_in.events()] == ["checkout.session.expired"]


def test_a_session_expires_by_itself(client, stand_in):
    session = opened(client, expires_at=int(time.time()) + 1)

    stand_in.move_clock(5)

    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert [event["type"] for event in stand_in.events()] == ["checkout.session.expired"]
    with pytest.raises(ValueError, match="takes no payment"):
        stand_in.pay(session.id)


def test_sessions_are_listed_newest_first_a_page_at_a_time(client):
    ids = [opened(client).id for _ in range(5)]

    page = client.v1.checkout.sessions.list({"limit": 2})
    everything = [session.id for session in page.auto_paging_iter()]
    back = client.v1.checkout.sessions.list({"limit": 2, "ending_before": ids[0]})

    assert ([session.id for session in page.data], page.has_more) == ([ids[4], ids[3]], True)
    assert everything == ids[::-1]
    assert [session.id for session in back.data] == [ids[2], ids[1]]


def test_sessions_are_found_by_state_and_by_intent(client, stand_in):
    waiting, done = opened(client), opened(client)
    intent = stand_in.pay(done.id)["payment_intent"]

    by_state = client.v1.checkout.sessions.list({"status": "open"})
    by_intent = client.v1.checkout.sessions.list({"payment_intent": intent})

    assert [session.id for session in by_state.data] == [waiting.id]
    assert [session.id for session in by_intent.data] == [done.id]


def test_a_session_that_does_not_exist_is_a_404(client):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.retrieve("cs_test_nobody")

    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")
