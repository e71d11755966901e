"""Answering, being asked, withdrawing, the browser's signal: as browsers without JavaScript meet them."""

from datetime import timedelta

import pytest
import time_machine

from conference import consent
from conference.accounts import rules
from conference.consent import jobs, queries, registry
from conference.consent.rules import KEPT, PROOF_KEPT
from conference.kernel import clock, db
from tests.conftest import browser
from tests.signing_in import signed_in

BANNER = b'class="consent-banner"'
FRAME = b"<iframe"
SIGNAL = {"Sec-GPC": "1"}


def answer(client, choice, **fields):
    return client.post("/consent", data={"choice": choice, **fields}, headers=fields.pop("headers", None))


def rows():
    return [(each.act, each.choices, each.surface) for each in queries.in_order()]


def cookies(response):
    return [line.partition("=")[0] for line in response.headers.getlist("Set-Cookie")]


def test_the_first_look_at_a_page_asks_and_sets_nothing(client, meeting):
    response = client.get("/meetings/T1/")

    assert BANNER in response.data and FRAME not in response.data
    assert cookies(response) == []
    assert {each.lower() for each in response.vary} >= {"cookie", "sec-gpc"}
    assert rows() == []


@pytest.mark.parametrize(("choice", "allowed"), [("accept", True), ("refuse", False)])
def test_one_click_on_the_banner_answers_and_returns_to_the_page(client, meeting, choice, allowed):
    response = answer(client, choice, surface="banner", next="/meetings/T1/")
    page = client.get("/meetings/T1/")

    assert (response.status_code, response.location) == (303, "/meetings/T1/")
    assert cookies(response) == ["plenary_consent"]
    assert BANNER not in page.data
    assert (FRAME in page.data) is allowed
    assert ("frame-src https://www.openstreetmap.org" in page.headers["Content-Security-Policy"]) is allowed
    assert rows() == [(choice, {"media": allowed}, "banner")]


def test_a_row_says_to_which_words_in_which_language_it_was_given(client, meeting):
    answer(client, "accept")
    answer(client, "refuse")

    first, second = queries.in_order()
    [wording] = queries.wordings()
    assert (first.version, first.text_sha256, first.language, first.person_id) == (1, wording.sha256, "en", None)
    assert first.consent_id == second.consent_id
    assert "OpenStreetMap" in wording.text and "plenary_consent" in wording.text


def test_the_map_can_be_allowed_where_it_stands(client, meeting):
    response = answer(client, "custom", surface="map", purpose="media", next="/meetings/T1/#venue")

    assert response.location == "/meetings/T1/#venue"
    assert FRAME in client.get("/meetings/T1/").data
    assert rows() == [("custom", {"media": True}, "map")]


def test_withdrawing_is_one_click_at_the_foot_and_takes_the_map_away(client, meeting):
    answer(client, "accept")
    assert b"Withdraw consent" in client.get("/meetings/T1/").data

    response = answer(client, "withdraw", surface="foot", next="/meetings/T1/")
    told = client.get(response.location)
    page = client.get("/meetings/T1/")

    assert response.status_code == 303 and b"Your consent is withdrawn" in told.data
    assert FRAME not in page.data and BANNER not in page.data and b"Withdraw consent" not in page.data
    assert [row[0] for row in rows()] == ["accept", "withdraw"]


def test_what_is_no_answer_is_explained_and_changes_nothing(client, meeting):
    for nonsense in ("", "perhaps", "gpc", "\x00"):
        response = answer(client, nonsense)
        assert response.status_code == 422 and b"Nothing was changed" in response.data
    assert rows() == []


def test_answers_lead_nowhere_else(client, meeting):
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert answer(client, "refuse", surface="banner", next=target).location.startswith("/consent")


