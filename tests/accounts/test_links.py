"""The command that makes an account, and its link that signs in once."""

import json
import re
from datetime import timedelta

import pytest
import time_machine

from conference import accounts
from conference.accounts import rules
from conference.kernel import clock, db
from tests.conftest import browser


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["accounts", "create", *arguments])


def made(app, *arguments):
    result = run(app, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output.splitlines()[-1])


def path_of(told):
    return re.fullmatch(r"http://localhost(/account/sign-in/link/\S+)", told["link"])[1]


def test_the_command_makes_an_account_with_its_roles(context):
    told = made(context, "Cleo@Example.org", "--role", "administrator", "--role", "finance")

    assert (told["email"], told["roles"]) == ("cleo@example.org", ["finance", "administrator"])
    assert accounts.by_email("cleo@example.org").roles == {"administrator", "finance"}


def test_a_second_time_it_adds_the_role_and_makes_another_link(context):
    first, second = made(context, "cleo@example.org"), made(context, "cleo@example.org", "--role", "door")

    assert first["person"] == second["person"]
    assert first["link"] != second["link"]
    assert second["roles"] == ["door"]


def test_without_json_the_link_is_the_last_line(context):
    assert run(context, "cleo@example.org").output.splitlines()[-1].startswith("http://localhost/account/sign-in/link/")


@pytest.mark.parametrize("arguments", [("nobody",), ("cleo@example.org", "--role", "king"), ()])
def test_bad_input_ends_with_two_and_changes_nothing(context, arguments):
    result = run(context, *arguments)

    assert result.exit_code == 2
    assert db.session.query(accounts.Account).count() == 0


def test_looking_at_a_link_does_not_use_it_up(context):
    path = path_of(made(context, "cleo@example.org"))
    for _ in range(3):
        page = browser(context).get(path)
        assert page.status_code == 200
        assert "cleo@example.org" in page.text
        assert page.headers["Cache-Control"] == "no-store"
    client = browser(context)

    answer = client.post(path)

    assert answer.location == "/account/"
    assert client.get("/account/security").status_code == 200


def test_a_link_works_once(context):
    path = path_of(made(context, "cleo@example.org"))
    browser(context).post(path)
    other = browser(context)

    answer = other.post(path)

    assert answer.location == path
    assert other.get(path).status_code == 404
    assert other.get("/account/security").status_code == 303


def test_a_link_works_for_an_hour(context):
    path = path_of(made(context, "cleo@example.org"))
    with time_machine.travel(clock.now() + rules.LINK_LIFE + timedelta(seconds=1)):
        assert browser(context).get(path).status_code == 404
        client = browser(context)
        client.post(path)

    assert client.get("/account/security").status_code == 303


@pytest.mark.parametrize("token", ["x", "%00", "%ed%a0%80", "a" * 101, "{{7*7}}", "../x"])
def test_a_made_up_link_is_not_found(context, token):
    client = browser(context)

    assert client.get(f"/account/sign-in/link/{token}").status_code == 404
    assert client.post(f"/account/sign-in/link/{token}").status_code in {303, 404}


def test_a_link_from_elsewhere_cannot_be_posted(context):
    path = path_of(made(context, "cleo@example.org"))

    answer = context.test_client().post(path, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert browser(context).post(path).status_code == 303
