"""Members at the desk."""

from datetime import date

import pytest

from conference import membership
from tests.membership.cast import a_person, a_society, a_term, a_type, sign_in

STARTS = date(2026, 3, 10)


@pytest.fixture
def ada(client, now):
    a_society()
    return a_person(now, "Ada", institution='=HYPERLINK("http://example.org")', country="DE")


@pytest.fixture
def desk(client, ada, now):
    """Cleo's browser: staff for registration."""
    sign_in(client, a_person(now, "Cleo"), "registration")
    return client


@pytest.fixture
def member(ada, now):
    return a_term(ada, a_type(), now)


@pytest.mark.parametrize("path", ["", "/export.csv", "/1001", "/add", "/1001/terms/1/void"])
def test_members_are_for_registration_staff_only(client, ada, member, now, path):
    sign_in(client, ada, "door")

    assert client.get(f"/staff/members{path}").status_code == 403


def test_the_list_is_searched_filtered_and_sorted_by_its_address(desk, member):
    found = desk.get("/staff/members?q=ada&type=active&country=DE&sort=-joined").get_data(as_text=True)
    none = desk.get("/staff/members?q=ada&country=FR").get_data(as_text=True)

    assert "/staff/members/1001" in found
    assert "No member matches" in none


@pytest.mark.parametrize(
    "query", ["standing=x&sort=y&type=%00", "q=99999999999999999999", "q=%ff", "sort=--name", "page=-1"]
)
def test_nonsense_in_the_address_is_left_out(desk, member, query):
    assert desk.get(f"/staff/members?{query}").status_code == 200


def test_the_list_needs_no_more_queries_for_more_members(desk, member, now, statements):
    desk.get("/staff/members")
    with statements() as few:
        assert desk.get("/staff/members").status_code == 200
    active = membership.type_by_code("active")
    for name in ("Eva", "Fred", "Gil"):
        a_term(a_person(now, name), active, now)

    with statements() as many:
        assert "/staff/members/1004" in desk.get("/staff/members").get_data(as_text=True)

    assert len(many) == len(few)


def test_the_export_defuses_formulas_and_keeps_the_filter(desk, member, now):
    a_term(a_person(now, "Ben", country="JP"), membership.type_by_code("active"), now)

    answer = desk.get("/staff/members/export.csv?country=DE")
    text = answer.get_data(as_text=True)

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="members-')
    assert "\"'=HYPERLINK(" in text
    assert text.startswith("\ufeffmember_number,")
    assert text.count("\r\n") == 2


def test_staff_add_a_term_with_a_reason_and_its_usual_length(desk, ada):
    a_type()

    answer = desk.post(
        "/staff/members/add",
        data={"email": "Ada@Example.org", "type": "active", "starts": "2026-03-10", "ends": "", "reason": "Prize"},
    )
    page = desk.get(answer.headers["Location"]).get_data(as_text=True)

    assert answer.status_code == 303
    assert membership.standing_of(ada, STARTS).until == date(2027, 3, 9)
    assert "Term added by hand: Prize" in page
    assert "Cleo Tester" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "nobody@example.org"}, "Nobody is known under this address"),
        ({"email": "nonsense"}, "not an e-mail address"),
        ({"starts": "9999-12-31"}, "between 1900 and 2199"),
        ({"starts": "2026-13-45"}, "Not a valid date"),
        ({"type": "unknown"}, "Not a valid choice"),
        ({"ends": "2020-01-01"}, "The last day comes before the first"),
        ({"starts": "2027-03-09"}, "belong to another term already"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_words_and_nothing_lost(desk, member, change, words):
    typed = {"email": "ada@example.org", "type": "active", "starts": "2028-01-01", "ends": "", "reason": "A reason"}

    answer = desk.post("/staff/members/add", data={**typed, **change})

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    if "reason" not in change:
        assert "A reason" in answer.get_data(as_text=True)
    assert len(membership.terms_of(member.member)) == 1


def test_staff_take_a_term_back_with_a_reason(desk, ada, member):
    address = f"/staff/members/1001/terms/{member.id}/void"
    assert desk.get(address).status_code == 200
    assert desk.post(address, data={"reason": ""}).status_code == 422

    answer = desk.post(address, data={"reason": "Entered twice"})

    assert answer.status_code == 303
    assert membership.standing_of(ada, STARTS).kind == "none"
    assert "Term taken back: Entered twice" in desk.get("/staff/members/1001").get_data(as_text=True)
    assert desk.post(address, data={"reason": "Again"}).status_code == 409


def test_a_term_is_reached_only_through_its_own_member(desk, member, now):
    a_term(a_person(now, "Ben"), membership.type_by_code("active"), now)

    assert desk.get(f"/staff/members/1002/terms/{member.id}/void").status_code == 404
    assert desk.get("/staff/members/9999").status_code == 404
    assert desk.get("/staff/members/999999999999999999").status_code == 404
