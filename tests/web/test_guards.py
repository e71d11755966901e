"""Who may open a page, and from where it may be posted to."""

import pytest
from flask import request

from conference.web import access, staff
from tests.signing_in import signed_in


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "none", "Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "http://evil.example/http://localhost"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Referer": "http://localhost/"},
        {},
    ],
)
def test_a_post_that_our_pages_did_not_send_is_refused(stranger, headers):
    assert stranger.post("/probe/open", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"}]
)
def test_a_post_of_our_own_pages_is_taken(stranger, headers):
    assert stranger.post("/probe/open", headers=headers).text == "posted"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_gets_through_either(stranger, method):
    assert getattr(stranger, method)("/probe/open").status_code == 403


def test_a_machine_that_proves_itself_otherwise_may_post(stranger):
    assert stranger.post("/probe/hook", headers={"Sec-Fetch-Site": "cross-site"}).text == "taken"


def test_reading_needs_no_proof(stranger):
    assert stranger.get("/probe/open", headers={"Sec-Fetch-Site": "cross-site"}).text == "open"


def test_a_page_of_which_nobody_said_who_may_see_it_is_shut(probed):
    assert probed.get("/probe/forgotten").status_code == 404


def test_strangers_are_led_to_sign_in_and_back(probed):
    answer = probed.get("/probe/mine?a=1&b=ü")

    assert answer.status_code == 303
    assert answer.location.startswith("/account/sign-in?next=/probe/mine?a%3D1")


def test_a_strangers_post_is_not_kept_for_later(probed):
    assert probed.post("/probe/mine").status_code == 403


def test_a_signed_in_person_sees_their_page_and_no_others(probing, probed):
    ada = signed_in(probing, "ada@example.org")

    assert ada.get("/probe/mine").text == "ada@example.org"
    assert ada.get("/probe/money").status_code == 403


@pytest.mark.parametrize(
    ("role", "status"), [("finance", 200), ("administrator", 200), ("door", 403), ("programme", 403)]
)
def test_a_role_opens_its_own_pages(probing, probed, role, status):
    cleo = signed_in(probing, "cleo@example.org", roles=(role,))

    assert cleo.get("/probe/money").status_code == status


def test_a_role_that_does_not_exist_cannot_be_asked_for():
    with pytest.raises(ValueError):
        staff("king")


def test_a_rule_is_readable_on_the_view():
    @access.allow(access.signed_in)
    def view():
        pass

    assert view.allowed is access.signed_in


@pytest.mark.parametrize(
    "path", ["/meetings/%00/register", "/meetings/T%001/", "/pages/%00", "/account/sign-in/link/%00"]
)
def test_no_address_holds_what_no_database_takes(client, path):
    assert client.get(path).status_code == 404


def test_a_parameter_that_no_database_takes_says_what_nothing_is_called(app):
    with app.test_request_context("/?q=a%00b&%00=d&page=2"):
        app.preprocess_request()
        assert list(request.args.items(multi=True)) == [("q", "a\ufffdb"), ("\ufffd", "d"), ("page", "2")]
