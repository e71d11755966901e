"""However a request ends, the page is in words, has its headers and tells nothing of our insides."""

import html5lib
import pytest

from conference.app import create_app
from tests.conftest import browser
from tests.web import probe


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 410, 413, 418, 429, 500, 502, 503])
def test_every_error_is_a_page_in_words(probed, code):
    answer = probed.get(f"/probe/status/{code}")

    assert answer.status_code == code
    document = html5lib.parse(answer.text, namespaceHTMLElements=False)
    assert len(list(document.iter("h1"))) == 1
    assert "Content-Security-Policy" in answer.headers


def test_a_refusal_is_a_409_with_its_own_words_escaped(probed):
    answer = probed.get("/probe/refused")

    assert answer.status_code == 409
    assert "The workshop is &lt;b&gt;full&lt;/b&gt;." in answer.text


def test_a_fault_of_ours_says_so_and_no_more(probed):
    answer = probed.get("/probe/broken")

    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text and "secret words" not in answer.text


@pytest.mark.parametrize(
    "words", ["database is locked", "canceling statement due to lock timeout", "deadlock detected"]
)
def test_a_lock_that_was_not_had_asks_to_come_again(probed, words):
    answer = probed.get(f"/probe/database/{words}")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")


def test_another_fault_of_the_database_is_a_fault_of_ours(probed):
    assert probed.get("/probe/database/disk is full").status_code == 500


def test_programs_get_json(probed):
    answer = probed.get("/probe/refused", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json) == (409, {"error": "The workshop is <b>full</b>."})


def test_a_form_that_is_too_large_is_refused_in_words(probed):
    assert probed.post("/probe/form", data={"a": "x" * 600_000}).status_code == 413
    assert probed.post("/probe/form", data={f"f{number}": "" for number in range(900)}).text == "900"
    parts = {f"f{number}": (None, "") for number in range(1200)}
    assert probed.post("/probe/form", data=parts, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/%ff%fe",
        "/a" * 900,
        "/probe/%f0%9f",
        "/..%2f..%2fetc/passwd",
        "//evil.example/%2e%2e",
        "/{{7*7}}",
        "/probe/open?a=%00&b=%ff",
    ],
)
def test_no_address_makes_a_fault(probed, address):
    assert probed.get(address).status_code in (200, 301, 308, 400, 404)


def test_a_host_that_is_not_ours_is_refused(probing, probed):
    probing.config["TRUSTED_HOSTS"] = ["am.example.org"]
    try:
        assert probed.get("/probe/open", headers={"Host": "evil.example"}).status_code == 400
        assert probed.get("/probe/open", headers={"Host": "am.example.org"}).status_code == 200
    finally:
        probing.config["TRUSTED_HOSTS"] = []


@pytest.fixture
def away(app):
    """A browser on an application whose database does not answer."""
    nowhere = "postgresql+psycopg://x@127.0.0.1:9/x?connect_timeout=2"
    application = create_app({**app.config, "SQLALCHEMY_DATABASE_URI": nowhere, "SQLALCHEMY_ENGINE_OPTIONS": {}})
    application.register_blueprint(probe.bp)
    with application.app_context():
        yield browser(application)


@pytest.mark.parametrize(("address", "status"), [("/", 503), ("/no-such-page", 404), ("/account/", 303)])
def test_without_the_database_every_page_is_still_in_words(away, address, status):
    answer = away.get(address)

    assert answer.status_code in (status, 503)
    assert answer.status_code != 503 or "Nothing was lost" in answer.text


def test_without_the_database_the_process_is_up_but_not_ready(away):
    assert away.get("/healthz").status_code == 200
    assert (away.get("/readyz").status_code, away.get("/readyz").json["database"]) == (503, False)
    assert "plenary_database_up 0.0" in away.get("/metrics").text
