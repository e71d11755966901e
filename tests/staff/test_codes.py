"""Codes at the desk: made one or many, changed, found, and what they took off."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from conference import checkout, registration
from conference.kernel import clock, db, transaction
from conference.registration import DiscountCode, Effect
from tests.cast import a_draft
from tests.staff.cast import follow, page, settle, somebody

CODES = "/staff/prices/T1/codes"
TYPED = {
    "code": "speaker-27",
    "count": "1",
    "effect": "percent",
    "percent": "50",
    "scope": "registration",
    "category_id": "0",
    "add_on_id": "0",
    "reason": "Invited speakers",
    "budget_code": "PRG-1",
    "is_on_offer": "y",
}


def codes():
    return list(db.session.scalars(select(DiscountCode).order_by(DiscountCode.id)))


def a_code(meeting, code="HALF", **facts):
    facts = {"effect": Effect.PERCENT, "percent": 50, "reason": "Speakers", **facts}
    with transaction():
        return registration.add_code(meeting, code=code, **facts)


def used_by(name, meeting, code):
    """Somebody's paid registration with a code."""
    person, now = somebody(name), clock.now()
    with transaction():
        draft = a_draft(meeting, person, now)
        checkout.redeem(draft, code.code, meeting=meeting, person=person, now=now)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
    settle(order)
    return order


def test_without_codes_the_page_says_what_they_are_for(meeting, cleo):
    assert "No codes yet" in page(cleo.get(CODES))


def test_a_code_is_made_and_remembered(meeting, cleo):
    shown = follow(cleo, cleo.post(f"{CODES}/new", data=TYPED))

    (code,) = codes()
    story = page(cleo.get(f"{CODES}/{code.id}"))
    assert (code.code, code.effect, code.percent, code.budget_code) == ("SPEAKER-27", "percent", 50, "PRG-1")
    assert "SPEAKER-27" in shown
    assert "50% off" in shown
    assert "Added" in story


def test_many_codes_at_once_each_have_an_end_of_their_own(meeting, cleo):
    cleo.post(f"{CODES}/new", data={**TYPED, "count": "40", "most_uses": "1"})

    made = [code.code for code in codes()]
    assert (len(set(made)), {code.most_uses for code in codes()}) == (40, {1})
    assert all(re.fullmatch(r"SPEAKER-27-[A-Z0-9]{8}", code) for code in made)
    assert all(registration.typed_code(code) == code for code in made)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "?"}, "Three to forty letters"),
        ({"code": ""}, "Give it a code"),
        ({"percent": ""}, "Say below how many percent"),
        ({"percent": "101"}, "between 1 and 100"),
        ({"effect": "amount", "amount": ""}, "Say below how much"),
        ({"effect": "amount", "amount": "x"}, "amount"),
        ({"effect": "amount", "amount": "0"}, "More than nothing"),
        ({"email": "nobody"}, "not an e-mail address"),
        ({"reason": ""}, "reports are by it"),
        ({"count": "501"}, "between 1 and 500"),
        ({"effect": "gift"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_made(meeting, cleo, changes, said):
    answer = cleo.post(f"{CODES}/new", data={**TYPED, **changes})

    assert answer.status_code == 422
    assert said in page(answer)
    assert codes() == []


@pytest.mark.parametrize("changes", [{"percent": "500"}, {"amount": "x"}])
def test_what_an_effect_does_not_need_is_not_asked(meeting, cleo, changes):
    cleo.post(f"{CODES}/new", data={**TYPED, "effect": "comp", **changes})

    assert [(code.effect, code.percent, code.amount_minor) for code in codes()] == [("comp", 0, 0)]


def test_a_code_that_exists_is_refused(meeting, cleo):
    a_code(meeting, "SPEAKER-27")

    answer = cleo.post(f"{CODES}/new", data=TYPED)

    assert (answer.status_code, "in use already" in page(answer), len(codes())) == (422, True, 1)


def test_changing_a_code_shows_what_stands_and_is_remembered(meeting, cleo):
    code = a_code(meeting, email="ada@example.org", most_uses=3)
    edit = f"{CODES}/{code.id}/edit"
    shown = page(cleo.get(edit))

    cleo.post(edit, data={**TYPED, "effect": "comp", "most_uses": "5"})

    db.session.refresh(code)
    assert 'value="ada@example.org"' in shown
    assert (code.code, code.effect, code.percent, code.most_uses, code.email) == ("HALF", "comp", 0, 5, "")
    assert "Changed" in page(cleo.get(f"{CODES}/{code.id}"))


def test_fewer_uses_than_there_are_is_told_at_its_field(meeting, cleo):
    code = a_code(meeting, most_uses=3)
    for name in ("Ada", "Ben"):
        used_by(name, meeting, code)

    answer = cleo.post(f"{CODES}/{code.id}/edit", data={**TYPED, "most_uses": "1"})

    assert (answer.status_code, "in use more often" in page(answer)) == (422, True)


def test_who_used_a_code_and_what_it_took_off(meeting, cleo, fay):
    code = a_code(meeting, budget_code="PRG-1")
    used_by("Ada", meeting, code)

    listed, story = page(fay.get(CODES)), page(fay.get(f"{CODES}/{code.id}"))
    rows = list(csv.DictReader(io.StringIO(cleo.get(f"{CODES}/uses.csv").get_data(as_text=True).lstrip("\ufeff"))))

    assert "220.00 USD" in listed
    assert "Demo, Ada" in story
    assert [(row["code"], row["budget_code"], row["off"], row["email"]) for row in rows] == [
        ("HALF", "PRG-1", "220.00", "ada@example.org")
    ]


def test_codes_are_found_by_what_is_known_of_them(meeting, cleo):
    a_code(meeting, "FIRST", reason="Travel awards")
    a_code(meeting, "SECOND", email="ben@example.org")

    for text, found, hidden in (("awards", "FIRST", "SECOND"), ("ben@", "SECOND", "FIRST")):
        shown = page(cleo.get(f"{CODES}?q={text}"))
        assert found in shown
        assert hidden not in shown
    assert "No code matches" in page(cleo.get(f"{CODES}?q=nothing"))


def test_many_codes_come_in_pages(meeting, cleo, statements):
    with transaction():
        for number in range(60):
            registration.add_code(meeting, code=f"CODE{number:03}", effect=Effect.COMP, reason="Press")

    cleo.get(CODES)
    with statements() as few:
        last = page(cleo.get(f"{CODES}?page=2"))
    with statements() as many:
        first = page(cleo.get(CODES))

    assert "CODE059" in first
    assert "CODE000" in last
    assert len(many) == len(few)


def test_codes_are_made_by_those_who_keep_registrations(meeting, cleo, fay, dov, stranger):
    code = a_code(meeting)

    offered = [page(browser.get(CODES)).count(f"{CODES}/new") for browser in (cleo, fay)]
    answers = [fay.get(CODES), fay.get(f"{CODES}/new"), fay.post(f"{CODES}/new", data=TYPED), dov.get(CODES)]
    answers += [dov.get(f"{CODES}/{code.id}"), stranger.get(f"{CODES}/uses.csv")]

    assert [answer.status_code for answer in answers] == [200, 403, 403, 403, 403, 303]
    assert offered == [1, 0]
    assert len(codes()) == 1


def test_another_meetings_code_is_not_found(meeting, cleo):
    assert cleo.get(f"{CODES}/999").status_code == 404
