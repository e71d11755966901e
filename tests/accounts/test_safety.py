"""Where signing in leads, what the cookie is like, and what broken input does: no harm."""

import pytest

from tests.accounts.steps import ask, is_signed_in, sign_in
from tests.conftest import browser


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/" + "a" * 3000,
    ],
)
def test_next_leads_nowhere_but_to_this_site(client, target):
    assert sign_in(client, next=target).location == "/account/"


def test_next_is_followed_on_this_site_and_announced(client):
    target = "/meetings/AM28/register?category=student"
    page = client.get("/account/sign-in", query_string={"next": target})

    answer = sign_in(client, next=target)

    assert "Step 1: your e-mail" in page.text
    assert answer.location == target


def test_the_sign_in_page_leads_on_who_is_signed_in(client):
    sign_in(client)

    assert client.get("/account/sign-in").location == "/account/"
    assert client.get("/account/sign-up", query_string={"next": "/account/security"}).location == "/account/security"


@pytest.mark.parametrize(
    "path", ["/account/sign-in", "/account/sign-up", "/account/sign-in/password", "/account/sign-in/link/x"]
)
def test_looking_sets_no_cookie(client, path):
    assert client.get(path).headers.getlist("Set-Cookie") == []


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(client):
    cookie = sign_in(client).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_signing_in_changes_what_the_cookie_carries(client):
    with client.session_transaction() as session:
        session["_user_id"] = "a token that somebody planted"
        session["cart"] = "of a stranger"

    sign_in(client)

    with client.session_transaction() as session:
        assert session.keys() == {"_user_id", "_permanent", "known"}
        assert session["_user_id"] != "a token that somebody planted"


def test_signing_out_ends_the_sign_in_for_a_copied_cookie_too(client, context):
    sign_in(client)
    copy = browser(context)
    with client.session_transaction() as session, copy.session_transaction() as copied:
        copied.update(session)
    assert is_signed_in(copy)

    answer = client.post("/account/sign-out")

    assert (answer.status_code, answer.location) == (303, "/")
    assert not is_signed_in(client)
    assert not is_signed_in(copy)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "a@b",
        "\x00@example.org",
        "\ufffd@example.org",
        "a" * 400 + "@example.org",
        "a@" + "b." * 200 + "org",
        "{{7*7}}@x",
    ],
)
def test_what_is_no_address_is_told_at_the_field(client, text):
    answer = client.post("/account/sign-in", data={"email": text})

    assert answer.status_code == 422
    assert "e-mail address" in answer.text


@pytest.mark.parametrize("cookie", ["x", "a|é", "|", "1|" + "0" * 128])
def test_a_remembering_cookie_of_nobody_does_no_harm(client, cookie):
    client.set_cookie("remember_token", cookie)

    assert client.get("/account/sign-in").status_code == 200


def test_a_session_cookie_that_means_nothing_is_a_stranger(client):
    for value in (7, None, ["x"], "\x00"):
        with client.session_transaction() as session:
            session["_user_id"] = value
        assert client.get("/account/security").status_code == 303


@pytest.mark.parametrize("field", ["email", "code", "password"])
@pytest.mark.parametrize("path", ["sign-in", "sign-up", "sign-in/password", "sign-in/code", "security/confirm/code"])
def test_broken_text_is_no_fault_of_ours(client, path, field):
    ask(client)
    for raw in (b"\xed\xa0\x80", b"\xff\x00", b"%00", b"\xf0\x9f\x92\xa9" * 90_000):
        answer = client.post(f"/account/{path}", data={field: raw, "email": b"x@example.org", "next": raw})
        assert answer.status_code < 500
