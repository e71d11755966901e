"""What a device may keep: a worker for the programme's addresses alone, a list of public pages, and whose schedule an answer holds."""

import re
from pathlib import Path

from conference.schedule.mine import keeping
from tests.conftest import browser
from tests.schedule.conftest import publish
from tests.schedule.test_cost import counted
from tests.schedule.test_stars import BASE, star
from tests.signing_in import signed_in

STATIC = Path(__file__).parents[3] / "static"


def kept(client):
    return client.get(f"{BASE}/offline.json").json


def test_the_worker_is_allowed_for_the_programme_and_asked_for_anew_each_time(client, released):
    answer = client.get(f"{BASE}/worker.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == BASE
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get(f"{BASE}/worker.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/meetings/NONE/schedule/worker.js").status_code == 404


def test_the_list_is_the_days_and_what_is_starred_and_all_of_it_is_there_without_cookies(client, released):
    star(client, 30)
    star(client, 41)

    listed = kept(client)

    assert [path.removeprefix(BASE) for path in listed["pages"]] == [
        "/offline", "", "/2027-05-11", "/sessions/40", "/presentations/30", "/sessions/41",
    ]  # fmt: skip
    stranger = browser(client.application)
    for path in listed["pages"] + listed["files"]:
        answer = stranger.get(path)
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False), path


def test_there_is_a_limit_to_what_is_kept(client, released, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_PAGES", 2)
    star(client, 40)

    assert len(kept(client)["pages"]) == 2


def test_scripts_of_pages_that_are_kept_are_kept(client, released):
    star(client, 40)
    listed = kept(client)
    pages = "".join(client.get(path).get_data(as_text=True) for path in [*listed["pages"], f"{BASE}/mine"])

    wanted = {name for found in re.findall(r'data-behaviour="([^"]+)"', pages) for name in found.split()}

    assert wanted - {"submit-once"} <= {path.rpartition("/")[2].removesuffix(".js") for path in listed["files"]}


def test_another_release_is_another_version(client, released, now):
    before = kept(client)["version"]
    assert kept(browser(client.application))["version"] == before

    publish(released, now)

    assert kept(client)["version"] != before


def test_an_answer_says_whose_schedule_it_holds(client, released):
    ada, visitor = signed_in(client.application, "ada@example.org"), browser(client.application)
    star(visitor, 40)

    whose = [each.get(f"{BASE}/{page}").headers["Schedule-Of"] for each in (client, visitor, ada) for page in ("mine", "stars.json")]  # fmt: skip

    assert whose == ["nobody"] * 2 + ["visitor"] * 2 + ["account"] * 2


def test_who_is_signed_out_sheds_the_copies_of_accounts_and_who_is_signed_in_does_not(client, released):
    ada = signed_in(client.application, "ada@example.org")

    assert "forget-own-copies" in client.get(f"{BASE}/mine").text
    assert "forget-own-copies" not in ada.get(f"{BASE}/mine").text
    assert 'data-behaviour="submit-once forget-own-copies"' in ada.get("/account/security").text


def test_the_worker_keeps_no_address_of_staff_and_no_form():
    script = (STATIC / "js/workers/programme.js").read_text()
    pages = re.search(r"const PAGES = /\^(.*)\$/;", script)[1].replace("\\/", "/")

    def is_kept(path):
        return re.fullmatch(pages, path) is not None

    assert all(map(is_kept, ["", "/2027-05-11", "/sessions/40", "/presentations/3", "/people/7", "/offline"]))
    assert not any(map(is_kept, ["/mine", "/mine.pdf", "/shared/abc", "/sessions/40/sign-up", "/search", "/worker.js"]))
    assert 'request.method !== "GET"' in script


def test_what_is_listed_costs_the_same_for_more_stars(client, released):
    def queries():
        with counted() as statements:
            kept(client)
        return len(statements)

    star(client, 40)
    one = queries()
    star(client, 30)

    assert queries() == one
