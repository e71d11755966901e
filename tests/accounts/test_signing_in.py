"""Signing in by a code: for everybody the same way, once, and only with the right code."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from conference import accounts, mail, people
from conference.accounts import rules
from conference.accounts.models import SignInCode
from conference.kernel import clock, db, transaction
from tests.accounts.letters import another, last_code, last_letter
from tests.conftest import browser


def ask(client, email="ada@example.org", **query):
    return client.post("/account/sign-in", data={"email": email}, query_string=query)


def enter(client, code, **query):
    return client.post("/account/sign-in/code", data={"code": code}, query_string=query)


def sign_in(client, email="ada@example.org", **query):
    ask(client, email, **query)
    return enter(client, last_code(), **query)


def is_signed_in(client):
    return client.get("/account/security").status_code == 200


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_first_right_code_makes_person_and_account(client):
    answer = sign_in(client, " Ada@Example.ORG ")

    assert (answer.status_code, answer.location) == (303, "/account/")
    assert people.by_email("ada@example.org") is not None
    assert accounts.by_email("ada@example.org").roles == frozenset()
    assert is_signed_in(client)


def test_asking_alone_makes_nobody(client):
    ask(client)

    assert (count(people.Person), count(accounts.Account)) == (0, 0)


def test_a_known_person_is_not_entered_twice(client, now):
    with transaction():
        ada = people.enter(email="ada@example.org", given_name="Ada", now=now)

    sign_in(client)

    assert count(people.Person) == 1
    assert accounts.by_email("ada@example.org").person_id == ada.id


def test_known_and_unknown_addresses_get_the_same_answer_and_letter(context):
    with transaction():
        accounts.create(email="ada@example.org", now=clock.now())
    seen = {}
    for email in ("ada@example.org", "ben@example.org"):
        client = browser(context)
        asked = ask(client, email)
        page = client.get("/account/sign-in/code")
        letter = last_letter(email)
        wrong = enter(client, another(last_code(email)))
        secrets = (email, last_code(email), another(last_code(email)))
        texts = [asked.text, page.text, wrong.text, letter.body]
        for secret in secrets:
            texts = [text.replace(secret, "…") for text in texts]
        seen[email] = (asked.status_code, asked.location, wrong.status_code, letter.subject, letter.kind, texts)

    assert seen["ada@example.org"] == seen["ben@example.org"]


def test_typed_spaces_and_other_digits_are_the_same_code(client):
    ask(client)
    code = last_code()

    answer = enter(client, f"{code[:3]} {code[3:]}".translate({48 + n: 0x0660 + n for n in range(10)}))

    assert answer.status_code == 303


def test_a_wrong_code_is_told_at_the_field_and_the_right_one_still_works(client):
    ask(client)

    answer = enter(client, another(last_code()))

    assert answer.status_code == 422
    assert "That is not the code" in answer.text
    assert enter(client, last_code()).status_code == 303


def test_after_five_wrong_codes_the_right_one_is_refused(client):
    ask(client)
    for _ in range(rules.MOST_TRIES):
        enter(client, another(last_code()))

    answer = enter(client, last_code())

    assert answer.status_code == 422
    assert "can no longer be used" in answer.text
    assert not is_signed_in(client)


def test_a_code_works_once(client, context):
    ask(client)
    code = last_code()
    with client.session_transaction() as session:
        waiting = dict(session)
    enter(client, code)
    other = browser(context)
    with other.session_transaction() as session:
        session.update(waiting)

    answer = enter(other, code)

    assert answer.status_code == 422
    assert not is_signed_in(other)


def test_a_code_is_of_no_use_in_another_browser(client, context):
    ask(client)
    other = browser(context)
    ask(other, "ben@example.org")

    assert enter(other, last_code("ada@example.org")).status_code == 422


def test_a_code_works_for_ten_minutes(client):
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        ask(client)
        traveller.move_to(start + rules.CODE_LIFE)
        late = enter(client, last_code())
        page = client.get("/account/sign-in/code")
        traveller.move_to(start + rules.CODE_LIFE - timedelta(seconds=1))
        in_time = enter(client, last_code())

    assert (late.status_code, in_time.status_code) == (422, 303)
    assert "can no longer be used" in page.text


def test_a_new_code_can_be_asked_for(client):
    ask(client)
    first = last_letter().id

    answer = client.post("/account/sign-in/code/new")

    assert answer.status_code == 303
    assert last_letter().id != first
    assert enter(client, last_code()).status_code == 303


def test_the_code_is_kept_as_a_digest_and_its_letter_is_secret(client):
    ask(client)
    row, letter = db.session.scalar(select(SignInCode)), last_letter()

    assert last_code() not in (row.digest, row.ref)
    assert letter.is_secret
    assert last_code() not in letter.subject


def test_letters_to_one_address_are_limited(client):
    limit = rules.LIMITS["code-to-address"][0]
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        answers = [ask(client).status_code for _ in range(limit.most + 1)]
        last = ask(client)
        other = ask(client, "ben@example.org").status_code

    assert answers == [303] * limit.most + [429]
    assert 0 < int(last.headers["Retry-After"]) <= limit.window.total_seconds()
    assert "tried too often" in last.text
    assert other == 303
    assert count(mail.Letter) == limit.most + 1


def test_letters_asked_for_from_one_client_are_limited(client, monkeypatch):
    limit = rules.Limit(2, timedelta(minutes=10))
    monkeypatch.setitem(rules.LIMITS, "code-from-client", (limit,))
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        answers = [ask(client, f"person{number}@example.org").status_code for number in range(3)]

    assert answers == [303, 303, 429]


def test_wrong_codes_from_one_client_are_limited(client, monkeypatch):
    limit = rules.Limit(2, timedelta(minutes=10))
    monkeypatch.setitem(rules.LIMITS, "wrong-code-from-client", (limit,))
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        ask(client)
        answers = [enter(client, another(last_code())).status_code for _ in range(3)]
        right = enter(client, last_code()).status_code

    assert answers == [422, 422, 429]
    assert right == 429


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
        assert session.keys() == {"_user_id", "_permanent"}
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


def test_a_closed_account_is_told_so_only_after_the_right_code(client):
    with transaction():
        accounts.close(accounts.create(email="ada@example.org", now=clock.now()), by=None, now=clock.now())
    asked = ask(client)
    wrong = enter(client, another(last_code()))

    right = enter(client, last_code())

    assert (asked.status_code, wrong.status_code, right.status_code) == (303, 422, 422)
    assert "closed" not in wrong.text
    assert "This account is closed" in right.text
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/account/sign-in/code", "/account/sign-in/code/new"])
def test_a_code_nobody_waits_for_leads_back_to_the_start(client, path):
    assert client.post(path, data={"code": "123456"}).location == "/account/sign-in"


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
