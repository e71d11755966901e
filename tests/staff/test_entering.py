"""Registering people at the desk: one by hand, many from a file."""

import io
import re

import pytest

from conference import mail, payments, people, registration
from conference.kernel import db
from conference.registration import Registration
from tests.staff.cast import a_registration, follow, page, somebody

NEW, IMPORT = "/staff/registrations/T1/new", "/staff/registrations/T1/import"
HEADER = "email,given_name,family_name,degrees,institution,country,category,paid\n"
ADA = {
    "email": "Ada@Example.org",
    "given_name": "Ada",
    "family_name": "Lovelace",
    "country": "GB",
    "category": "full",
    "mode": "in_person",
    "paid": "no",
    "letter": "y",
}


def entry_of(meeting, email):
    return registration.registration_in(meeting, people.by_email(email))


def letters():
    return [each.kind for each in db.session.query(mail.Letter)]


def send(client, text, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def count():
    return db.session.query(Registration).count()


def test_one_person_is_registered_unpaid_with_the_place_held(meeting, cleo):
    shown = follow(cleo, cleo.post(NEW, data=ADA))

    entry = entry_of(meeting, "ada@example.org")
    assert (entry.state, payments.orders_with_line("registration", entry.id)[0].total_minor) == ("held", 44000)
    assert "Registered by staff" in shown
    assert letters() == []


def test_the_story_of_an_entry_by_hand_tells_its_sum_as_money(meeting, cleo):
    shown = follow(cleo, cleo.post(NEW, data=ADA))

    assert len(re.findall(r"total: 440\.00\sUSD", shown)) == 2


def test_one_person_is_registered_and_paid_by_hand(meeting, cleo):
    follow(cleo, cleo.post(NEW, data={**ADA, "paid": "yes", "reference": "Cash 12"}))

    assert (entry_of(meeting, "ada@example.org").state, letters()) == ("confirmed", ["confirmed"])


def test_what_costs_nothing_is_settled_at_once_and_the_letter_can_wait(meeting, cleo):
    facts = {name: value for name, value in ADA.items() if name != "letter"}

    follow(cleo, cleo.post(NEW, data={**facts, "category": "regular"}))

    assert (entry_of(meeting, "ada@example.org").state, letters()) == ("confirmed", [])


def test_a_second_registration_is_blocked_and_the_first_is_shown(meeting, cleo):
    entry, _order = a_registration(meeting, "Ada")

    answer = cleo.post(NEW, data=ADA)

    assert answer.status_code == 422
    assert f"/staff/registration/{entry.ref}" in page(answer)
    assert count() == 1


def test_what_is_known_of_a_person_is_not_overwritten(meeting, cleo):
    somebody("Ada", institution="Old Institute")

    follow(cleo, cleo.post(NEW, data={**ADA, "institution": "New Institute"}))

    assert people.by_email("ada@example.org").institution == "Old Institute"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "nonsense"}, "not an e-mail address"),
        ({"given_name": "", "family_name": ""}, "Give at least one name"),
        ({"country": "XX"}, "Not a valid choice"),
        ({"category": "unknown"}, "Not a valid choice"),
        ({"paid": "yes", "reference": ""}, "Say where the payment is found"),
        ({"category": "regular", "mode": "virtual"}, "not offered"),
        ({"given_name": "x" * 301}, "longer than 300"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_nothing_typed_is_lost(meeting, cleo, change, words):
    answer = cleo.post(NEW, data={**ADA, **change})

    assert answer.status_code == 422
    assert words in page(answer)
    assert "Lovelace" in page(answer) or change.get("family_name") == ""
    assert (count(), people.by_email("ada@example.org")) == (0, None)


def test_a_full_house_refuses_and_keeps_nothing(meeting, cleo):
    for name in ("A1", "A2", "A3", "A4", "A5"):
        a_registration(meeting, name)

    answer = cleo.post(NEW, data=ADA)

    assert (answer.status_code, people.by_email("ada@example.org")) == (422, None)
    assert "no place is left" in page(answer)


def test_a_file_is_checked_first_and_imported_once(meeting, cleo):
    text = HEADER + "ada@example.org,Ada,L,,,GB,full,yes\nben@example.org,Ben,T,,,DE,,no\n"

    checked = send(cleo, text)
    report = page(cleo.get(checked.headers["Location"]))
    before = count()
    again = [cleo.post(checked.headers["Location"]) for _ in range(2)]

    assert "Register 2 people" in report
    assert before == 0
    assert [answer.status_code for answer in again] == [303, 409]
    assert count() == 2
    assert entry_of(meeting, "ada@example.org").state == "confirmed"


def test_a_file_with_faults_names_them_and_cannot_be_imported(meeting, cleo):
    text = HEADER + "ada@example.org,Ada,L,,,GB,full,yes\nnonsense,Ben,T,,,DE,gold,maybe\n"

    checked = send(cleo, text)
    report = page(cleo.get(checked.headers["Location"]))

    for words in ("not an e-mail address", "no category “gold”", "paid must be yes or no"):
        assert words in report
    assert "Register 1 person" not in report
    assert cleo.post(checked.headers["Location"]).status_code == 409
    assert count() == 0


def test_a_file_that_can_no_longer_be_imported_changes_nothing(meeting, cleo):
    checked = send(cleo, HEADER + "ben@example.org,Ben,T,,,DE,full,no\nada@example.org,Ada,L,,,GB,full,yes\n")
    a_registration(meeting, "Ada")

    answer = cleo.post(checked.headers["Location"])

    assert answer.status_code == 409
    assert "registered already" in page(answer)
    assert people.by_email("ben@example.org") is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "columns"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a,b\n1,2\n", "missing"),
        (HEADER.encode() + b'"open', "not CSV"),
        (b"x" * (4 * 2**20 + 1), "larger than 4 MiB"),
    ],
)
def test_what_is_no_such_file_is_refused(meeting, cleo, content, words):
    answer = send(cleo, content)

    assert answer.status_code == 422
    assert words in page(answer)


def test_a_file_with_hostile_cells_is_read_as_text(meeting, cleo):
    checked = send(cleo, HEADER + "eve@example.org,\0<b>Eve</b>,{{7*7}},,,GB,full,no\n", name="<x>\0.csv")

    report = page(cleo.get(checked.headers["Location"]))

    assert "Register 1 person" in report
    assert "<x>" not in report


def test_no_file_is_no_file(meeting, cleo):
    assert cleo.post(IMPORT, data={}).status_code == 422
