"""The administrator's pages: roles are given and taken, never the last administrator's."""

import pytest

from conference import accounts, audit
from conference.accounts.words import ROLE_LABELS
from conference.kernel import ROLES, db
from tests.accounts.letters import last_letter
from tests.conftest import browser
from tests.signing_in import account_of, browser_of, signed_in


@pytest.fixture
def cleo(context):
    return account_of("cleo@example.org", roles=["administrator"], given_name="Cleo", family_name="Demo")


@pytest.fixture
def ada(context):
    return account_of("ada@example.org", given_name="Ada", family_name="Lovelace", institution="Analytical Society")


@pytest.fixture
def desk(context, cleo):
    return browser_of(context, cleo)


def roles_of(email):
    db.session.expire_all()
    return accounts.by_email(email).roles


def path_of(account, *parts):
    return "/".join(("/staff/accounts", account.person.ref, *parts))


def test_every_role_has_a_name():
    assert tuple(ROLE_LABELS) == ROLES


@pytest.mark.parametrize("roles", [[], ["registration", "programme", "finance", "door"]])
def test_only_administrators_come_in(context, ada, roles):
    client = signed_in(context, "ben@example.org", roles=roles)

    for path in ("/staff/accounts/", "/staff/accounts/new", path_of(ada)):
        assert client.get(path).status_code == 403
    for path in (path_of(ada, "roles/door/grant"), path_of(ada, "close"), "/staff/accounts/new"):
        assert client.post(path).status_code == 403
        assert browser(context).post(path).status_code == 403
    assert roles_of("ada@example.org") == frozenset()


@pytest.mark.parametrize("text", ["lovel", "ADA", "analytical", "ada@example", "ada lovelace"])
def test_people_are_found_by_name_address_and_institution(desk, ada, text):
    page = desk.get("/staff/accounts/", query_string={"q": text}).text

    assert "Lovelace, Ada" in page
    assert "Demo, Cleo" not in page


@pytest.mark.parametrize(
    "query", [{"q": "%"}, {"q": "\x00"}, {"role": "king"}, {"page": "9" * 30}, {"page": "-1"}, {"q": "x" * 5000}]
)
def test_odd_searches_are_answered(desk, query):
    assert desk.get("/staff/accounts/", query_string=query).status_code == 200


def test_the_list_can_be_cut_to_a_role(desk, ada):
    page = desk.get("/staff/accounts/", query_string={"role": "administrator"}).text

    assert "Demo, Cleo" in page
    assert "Lovelace, Ada" not in page


def test_a_role_is_given_with_a_letter_and_a_trace(desk, ada, cleo):
    answer = desk.post(path_of(ada, "roles/door/grant"))
    desk.post(path_of(ada, "roles/door/grant"))

    assert answer.status_code == 303
    assert roles_of("ada@example.org") == {"door"}
    assert "Door" in last_letter("ada@example.org").body
    granted = [entry for entry in audit.story_of(ada) if entry.verb == "granted"]
    assert [(entry.actor_id, entry.after) for entry in granted] == [(cleo.person_id, {"role": "door"})]


def test_a_role_is_taken_away(desk, ada):
    desk.post(path_of(ada, "roles/door/grant"))

    desk.post(path_of(ada, "roles/door/revoke"))

    assert "Held" in desk.get(path_of(ada)).text
    assert roles_of("ada@example.org") == frozenset()


def test_somebody_without_an_account_can_be_given_a_role(desk):
    answer = desk.post("/staff/accounts/new", data={"email": "Eve@example.org", "role": "finance"})

    assert answer.status_code == 303
    assert roles_of("eve@example.org") == {"finance"}
    assert "/account/sign-in?next=" in last_letter("eve@example.org").body


@pytest.mark.parametrize(
    "form", [{}, {"email": "nobody", "role": "door"}, {"email": "eve@example.org", "role": "king"}]
)
def test_bad_answers_are_shown_again(desk, form):
    assert desk.post("/staff/accounts/new", data=form).status_code == 422


@pytest.mark.parametrize("act", ["roles/administrator/revoke", "close"])
def test_the_last_administrator_stays(desk, cleo, act):
    answer = desk.post(path_of(cleo, act))

    assert answer.status_code == 409
    assert "last administrator" in answer.text
    assert desk.get("/staff/accounts/").status_code == 200


def test_an_account_is_closed_and_opened_again(context, desk, ada):
    client = browser_of(context, ada)

    desk.post(path_of(ada, "close"))
    closed = client.get("/account/security").status_code
    desk.post(path_of(ada, "reopen"))
    client = browser_of(context, accounts.by_email("ada@example.org"))

    assert closed == 303
    assert client.get("/account/security").status_code == 200


def test_someone_can_be_signed_out_everywhere(context, desk, ada):
    client = browser_of(context, ada)

    desk.post(path_of(ada, "sign-ins/end"))

    assert client.get("/account/security").status_code == 303


@pytest.mark.parametrize("path", ["/staff/accounts/AAAAAAAAAA", "/staff/accounts/0", "/staff/accounts/%00"])
def test_nobody_is_not_found(desk, path):
    assert desk.get(path).status_code == 404
