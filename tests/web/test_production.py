"""In production every cookie is a `__Host-` cookie over TLS, and browsers are told never to come without it."""

import pytest

from conference.app import create_app
from tests.conftest import browser

SECURE = {"base_url": "https://meeting.example.org"}


@pytest.fixture
def production(context):
    """The same database behind production's settings."""
    settings = {name: context.config[name] for name in context.config if name.isupper()}
    settings |= {
        "MODE": "production",
        "TESTING": False,
        "SESSION_COOKIE_NAME": "__Host-plenary",
        "SESSION_COOKIE_SECURE": True,
        "TRUSTED_HOSTS": ["meeting.example.org"],
        "SQLALCHEMY_ENGINE_OPTIONS": {},
    }
    application = create_app(settings)
    with application.app_context():
        yield application


def test_the_session_cookie_belongs_to_this_host_alone(production):
    answer = browser(production).post("/account/sign-in", data={"email": "ada@example.org"}, **SECURE)

    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-plenary=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_browsers_are_told_to_come_by_tls_only(production):
    answer = browser(production).get("/account/sign-in", **SECURE)

    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_another_host_gets_nothing(production):
    assert browser(production).get("/account/sign-in", base_url="https://evil.example").status_code == 400


@pytest.mark.parametrize("path", ["/demo/mail", "/demo/mail/1"])
def test_the_demos_mailbox_is_not_there(production, path):
    assert browser(production).get(path, **SECURE).status_code == 404
