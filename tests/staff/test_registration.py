"""One registration's story at the desk, and the small things that staff change of it."""

import pytest

from conference import audit, mail, people, registration
from conference.kernel import db
from tests.staff.cast import a_registration, an_order, follow, page, somebody, today


@pytest.fixture
def ada(meeting):
    """Ada's registration and order, with the dinner, and what she eats."""
    return a_registration(meeting, "Ada", extras=("dinner",), diet="Vegan")


def path_of(entry, more=""):
    return f"/staff/registration/{entry.ref}{more}"


def letters():
    return [each.kind for each in db.session.query(mail.Letter).order_by(mail.Letter.id)]


def test_the_story_tells_person_choice_money_reasons_letters_and_what_happened(ada, cleo):
    entry, order = ada

    told = page(cleo.get(path_of(entry)))

    for words in (
        "ada@example.org",
        entry.badge_code,
        order.ref,
        f"pi_{order.ref}",
        f"Non-member price: no membership is valid on {today()}",
        "525.00 USD received as",
        "Dinner",
        "Vegan",
        "Confirmed: Meeting T1",
        "Order placed",
    ):
        assert words in told


def test_finance_reads_the_story_without_the_answers(ada, fay):
    entry, _order = ada

    told = page(fay.get(path_of(entry)))

    assert "525.00 USD" in told
    assert "Vegan" not in told
    assert fay.get(path_of(entry, "/details")).status_code == 403
    assert fay.post(path_of(entry, "/ribbons"), data={"ribbons": "Board"}).status_code == 403


def test_the_story_needs_no_more_queries_for_more_lines_of_it(meeting, ada, cleo, statements):
    plain, _order = a_registration(meeting, "Ben")
    cleo.get(path_of(plain))
    with statements() as few:
        cleo.get(path_of(plain))

    with statements() as many:
        cleo.get(path_of(ada[0]))

    assert len(many) == len(few)


def test_the_confirmation_is_sent_once_more(ada, cleo):
    entry, _order = ada

    shown = follow(cleo, cleo.post(path_of(entry, "/letter")))

    assert "on its way to ada@example.org" in shown
    assert letters() == ["confirmed", "confirmed"]
    assert "Confirmation sent once more" in shown


def test_there_is_no_confirmation_of_what_is_not_paid(meeting, cleo):
    entry, _order = an_order(meeting, somebody("Ben"))

    assert cleo.post(path_of(entry, "/letter")).status_code == 409
    assert letters() == []


def test_ribbons_are_kept_in_order_and_remembered(ada, cleo):
    entry, _order = ada

    shown = follow(cleo, cleo.post(path_of(entry, "/ribbons"), data={"ribbons": " Speaker, Board ,Speaker,, "}))

    assert registration.by_ref(entry.ref).ribbons == ["Speaker", "Board"]
    assert "Ribbons changed" in shown


@pytest.mark.parametrize("typed", ["x" * 31, ",".join("abcdefg")])
def test_ribbons_that_no_badge_holds_are_refused_and_nothing_typed_is_lost(ada, cleo, typed):
    entry, _order = ada

    answer = cleo.post(path_of(entry, "/ribbons"), data={"ribbons": typed})

    assert answer.status_code == 422
    assert typed in page(answer)
    assert registration.by_ref(entry.ref).ribbons == []


def test_details_are_changed_with_before_and_after(ada, cleo):
    entry, _order = ada
    form = page(cleo.get(path_of(entry, "/details")))
    seen = form.split('name="seen" type="hidden" value="')[1].split('"')[0]
    typed = {"given_name": "Ada", "family_name": "Lovelace", "country": "GB", "seen": seen}

    shown = follow(cleo, cleo.post(path_of(entry, "/details"), data=typed))

    assert people.by_email("ada@example.org").family_name == "Lovelace"
    assert "Demo" in shown.split("timeline-change")[1]
    assert audit.story_of(entry.person)[0].actor_name == "Cleo Desk"


def test_details_changed_elsewhere_are_not_overwritten_unseen(ada, cleo):
    entry, _order = ada
    typed = {"given_name": "Ada", "family_name": "Lovelace", "country": "GB", "seen": "old"}

    answer = cleo.post(path_of(entry, "/details"), data=typed)

    assert answer.status_code == 409
    assert "Lovelace" in page(answer)
    assert people.by_email("ada@example.org").family_name == "Demo"


def test_details_without_a_name_are_refused(ada, cleo):
    answer = cleo.post(path_of(ada[0], "/details"), data={"given_name": "", "family_name": "", "country": "GB"})

    assert answer.status_code == 422
    assert "Give at least one name" in page(answer)


def test_what_people_wrote_is_shown_and_never_run(meeting, cleo):
    hostile = "<img src=x onerror=alert(1)>{{7*7}}"
    entry, _order = a_registration(meeting, "Eve", known={"institution": hostile}, diet=hostile)

    told = page(cleo.get(path_of(entry)))

    assert "<img src=x" not in told
    assert told.count("&lt;img src=x onerror=alert(1)&gt;{{7*7}}") == 2
