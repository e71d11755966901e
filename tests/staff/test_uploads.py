"""Registering many people from a file: checked first, imported once, all or none."""

import io

import pytest

from conference import people, registration
from conference.kernel import db
from conference.registration import Registration
from tests.staff.cast import a_registration, page

IMPORT = "/staff/registrations/T1/import"
HEADER = "email,given_name,family_name,degrees,institution,country,category,paid\n"


def entry_of(meeting, email):
    return registration.registration_in(meeting, people.by_email(email))


def send(client, text, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def count():
    return db.session.query(Registration).count()


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


def test_a_file_that_would_keep_everybody_waiting_is_for_the_command_line(meeting, cleo):
    text = HEADER + "".join(f"p{number}@example.org,P,Q,,,GB,full,yes\n" for number in range(20_001))

    answer = send(cleo, text)

    assert answer.status_code == 422
    assert "more than 20000 rows" in page(answer)


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
        (b"x" * (12 * 2**20 + 1), "larger than 12 MiB"),
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
