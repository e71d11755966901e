"""A password is optional, long, uncommon, and changed only by who has just proved the address."""

import string
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from conference import accounts
from conference.accounts import passwords, rules
from conference.kernel import Refusal, clock, db, transaction
from tests.accounts.letters import last_code, last_letter
from tests.conftest import browser
from tests.signing_in import account_of, browser_of, signed_in

GOOD = "violet harbour under seven kettles"


def with_password(email="ada@example.org", password=GOOD):
    account = account_of(email)
    with transaction():
        accounts.set_password(account, password, now=clock.now())
    return account


def try_password(client, email="ada@example.org", password=GOOD, **query):
    form = {"email": email, "password": password}
    return client.post("/account/sign-in/password", data=form, query_string=query)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        (GOOD, None),
        ("日本語の長い合言葉はここにあります", None),
        ("tr4in-Mulberry-quartz", None),
        ("short but fine", "short"),
        ("   short          but   fine ", "short"),
        ("a" * 301, "long"),
        ("aaaaaaaaaaaaaaaaaaaa", "common"),
        ("abcabcabcabcabcabc", "common"),
        ("123456789012345", "common"),
        ("qwertyuiop1234567890", "common"),
        ("poiuytrewqlkjhgfdsa", "common"),
        ("1q2w3e4r5t6y7u8i9o", "common"),
        ("PasswordPassword1", "common"),
        ("P@ssw0rd P@ssw0rd!", "common"),
        ("correct horse battery staple", "common"),
        ("correcthorsebatterystaple", "common"),
        ("iloveyouiloveyou1", "common"),
        ("letmeinletmein2026!", "common"),
        ("this is my password", "common"),
        ("Annual Meeting 2028", "common"),
        ("lovelace beats the engine", "own"),
        ("my dear countess1815 again", "own"),
    ],
)
def test_long_and_uncommon_passwords_are_taken(password, fault):
    assert passwords.fault_of(password, own=("Ada", "Lovelace", "countess1815")) == fault


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_judged(text):
    assert passwords.fault_of(text) in {None, "short", "long", "common"}


def test_of_passwords_made_at_random_the_first_that_is_taken_is_given():
    drawn = ["b7e688-a1a7a7-16aa31-835671", "65029a-72589b-1c10d7-0abc91", "24b65e-cf1573-0f4d57-1098a4"]

    assert passwords.first_taken(drawn) == drawn[2]
    assert len({passwords.made_at_random() for _ in range(50)}) == 50


@given(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8))
def test_a_short_unit_repeated_is_common(unit):
    assert passwords.fault_of(unit * 20) == "common"


def test_a_right_password_signs_in(context):
    with_password()
    client = browser(context)

    answer = try_password(client, next="/account/security")

    assert (answer.status_code, answer.location) == (303, "/account/security")
    assert client.get("/account/security").status_code == 200


@pytest.mark.parametrize("email", ["ada@example.org", "ben@example.org", "nobody@example.org"])
def test_a_wrong_password_a_missing_one_and_a_stranger_are_answered_alike(context, email):
    with_password()
    account_of("ben@example.org")
    answers = [try_password(browser(context), each, "some other long words") for each in ("ada@example.org", email)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].text == answers[1].text.replace(email, "ada@example.org")


def test_a_stranger_costs_as_much_hashing_as_an_account(context, monkeypatch):
    seen = []
    verify = passwords._hasher.verify

    class Counting:
        def verify(self, password_hash, password):
            seen.append(password_hash[:30])
            return verify(password_hash, password)

    with_password()
    monkeypatch.setattr(passwords, "_hasher", Counting())

    for email in ("ada@example.org", "nobody@example.org"):
        try_password(browser(context), email, "some other long words")

    assert len(seen) == 2
    assert seen[0] == seen[1]


def test_tries_for_one_address_are_limited_even_for_the_right_password(context):
    with_password()
    client, limit = browser(context), rules.LIMITS["password-for-address-from-client"][0]
    with time_machine.travel(rules.window_start(clock.now(), limit.window), tick=False):
        answers = [try_password(client, password="wrong").status_code for _ in range(limit.most)]
        last = try_password(client)

    assert set(answers) == {422}
    assert last.status_code == 429
    assert "Retry-After" in last.headers


def test_a_closed_account_is_told_so_only_with_the_right_password(context):
    account = with_password()
    with transaction():
        accounts.close(account, by=None, now=clock.now())

    wrong, right = try_password(browser(context), password="wrong"), try_password(browser(context))

    assert "closed" not in wrong.text
    assert right.status_code == 422
    assert "This account is closed" in right.text


def test_a_weaker_hash_is_made_anew_when_its_password_is_used(context):
    account = account_of("ada@example.org")
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(GOOD)
    with transaction():
        account.password_hash = weak

    try_password(browser(context))

    db.session.expire_all()
    assert db.session.get_one(accounts.Account, account.id).password_hash != weak


def test_a_new_password_ends_all_other_sign_ins_and_is_told_by_letter(context):
    here = signed_in(context, "ada@example.org")
    elsewhere = signed_in(context, "ada@example.org")

    answer = here.post("/account/security/password", data={"password": GOOD})

    assert answer.status_code == 303
    assert here.get("/account/security").status_code == 200
    assert elsewhere.get("/account/security").status_code == 303
    assert last_letter().kind == "password-changed"
    assert try_password(browser(context)).status_code == 303


def test_a_refused_password_is_told_at_the_field_and_not_shown_again(context):
    client = signed_in(context, "ada@example.org", family_name="Lovelace")

    answer = client.post("/account/security/password", data={"password": "lovelace and her engine"})

    assert answer.status_code == 422
    assert "Leave your name" in answer.text
    assert "and her engine" not in answer.text


def test_a_password_can_be_removed(context):
    account = with_password()
    client = browser_of(context, account)

    client.post("/account/security/password/removal")

    assert try_password(browser(context)).status_code == 422
    assert "You have none" in client.get("/account/security").text


@pytest.mark.parametrize("path", ["/account/security/password", "/account/security/address"])
def test_who_came_in_by_password_proves_the_address_first(context, path):
    client = browser_of(context, account_of("ada@example.org"), way="password")

    asked = client.get(path)
    assert asked.location == f"/account/security/confirm?next={path}"
    assert client.post(path, data={"password": GOOD, "email": "new@example.org"}).location == asked.location
    client.post(asked.location)
    with client.session_transaction() as session:
        before = session["_user_id"]
    answer = client.post("/account/security/confirm/code", data={"code": last_code()}, query_string={"next": path})

    assert answer.location == path
    assert client.get(path).status_code == 200
    with client.session_transaction() as session:
        assert session["_user_id"] != before


def test_a_proof_holds_for_fifteen_minutes(context):
    client, start = signed_in(context, "ada@example.org"), clock.now()

    in_time = client.get("/account/security/password").status_code
    with time_machine.travel(start + rules.FRESH_FOR + timedelta(seconds=1)):
        late = client.get("/account/security/password").status_code

    assert (in_time, late) == (200, 303)


def test_a_programmed_password_is_held_to_the_same_rules(context):
    account = account_of("ada@example.org")

    with pytest.raises(Refusal), transaction():
        accounts.set_password(account, "password", now=clock.now())
