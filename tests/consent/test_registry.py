"""Nothing is set and nothing is loaded that the registry does not list."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import make_response

from conference.consent import registry, setup, wording
from tests.conftest import browser
from tests.signing_in import signed_in

LOADING = {"src", "srcset", "data", "poster", "background"}


class Loads(HTMLParser):
    """Addresses that a page makes a browser fetch without being asked."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        wanted = LOADING | ({"href"} if tag in ("link", "use", "image") else set())
        self.found += [value for name, value in attributes if name in wanted and value]


def foreign_origins(html):
    parser = Loads()
    parser.feed(html)
    parts = [urlsplit(address) for address in parser.found]
    return {f"{each.scheme}://{each.netloc}" for each in parts if each.netloc and each.netloc != "localhost"}


def public_pages(app):
    """Every page that can be asked for without knowing anything, and one of each kind that was made here."""
    plain = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    return [
        *plain,
        "/meetings/T1/",
        "/meetings/T1/meeting.ics",
        "/meetings/T1/register",
        "/meetings/T1/schedule",
        "/nowhere",
    ]


def test_the_words_that_people_agreed_to_change_only_with_the_version(app):
    with app.test_request_context("/"):
        found = wording.digest(wording.agreed_text())

    assert registry.HASHES[registry.VERSION] == found, (
        "what is agreed to has changed: raise VERSION, add its hash to HASHES"
    )


def test_every_cookie_and_resource_has_a_purpose(app):
    purposes = {purpose.key for purpose in registry.PURPOSES}

    assert {each.purpose for each in (*registry.COOKIES, *registry.RESOURCES)} <= purposes
    assert sorted(registry.OPTIONAL) == ["media"]


def test_first_looks_set_no_cookie_and_load_nothing_from_elsewhere(context, meeting):
    for path in public_pages(context):
        response = browser(context).get(path)

        assert response.headers.getlist("Set-Cookie") == [], path
        if response.mimetype == "text/html":
            assert foreign_origins(response.text) == set(), path


def test_even_after_a_yes_only_registered_things_are_set_and_loaded(context, meeting):
    client = browser(context)
    client.post("/consent", data={"choice": "accept"})
    listed = {each.origin for each in registry.RESOURCES}
    seen = set()

    for path in public_pages(context):
        response = client.get(path)
        names = {line.partition("=")[0] for line in response.headers.getlist("Set-Cookie")}
        assert all(registry.cookie_named(name) for name in names), path
        seen |= foreign_origins(response.text) if response.mimetype == "text/html" else set()

    assert seen == listed


def test_a_cookie_that_is_not_registered_is_stopped(app):
    with app.test_request_context("/"):
        response = make_response("")
        response.set_cookie("tracker", "1")
        with pytest.raises(setup.Unregistered):
            setup.gate(response)


def test_outside_of_tests_the_page_is_served_without_that_cookie(app, monkeypatch):
    monkeypatch.setitem(app.config, "TESTING", False)
    with app.test_request_context("/"):
        response = make_response("")
        response.set_cookie("plenary_consent", "1")
        response.set_cookie("tracker", "1")
        names = [line.partition("=")[0] for line in setup.gate(response).headers.getlist("Set-Cookie")]

    assert names == ["plenary_consent"]


def test_the_page_of_choices_lists_all_that_is_registered(client, meeting):
    page = client.get("/consent").text

    for cookie in registry.COOKIES:
        assert f">{cookie.name}</code>" in page
    for resource in registry.RESOURCES:
        assert resource.provider in page


def test_staff_pages_never_ask(context, meeting):
    cleo = signed_in(context, "cleo@example.org", roles=("administrator",))

    assert "consent-banner" not in cleo.get("/staff/consent").text
    assert "consent-banner" in cleo.get("/").text
