"""The HTTP itself: keys, headers, addresses that do not exist, and bodies that nobody should send."""

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.demo.stripe.process import TEST_KEY
from tests.demo.stripe.orders import opened

AUTH = {"Authorization": f"Bearer {TEST_KEY}"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer sk_live_4242"}, {"Authorization": "Basic ???"}],
)
def test_without_a_test_key_nothing_is_answered(stand_in, headers):
    answer = requests.get(f"{stand_in.url}/v1/events", headers=headers, timeout=5)

    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_a_key_may_come_as_a_user_name(stand_in):
    assert requests.get(f"{stand_in.url}/v1/events", auth=(TEST_KEY, ""), timeout=5).status_code == 200


def test_every_answer_names_its_request_and_its_version(stand_in):
    good = requests.get(f"{stand_in.url}/v1/events", headers=AUTH, timeout=5)
    bad = requests.get(f"{stand_in.url}/v1/events/evt_x", headers=AUTH | {"Stripe-Version": "2025-01-01"}, timeout=5)

    assert good.headers["Request-Id"].startswith("req_")
    assert good.headers["Stripe-Version"] == "2026-10-28.endive"
    assert bad.headers["Stripe-Version"] == "2025-01-01"
    assert good.headers["Request-Id"] != bad.headers["Request-Id"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/nothing"), ("DELETE", "/v1/refunds"), ("GET", "/v1/")])
def test_an_address_that_is_not_stripes_is_said_so(stand_in, method, path):
    answer = requests.request(method, stand_in.url + path, headers=AUTH, timeout=5)

    assert answer.status_code == 404
    assert f"({method}: {path})" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"amount=%ff",
        b"\xff\xfe",
        b"a[=1",
        b"a[b=1",
        b"metadata[a][b]=1",
        b"amount=1&amount[x]=2",
        b"amount[x]=1&amount=2",
        b"[]=1",
        b"a" + b"[x]" * 50 + b"=1",
        b"amount=99999999999999999999999",
        b"amount=\xd9\xa1&charge=x",
        b"charge=%00",
        b"metadata[%00]=x&charge=ch_x",
        b"&".join(b"metadata[k%d]=v" % n for n in range(3000)),
    ],
)
def test_a_broken_body_is_the_callers_fault(stand_in, body):
    answer = requests.post(f"{stand_in.url}/v1/refunds", data=body, headers=AUTH, timeout=5)

    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["message"]


def test_a_body_beyond_reason_is_not_read(stand_in):
    answer = requests.post(f"{stand_in.url}/v1/refunds", data=b"a" * 2_000_000, headers=AUTH, timeout=5)

    assert answer.status_code == 413


@given(text=st.text(), name=st.text())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_parameter_makes_a_server_error(stand_in, text, name):
    fields = {"charge": text.encode("utf-8", "ignore"), name.encode("utf-8", "ignore"): "x"}

    answers = [
        requests.post(f"{stand_in.url}/v1/refunds", data=fields, headers=AUTH, timeout=5),
        requests.get(f"{stand_in.url}/v1/events", params=fields, headers=AUTH, timeout=5),
        requests.get(f"{stand_in.url}/v1/events/x", params=fields, headers=AUTH, timeout=5),
    ]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "created[gt]=99999999999999999999",
        "created[over]=1",
        "starting_after=evt_none",
        "expand[]=data.nothing",
        "expand[]=a.b.c.d.e",
        "colour=red",
    ],
)
def test_a_listing_refuses_what_it_does_not_understand(stand_in, client, query):
    client.v1.checkout.sessions.expire(opened(client).id)

    answer = requests.get(f"{stand_in.url}/v1/events?{query}", headers=AUTH, timeout=5)

    assert answer.status_code in (400, 404)