def test_an_answer_from_another_site_is_refused(client, meeting):
    response = client.post("/consent", data={"choice": "accept"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403 and rows() == []


def test_a_forged_answer_counts_for_nothing(client, meeting):
    answer(client, "refuse")
    signed = client.get_cookie("plenary_consent").value
    for forged in ("accept", signed[:-3] + "abc", signed.replace(".", "", 1), "x" * 3000):
        client.set_cookie("plenary_consent", forged)
        assert BANNER in client.get("/meetings/T1/").data


def test_six_months_later_one_is_asked_again(client, meeting):
    answer(client, "accept")

    with time_machine.travel(clock.now() + KEPT - timedelta(minutes=1), tick=False):
        assert FRAME in client.get("/meetings/T1/").data
    client.set_cookie("plenary_consent", client.get_cookie("plenary_consent").value)
    with time_machine.travel(clock.now() + KEPT + timedelta(minutes=1), tick=False):
        page = client.get("/meetings/T1/").data
        assert FRAME not in page and BANNER in page


def test_a_new_version_of_the_question_asks_again(client, meeting, monkeypatch):
    answer(client, "accept")
    monkeypatch.setattr("conference.consent.current.VERSION", registry.VERSION + 1)

    page = client.get("/meetings/T1/").data

    assert FRAME not in page and BANNER in page


def test_the_signal_alone_denies_without_asking_and_says_so(client, meeting):
    page = client.get("/meetings/T1/", headers=SIGNAL)

    assert BANNER not in page.data and FRAME not in page.data and cookies(page) == []
    assert "privacy signal is honoured" in page.text
    assert rows() == []


def test_one_may_say_yes_despite_the_signal_and_that_is_on_record(client, meeting):
    answer(client, "custom", purpose="media", headers=SIGNAL)

    assert FRAME in client.get("/meetings/T1/", headers=SIGNAL).data
    [row] = queries.in_order()
    assert (row.act, row.despite_signal) == ("custom", True)


def test_a_signal_that_comes_later_takes_a_yes_back_once(client, meeting):
    answer(client, "accept")

    first = client.get("/meetings/T1/", headers=SIGNAL)
    client.get("/meetings/T1/", headers=SIGNAL)
    without = client.get("/meetings/T1/")

    assert FRAME not in first.data and cookies(first) == ["plenary_consent"]
    assert FRAME not in without.data and BANNER not in without.data
    assert [row[0] for row in rows()] == ["accept", "gpc"]


def test_the_site_promises_to_heed_the_signal(client):
    response = client.get("/.well-known/gpc.json")

    assert response.is_json and response.json["gpc"] is True


def test_a_refusal_of_the_person_follows_them_and_a_yes_does_not(context, meeting):
    phone, laptop = signed_in(context, "ada@example.org"), signed_in(context, "ada@example.org")
    answer(laptop, "accept")
    assert BANNER in phone.get("/meetings/T1/").data

    answer(phone, "refuse")

    assert FRAME not in laptop.get("/meetings/T1/").data
    answer(laptop, "accept")
    assert FRAME in laptop.get("/meetings/T1/").data
    assert FRAME not in phone.get("/meetings/T1/").data
    assert [each.person_id is not None for each in queries.in_order()] == [True, True, True]


def narrow(monkeypatch, most):
    monkeypatch.setitem(rules.LIMITS, "consent-from-client", (rules.Limit(most, timedelta(days=1)),))


def test_one_network_gives_only_so_many_answers_an_hour(context, meeting, monkeypatch):
    narrow(monkeypatch, 2)

    answers = [answer(browser(context), "accept") for _ in range(3)]

    assert [each.status_code for each in answers] == [303, 303, 429]
    assert cookies(answers[-1]) == []
    assert len(rows()) == 2


def test_a_signal_beyond_the_limit_is_heeded_without_a_row(client, meeting, monkeypatch):
    answer(client, "accept")
    narrow(monkeypatch, 0)

    page = client.get("/meetings/T1/", headers=SIGNAL)

    assert (page.status_code, FRAME in page.data) == (200, False)
    assert len(rows()) == 1


def test_old_answers_of_visitors_are_forgotten_and_those_of_people_stay(context, client, meeting):
    with time_machine.travel(clock.now() - PROOF_KEPT - timedelta(days=1)):
        answer(client, "accept")
        answer(signed_in(context, "ada@example.org"), "refuse")
    answer(browser(context), "custom")

    assert jobs.forget() == 1

    assert [act for act, _choices, _surface in rows()] == ["refuse", "custom"]
    assert jobs.forget() == 0


def test_answers_cannot_be_changed_or_deleted(client, meeting):
    answer(client, "accept")
    row = next(iter(queries.in_order()))

    row.act = "refuse"
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()
    db.session.delete(next(iter(queries.in_order())))
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()


def test_a_purpose_that_is_not_listed_cannot_be_asked_for(app):
    with app.test_request_context("/"), pytest.raises(KeyError):
        consent.allows("statistics")


def test_auditors_see_and_take_all_answers_and_others_do_not(context, client, meeting):
    answer(client, "accept")
    answer(client, "withdraw")
    cleo = signed_in(context, "cleo@example.org", roles=("administrator",))
    ben = signed_in(context, "ben@example.org", roles=("finance",))

    page, lines = cleo.get("/staff/consent"), cleo.get("/staff/consent/answers.csv").text.splitlines()

    assert page.status_code == 200 and "OpenStreetMap" in page.text
    assert lines[0].endswith(",media") and [line.split(",")[3] for line in lines[1:]] == ["accept", "withdraw"]
    assert [ben.get(path).status_code for path in ("/staff/consent", "/staff/consent/answers.csv")] == [403, 403]
    assert browser(context).get("/staff/consent").status_code == 303
