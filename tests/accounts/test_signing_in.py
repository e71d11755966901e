"""Signing in by a code: for everybody the same way, once, and only with the right code."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from conference import accounts, people
from conference.accounts import rules
from conference.accounts.models import SignInCode
from conference.kernel import clock, db, transaction
from tests.accounts.letters import another, last_code, last_letter
from tests.accounts.steps import ask, count, enter, is_signed_in, sign_in
from tests.conftest import browser


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
