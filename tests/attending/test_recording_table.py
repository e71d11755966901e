"""Recordings from a table: read with any separator, checked line by line, put there all or none, and twice is once."""

import pytest
from sqlalchemy import select

from conference.attending.recordings.models import Recording
from conference.attending.recordings.table import MOST, Fault, Line, read
from conference.kernel import db
from tests.attending.conftest import GUIDS, TALK
from tests.signing_in import signed_in

DESK = "/staff/schedule/T1/recordings"
LINK = "https://video.example.org/1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_lines_are_read_with_any_separator_and_a_head_is_none(separator):
    rows = [("Number", "URL", "Title"), ("10", LINK, "A film"), ("", "", ""), ("91", LINK)]
    text = "\r\n".join(separator.join(row) for row in rows)

    assert read(text, {10, 91}) == [Line(2, 10, LINK, "A film"), Line(4, 91, LINK, "")]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"ten,{LINK}", [Fault.NUMBER]),
        (f"99,{LINK}", [Fault.UNKNOWN]),
        ("10,http://x.example/", [Fault.LINK]),
        ("10", [Fault.LINK]),
        (f"10,{LINK}\n10,{LINK},Again\n10,{LINK}2", [None, Fault.TWICE, None]),
        (f'10,{LINK},"A ""film"", in two parts"', [None]),
        ("", []),
    ],
)
def test_each_line_says_what_is_wrong(text, faults):
    assert [line.fault for line in read(text, {10})] == faults


def test_staff_check_then_put_all_or_none_and_twice_is_once(app, meeting):
    cleo, dov = (signed_in(app, f"{name}@example.org", roles=(name,)) for name in ("programme", "door"))
    good, bad = f"10,{LINK},Film\n91,{LINK}", f"10,{LINK},Film\n99,{LINK}"

    def kept():
        db.session.rollback()
        return db.session.execute(select(Recording.item, Recording.title, Recording.for_members)).all()

    checked = cleo.post(DESK, data={"lines": good, "act": "check"})
    assert (checked.status_code, kept()) == (200, [])
    assert "2 lines can be read" in checked.text and "A talk" in checked.text
    refused = cleo.post(DESK, data={"lines": bad, "act": "save"})
    assert (refused.status_code, kept()) == (422, [])
    assert "Line 2 has the number of no session or talk" in refused.text
    assert cleo.post(DESK, data={"lines": good, "act": "save"}).status_code == 303
    assert cleo.post(DESK, data={"lines": good, "act": "save", "for_members": "y"}).status_code == 303
    assert sorted(kept()) == sorted([(GUIDS["Hands on"], "Film", True), (TALK, "A talk", True)])
    hours = {"opens_at": "2027-05-12T10:00", "closes_at": "2027-05-12T09:00"}
    assert cleo.post(DESK, data={"lines": good, "act": "save", **hours}).status_code == 409
    assert [dov.get(DESK).status_code, dov.post(DESK).status_code] == [403, 403]


def test_more_lines_than_are_taken_are_refused_and_years_out_of_reach_too(app, meeting):
    cleo = signed_in(app, "cleo@example.org", roles=("programme",))

    many = cleo.post(
        DESK, data={"lines": "\n".join(f"10,{LINK}{number}" for number in range(MOST + 1)), "act": "check"}
    )
    years = [
        cleo.post(DESK, data={"lines": f"10,{LINK}", name: f"{year}-01-01T00:00"}).status_code
        for name in ("opens_at", "closes_at")
        for year in ("0001", "9999")
    ]

    assert many.status_code == 422 and "at most 2000 lines" in many.text
    assert years == [422] * 4
