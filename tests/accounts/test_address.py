"""An account moves to another address when that address proves itself, and the old one hears of it."""

import pytest

from conference import accounts, audit, people
from conference.kernel import db
from tests.accounts.letters import another, last_code, last_letter
from tests.signing_in import account_of, signed_in


def ask(client, email):
    return client.post("/account/security/address", data={"email": email})


def enter(client, code):
    return client.post("/account/security/address/code", data={"code": code})


def test_the_address_moves_with_a_right_code_and_both_addresses_are_told(context):
    client = signed_in(context, "ada@example.org")
    elsewhere = signed_in(context, "ada@example.org")

    ask(client, "Ada@Elsewhere.example")
    answer = enter(client, last_code("ada@elsewhere.example"))

    assert answer.status_code == 303
    assert accounts.by_email("ada@elsewhere.example") is not None
    assert accounts.by_email("ada@example.org") is None
    for email in ("ada@example.org", "ada@elsewhere.example"):
        letter = last_letter(email)
        assert letter.kind == "address-changed"
        assert "If it was not you, object at once" in letter.body
    assert client.get("/account/security").status_code == 200
    assert elsewhere.get("/account/security").status_code == 303


def test_the_move_stands_in_the_audit_trail(context):
    client = signed_in(context, "ada@example.org")
    ask(client, "new@example.org")
    enter(client, last_code())

    entry = audit.story_of(people.by_email("new@example.org"))[0]

    assert (entry.before, entry.after) == ({"email": "ada@example.org"}, {"email": "new@example.org"})


def test_a_wrong_code_moves_nothing(context):
    client = signed_in(context, "ada@example.org")
    ask(client, "new@example.org")

    answer = enter(client, another(last_code()))

    assert answer.status_code == 422
    assert people.by_email("new@example.org") is None


def test_asking_does_not_tell_whether_an_address_is_taken(context):
    account_of("ben@example.org")
    client = signed_in(context, "ada@example.org")
    answers = []
    for email in ("ben@example.org", "free@example.org"):
        asked = ask(client, email)
        page = client.get("/account/security/address/code")
        answers.append((asked.status_code, asked.location, page.text.replace(email, "…"), last_letter(email).subject))

    assert answers[0] == answers[1]


def test_a_taken_address_is_told_to_who_can_read_its_letters(context):
    account_of("ben@example.org")
    client = signed_in(context, "ada@example.org")
    ask(client, "ben@example.org")

    answer = enter(client, last_code("ben@example.org"))

    assert answer.status_code == 422
    assert "belongs to another account" in answer.text
    assert accounts.by_email("ada@example.org") is not None


def test_a_code_moves_only_the_account_that_asked(context):
    ada, ben = signed_in(context, "ada@example.org"), signed_in(context, "ben@example.org")
    ask(ada, "new@example.org")
    with ada.session_transaction() as session, ben.session_transaction() as stolen:
        stolen.update({key: value for key, value in session.items() if key.startswith("code ")})

    answer = enter(ben, last_code())

    assert answer.location == "/account/security/address"
    assert people.by_email("new@example.org") is None


def test_ones_own_address_is_no_change(context):
    answer = ask(signed_in(context, "ada@example.org"), "ADA@example.org")

    assert answer.status_code == 422
    assert "your address already" in answer.text


@pytest.mark.parametrize("path", ["/account/security/address/code", "/account/security/address/code/new"])
def test_a_code_nobody_waits_for_leads_back(context, path):
    client = signed_in(context, "ada@example.org")

    assert client.post(path, data={"code": "123456"}).location == "/account/security/address"


def test_the_sign_in_code_of_an_account_does_not_move_it(context):
    client = signed_in(context, "ada@example.org")
    client.post("/account/security/confirm")
    with client.session_transaction() as session:
        session["code new-address"] = session["code confirm"]

    assert enter(client, last_code()).location == "/account/security/address"
    assert db.session.get_one(people.Person, people.by_email("ada@example.org").id).email == "ada@example.org"
