"""Who of a file may be somebody who is known already: told in the dry run, with whom."""

from conference import people
from tests.staff.cast import a_registration, page
from tests.staff.importing import HEADER, send


def test_a_name_that_is_known_under_another_address_is_a_warning(meeting, cleo):
    a_registration(meeting, "Ada", known={"country": "GB"})
    known = people.by_email("ada@example.org")

    text = HEADER + f"other@example.org,{known.given_name},{known.family_name},,,GB,full,yes\n"
    report = page(cleo.get(send(cleo, text)))

    assert "Perhaps known already under another address" in report
    assert "Ada Demo, ada@example.org, Example Institute, GB" in report
    assert "Register 1 person" in report


def test_who_stands_in_the_file_twice_under_two_addresses_is_a_warning_with_whom(meeting, cleo):
    rows = "a@example.org,Eve,Ericsson,,,SE,full,yes\nb@example.org,Ericsson,Eve,,,SE,full,yes\n"

    address = send(cleo, HEADER + rows)
    told = page(cleo.get(f"{address}/faults.csv"))

    assert "3,warning,Perhaps the same person as in line 2,a@example.org" in told
