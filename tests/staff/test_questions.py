"""Questions and the code of conduct at the desk."""

import pytest

from conference import registration
from conference.kernel import db
from conference.registration import Question
from conference.staff import catalogue
from tests.staff.cast import a_registration, follow, page

PRICES = "/staff/prices/T1"


def questions_in(meeting):
    return [each.code for each in registration.questions_of(meeting)]


def test_a_question_is_added_moved_hidden_and_asked_again(meeting, cleo):
    facts = {"code": "stage", "label": "Stage", "kind": "choice", "choices": "A\nB\n\nA", "is_asked": "y"}
    follow(cleo, cleo.post(f"{PRICES}/questions/new", data=facts))
    stage = db.session.query(Question).filter_by(code="stage").one()
    diet = db.session.query(Question).filter_by(code="diet").one()

    follow(cleo, cleo.post(f"{PRICES}/questions/{stage.id}/place", data={"to": "up"}))
    moved = questions_in(meeting)
    follow(cleo, cleo.post(f"{PRICES}/questions/{diet.id}/visibility", data={"show": "no"}))
    hidden = questions_in(meeting)
    follow(cleo, cleo.post(f"{PRICES}/questions/{diet.id}/visibility", data={"show": "yes"}))

    choices = [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]
    assert (stage.choices, moved, hidden) == (choices, ["diet", "stage", "first"], ["stage", "first"])
    assert questions_in(meeting) == ["diet", "stage", "first"]


def test_an_answered_question_keeps_its_kind_and_its_answers(meeting, cleo):
    entry, _order = a_registration(meeting, "Ada", diet="Vegan")
    diet = db.session.query(Question).filter_by(code="diet").one()
    facts = {"label": "Your food", "kind": "number", "is_asked": "y", "choices": ""}

    follow(cleo, cleo.post(f"{PRICES}/questions/{diet.id}", data=facts))

    db.session.expire_all()
    assert (diet.label, diet.kind, registration.answers_of(entry)) == ("Your food", "text", {"diet": "Vegan"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "choice", "choices": "One"}, "at least two choices"),
        (
            {"tests-0-field": "diet", "tests-0-op": "is", "tests-0-value": ""},
            "say with what “What do you eat?” is compared",
        ),
        ({"tests-0-field": "unknown", "tests-0-op": "is"}, "Not a valid choice"),
        ({"label": " "}, "Type the question"),
        ({"code": "diet"}, "in use already"),
    ],
)
def test_a_question_that_cannot_be_is_refused(meeting, cleo, change, words):
    facts = {"code": "new", "label": "New", "kind": "text", "is_asked": "y", **change}

    answer = cleo.post(f"{PRICES}/questions/new", data=facts)

    assert answer.status_code == 422
    assert words in page(answer)


def test_a_version_of_the_code_of_conduct_never_changes(meeting, cleo):
    follow(cleo, cleo.post(f"{PRICES}/conduct/new", data={"version": "1", "text": "Be kind."}))
    again = cleo.post(f"{PRICES}/conduct/new", data={"version": "1", "text": "Be quiet."})
    follow(cleo, cleo.post(f"{PRICES}/conduct/new", data={"version": "2", "text": "Be kind to all."}))

    assert again.status_code == 422
    assert registration.conduct_code_of(meeting).text == "Be kind to all."
    assert [each.text for each in catalogue.conduct_codes_of(meeting)] == ["Be kind to all.", "Be kind."]
