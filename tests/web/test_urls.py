"""Addresses: nothing too large reaches the database, and nobody is led away from this site."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conference.web import absolute_url, safe_next

HOME = "/home"


@pytest.mark.parametrize("number", ["0", "7", "999999999"])
def test_numbers_that_a_database_can_hold_get_through(probed, number):
    assert probed.get(f"/probe/number/{number}").text == str(int(number))


@pytest.mark.parametrize(
    "number", ["9223372036854775808", "2147483648", "1" * 19, "-1", "1.5", "1e3", "٣", "9" * 400, "0x1", "%00", "1%20"]
)
def test_other_numbers_are_not_there(probed, number):
    assert probed.get(f"/probe/number/{number}").status_code == 404


@pytest.mark.parametrize("ref", ["ACDEFG", "A" * 32])
def test_what_could_be_a_reference_gets_through(probed, ref):
    assert probed.get(f"/probe/ref/{ref}").text == ref


@pytest.mark.parametrize("ref", ["ACDEF", "A" * 33, "acdefg", "ABCDEF", "ACDEF%00", "ACDE-FG", "АCDEFG"])
def test_what_could_be_none_is_not_there(probed, ref):
    assert probed.get(f"/probe/ref/{ref}").status_code == 404


@given(st.text(max_size=60))
@example("//evil.example")
@example("/\\evil.example")
@example("\\/evil.example")
@example("/\t/evil.example")
@example("/\n/evil.example")
@example("https:evil.example")
@example("https:///evil.example")
@example("/%2f/evil.example")
@example("///evil.example")
@example("/.//evil.example")
@example("javascript:alert(1)")
@example("/ok?next=//evil.example")
@example("http://[")
@example("//[")
def test_wherever_next_points_the_browser_stays_here(app, text):
    with app.test_request_context():
        target = safe_next(text, HOME)

    # As browsers read it: tabs and line ends vanish, a backslash is a slash (https://url.spec.whatwg.org/).
    read = target.translate({9: None, 10: None, 13: None}).replace("\\", "/")
    assert urlsplit(urljoin("http://localhost/here", read)).netloc == "localhost"
    assert target.startswith("/")


@pytest.mark.parametrize("target", ["/account/", "/meetings/AM28/register?step=2", "/pages/goals#top", "/näme"])
def test_pages_of_ours_are_kept(app, target):
    with app.test_request_context():
        assert safe_next(target, HOME) == target


def test_links_in_letters_never_follow_the_host_of_a_request(app):
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert absolute_url("operations.health") == "http://localhost/healthz"
    with app.app_context():
        assert absolute_url("operations.health") == "http://localhost/healthz"
