"""Signing in by a code: for everybody the same way, once, and only with the right code."""

import re

from sqlalchemy import func, select

from conference import accounts, mail, people
from conference.kernel import db, transaction


def last_letter():
    return db.session.scalar(select(mail.Letter).order_by(mail.Letter.id.desc()).limit(1))


def last_code():
    return re.search(r"^\s+(\d{6})$", last_letter().body, re.MULTILINE)[1]


def ask(client, email="ada@example.org", **query):
    return client.post("/account/sign-in", data={"email": email}, query_string=query)


def sign_in(client, email="ada@example.org", **query):
    ask(client, email, **query)
    return client.post("/account/sign-in/code", data={"code": last_code()}, query_string=query)


def test_the_first_right_code_makes_person_and_account(client):
    answer = sign_in(client, " Ada@Example.ORG ")

    assert (answer.status_code, answer.location) == (303, "/account/")
    assert people.by_email("ada@example.org") is not None
    assert accounts.by_email("ada@example.org").roles == frozenset()
    assert client.get("/account/security").status_code == 200


def test_a_known_person_is_not_entered_twice(client, now):
    with transaction():
        ada = people.enter(email="ada@example.org", given_name="Ada", now=now)

    sign_in(client)

    assert db.session.scalar(select(func.count()).select_from(people.Person)) == 1
    assert accounts.by_email("ada@example.org").person_id == ada.id
