"""What a person does to sign in, and what the tests look at afterwards."""

from sqlalchemy import func, select

from conference.kernel import db
from tests.accounts.letters import last_code


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
