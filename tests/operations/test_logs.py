"""One line a request, with its id; nothing in it that is somebody's."""

import io
import json
import logging

import pytest

from conference.operations import take_over
from conference.operations.logs import OneLine, scrubbed


def test_a_request_is_one_line_without_its_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="plenary.requests"):
        answer = client.get("/healthz?email=ada@example.org", headers={"X-Request-Id": "from-nginx-0001"})

    record = next(record for record in caplog.records if record.name == "plenary.requests")
    line = json.loads(OneLine().format(record))
    assert (line["route"], line["status"], line["method"]) == ("/healthz", 200, "GET")
    assert "ada" not in json.dumps(line)
    assert answer.headers["X-Request-Id"] == "from-nginx-0001"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space in it", "a\tb-aaaaaaaa", "<script>-1234567"])
def test_a_strange_request_id_is_replaced(client, given):
    answer = client.get("/healthz", headers={"X-Request-Id": given})

    assert answer.headers["X-Request-Id"] != given
    assert len(answer.headers["X-Request-Id"]) == 16


@pytest.mark.parametrize(
    "secret",
    [
        "sk_live_51AbCdEf", "rk_test_51AbCdEf", "whsec_0123456789abcdef", "ada.demo+x@example.org",
        "smtp://office:hunter2@mail.example.org", "postgresql+psycopg://plenary:hunter2@db/plenary",
        "Bearer abcdef.123", "ImFkYSI.aSNf3w.Vy0o5l3QmJrP2d1cXz8nKjHgFdE", "kJ8s0Qm2zXw7RtYvB3nL5pHcD9fGaE1iU6oW4qTsMx8",
        "/meetings/AM28/schedule/mine/49KNPQRTVWXY.ics",
    ],
)  # fmt: skip
def test_secrets_and_addresses_of_people_are_struck_out(secret):
    for part in ("hunter2", "51AbCdEf", "0123456789abcdef", "ada.demo", "abcdef.123", "Vy0o5l3Q", "kJ8s0Qm2", "49KNPQ"):
        assert part not in scrubbed(f"failed with {secret} today")
    assert scrubbed(f"failed with {secret} today").endswith(" today")


def test_an_error_is_one_line_too_with_its_secrets_struck_out():
    try:
        raise ValueError("no login for ada@example.org with sk_live_123abc")
    except ValueError:
        record = logging.LogRecord(
            "conference", logging.ERROR, __file__, 1, "it broke", (), __import__("sys").exc_info()
        )

    text = OneLine().format(record)

    assert "\n" not in text
    assert "ValueError" in json.loads(text)["error"]
    assert "ada@" not in text and "sk_live" not in text


def test_another_programs_errors_are_struck_out_too():
    logger, written = logging.Logger("gunicorn.error"), io.StringIO()
    logger.addHandler(logging.StreamHandler(written))

    take_over(logger)
    logger.error("Error handling request %s", "/account/sign-in/link/kJ8s0Qm2zXw7RtYvB3nL5pHcD9fGaE1iU6oW4qTsMx8")

    assert json.loads(written.getvalue())["message"] == "Error handling request /account/sign-in/link/[…]"
