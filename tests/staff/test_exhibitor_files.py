"""Exhibitors from a file: every bad row named, all or nothing, once, and undone but for what somebody has touched."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from conference import mail, people
from conference.kernel import clock, db, transaction
from conference.registration import exhibitors
from tests.checkout.exhibitors.acting import a_kind, badge
from tests.staff.cast import follow, page
from tests.staff.exhibiting import LIST, acme, expo, kind, letters

__all__ = ["acme", "expo", "kind"]
HEAD = "company,email,kind,booths,booth_count,area\n"
TWO = HEAD + 'Bolt,bolt@example.org,,7,,\nCorn,CORN@example.org,inline,"8, 9",,\n'


def upload(cleo, text, name="expo.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return cleo.post(f"{LIST}/import", data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def ref_of(answer):
    assert answer.status_code == 303, page(answer)
    return answer.location.rpartition("/")[2]


def companies():
    db.session.rollback()
    return {
        each.company: (each.booths, each.booth_count, each.group.coordinator.email)
        for each in exhibitors.queries.by_ids(db.session.scalars(select(exhibitors.Exhibitor.id)).all())
    }


def test_a_file_is_tried_first_and_nothing_is_kept_of_it(meeting, kind, cleo):
    shown = follow(cleo, upload(cleo, TWO))

    assert "Checked: expo.csv" in shown and "Enter 2 exhibitors" in shown
    assert (companies(), people.by_email("bolt@example.org")) == ({}, None)


def test_all_of_it_is_entered_once_and_nobody_is_written_to(meeting, kind, cleo):
    ref = ref_of(upload(cleo, TWO))

    assert "2 exhibitors are entered" in follow(cleo, cleo.post(f"{LIST}/import/{ref}"))

    assert companies() == {"Bolt": ("7", 1, "bolt@example.org"), "Corn": ("8, 9", 2, "corn@example.org")}
    assert letters() == []
    again = cleo.post(f"{LIST}/import/{ref}")
    assert again.status_code == 409 and "imported already" in page(again)


def test_every_bad_row_is_named_with_its_line_and_reason_and_nothing_is_entered(meeting, kind, acme, cleo):
    with transaction():
        a_kind(meeting, clock.now(), code="area", basis="per_area", per_area=9)
    rows = (
        "Bolt,bolt@example.org,inline,7,,",
        "acme,a@example.org,inline,8,,",
        "Bolt,b@example.org,inline,9,,",
        ",c@example.org,inline,9,,",
        "Dot,no address,inline,9,,",
        "Eve,e@example.org,gold,9,,",
        "Fay,f@example.org,area,9,,",
        "Gus,g@example.org,area,9,,wide",
        "Hal,h@example.org,inline,9,none,",
    )

    ref = ref_of(upload(cleo, HEAD + "\n".join(rows) + "\n"))

    (file,) = exhibitors.queries.files_of(meeting)
    assert [(each["line"], each["reason"]) for each in file.report["faults"]] == [
        (3, "acme is an exhibitor of this meeting already"),
        (4, "Bolt stands in line 2 already"),
        (5, "the company is missing"),
        (6, "This is not an e-mail address. It looks like name@example.org."),
        (7, "there is no kind of booth “gold”"),
        (8, "the area is missing: badges of this kind of booth go by it"),
        (9, "An area is a number such as 27.5."),
        (10, "booth_count must be a number from 1, not “none”"),
    ]
    assert cleo.post(f"{LIST}/import/{ref}").status_code == 409
    assert list(companies()) == ["Acme"]
    assert page(cleo.get(f"{LIST}/import/{ref}/faults.csv")).count("fault") == 8


def test_a_booth_that_is_somebodys_is_no_fault_and_worth_a_look(meeting, kind, acme, cleo):
    shown = follow(cleo, upload(cleo, HEAD + "Bolt,bolt@example.org,,214,,\n"))

    assert "booth 214 is somebody’s already" in shown and "Enter 1 exhibitor" in shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Missing or unknown"),
        ("name\nx\n", "Missing or unknown"),
        (b"\xff\xfe", "not UTF-8"),
        (HEAD, "no exhibitor"),
    ],
)
def test_a_file_that_is_none_is_refused(meeting, kind, cleo, text, told):
    answer = upload(cleo, text)

    assert answer.status_code == 422 and told in page(answer)


def test_undone_it_leaves_nothing_behind_but_what_somebody_has_touched(meeting, kind, cleo):
    ref = ref_of(upload(cleo, TWO + "Dot,dot@example.org,,10,,\nEve,eve@example.org,,11,,\n"))
    cleo.post(f"{LIST}/import/{ref}")
    bolt, corn, dot, _eve = exhibitors.queries.by_ids(db.session.scalars(select(exhibitors.Exhibitor.id)).all())
    badge(bolt, "Ann", clock.now())
    cleo.post(f"{LIST}/{corn.ref}/letter", data={"kind": "invitation"})
    changed = {"company": "Dot Inc", "email": "dot@example.org", "kind_id": str(dot.kind_id), "booth_count": "1"}
    cleo.post(f"{LIST}/{dot.ref}/edit", data=changed)

    shown = page(cleo.get(f"{LIST}/import/{ref}"))
    for reason in ("has somebody on its roster", "was written to", "was changed since", "take 1 exhibitor away"):
        assert reason in shown, reason

    assert "1 exhibitor is taken away" in follow(cleo, cleo.post(f"{LIST}/import/{ref}/undo"))
    assert sorted(companies()) == ["Bolt", "Corn", "Dot Inc"]
    assert people.by_email("eve@example.org") is None and people.by_email("bolt@example.org") is not None
    assert cleo.post(f"{LIST}/import/{ref}/undo").status_code == 409


def test_a_contact_who_was_known_before_stays_when_an_import_is_undone(meeting, kind, cleo):
    with transaction():
        people.enter(email="bolt@example.org", given_name="Bo", now=clock.now())
    ref = ref_of(upload(cleo, HEAD + "Bolt,bolt@example.org,,7,,\n"))
    cleo.post(f"{LIST}/import/{ref}")

    cleo.post(f"{LIST}/import/{ref}/undo")

    assert (companies(), people.by_email("bolt@example.org").given_name) == ({}, "Bo")
    assert db.session.scalar(select(func.count()).select_from(mail.Letter)) == 0
