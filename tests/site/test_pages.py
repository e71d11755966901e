"""Every address, and every page that these link to, as each kind of person: right status, valid page, safe headers."""

import os
import re

import pytest
from werkzeug.exceptions import HTTPException

from tests.conftest import browser
from tests.site import addresses, reading
from tests.site.people import PERSONS
from tests.site.walking import walk

SAMPLES = "/design/"  # its forms show how forms look
POLICY = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'")
# What a page of our own may show in a frame: the badge that a counter prints.
FRAMED = re.compile(r"/staff/badges/\w+\.pdf")


@pytest.fixture(scope="module")
def walked(site):
    """What somebody found on their way through the whole site; they walk once."""
    found = {}

    def way(name):
        if name not in found:
            found[name] = walk(site, name)
        return found[name]

    return way


# Who may do what is asked of no database; together these see every page and so every question to PostgreSQL.
WALKING = ("administrator", "ada", "ben", "stranger") if os.environ.get("TEST_DATABASE_URL") else PERSONS


@pytest.fixture(params=WALKING)
def name(request):
    """Everybody, one after the other."""
    return request.param


def test_every_argument_of_an_address_has_a_value_here(site):
    unknown = {rule.rule: names for rule in site.app.url_map.iter_rules() if (names := addresses.lacking(site, rule))}

    assert unknown == {}, "say in tests/site/values.py what stands there"


def test_everybody_gets_what_the_rule_of_the_address_says(site, walked, name):
    answers = [each for each in walked(name).values() if each.endpoint]

    wrong = {
        each.path: f"{each.status} rather than {wanted}"
        for each in answers
        if each.status != (wanted := addresses.expected(site, each.endpoint, name))
    }

    assert wrong == {}


def test_every_address_can_be_opened_by_somebody(site, walked):
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in rule.methods}

    opened = {
        endpoint for endpoint in endpoints if any(addresses.expected(site, endpoint, name) == 200 for name in PERSONS)
    }

    assert endpoints - opened == addresses.LEADING | addresses.UNREADY | addresses.SENT_ON


def test_every_link_leads_somewhere(walked, name):
    astray = {each.path: each.status for each in walked(name).values() if not each.endpoint}

    assert {path: status for path, status in astray.items() if status not in (200, 303, 308)} == {}


@pytest.mark.on("sqlite")
def test_every_page_is_a_valid_document(walked, name):
    pages = [each.page for each in walked(name).values() if each.page]

    found = [fault for page in pages for fault in reading.faults(page)]

    assert len(pages) > 20
    assert not found, "\n".join(found)


def test_every_form_leads_to_an_address_that_takes_it(site, walked, name):
    adapter = site.app.url_map.bind("localhost")
    pages = [each.page for each in walked(name).values() if each.page and not each.path.startswith(SAMPLES)]
    lost = set()
    for page in pages:
        for address, method in page.forms():
            try:
                adapter.match(address.partition("?")[0], method=method)
            except HTTPException:
                lost.add((page.path, method, address))

    assert lost == set()


def test_the_headers_keep_every_answer_to_itself(walked, name):
    loose = {}
    for each in walked(name).values():
        policy = each.headers.get("Content-Security-Policy", "")
        missing = [part for part in POLICY[: None if each.page else 1] if part not in policy]
        if missing or "unsafe" in policy or each.headers.get("X-Content-Type-Options") != "nosniff":
            loose[each.path] = policy
        framed = each.status == 200 and FRAMED.fullmatch(each.path.partition("?")[0])
        if each.headers.get("X-Frame-Options") != ("SAMEORIGIN" if framed else "DENY"):
            loose[each.path] = "may be framed"
        if each.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer", "strict-origin-when-cross-origin"):
            loose[each.path] = each.headers.get("Referrer-Policy")

    assert loose == {}


def test_what_is_shown_to_one_person_is_kept_by_nobody(site, walked, name):
    kept = {}
    for each in walked(name).values():
        policy = each.headers.get("Cache-Control", "")
        private = name != "stranger" and each.page
        if (private and "no-store" not in policy and "private" not in policy) or not policy:
            kept[each.path] = policy

    assert kept == {}


def test_the_first_look_at_any_page_sets_no_cookie(site):
    paths = [each.path for each in addresses.of_method(site, "GET")]

    setting = [path for path in paths if "Set-Cookie" in browser(site.app).get(path).headers]

    assert setting == []
