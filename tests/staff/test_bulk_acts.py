"""Each thing that can be done to many, on a list in which not everybody can have it done: ribbons, letters."""

from datetime import timedelta

import pytest

from conference import audit, mail, people, registration
from conference.kernel import clock, db, transaction
from conference.staff.bulk.acts import writing
from conference.staff.bulk.rules import PLACES
from tests.staff.cast import page
from tests.staff.crowd import crowd, now_of
from tests.staff.together import NEW, became, begin, checked, recipients, work

__all__ = ["crowd"]


def ribbons(crowd):
    return {name: now_of(crowd, name).ribbons for name in ("Ada", "Ben", "Eve", "Gus")}


def test_ribbons_are_added_behind_what_each_has_and_undone_to_just_that(crowd, cleo):
    begun = begin(cleo, "add-ribbons", {"ribbons": "Speaker, Volunteer"}, "state=confirmed")
    work()
    added = ribbons(crowd)
    undone = cleo.post(f"{begun.location}/undoing")
    work()

    assert added == {"Ada": ["Speaker", "Volunteer"], "Ben": ["Speaker", "Volunteer"], "Eve": [], "Gus": []}
    assert undone.status_code == 303
    assert ribbons(crowd) == {"Ada": [], "Ben": ["Speaker"], "Eve": [], "Gus": []}
    assert cleo.post(f"{begun.location}/undoing").status_code == 409
    assert "set ribbons" in [each.verb for each in audit.story_of(now_of(crowd, "Ada"))]


def test_ribbons_are_removed_and_who_has_none_is_left_out(crowd, cleo):
    told = checked(cleo, "remove-ribbons", {"ribbons": "Speaker"})
    begin(cleo, "remove-ribbons", {"ribbons": "Speaker"})
    work()

    assert "Change 1 badge" in told
    assert "has none of them" in told
    assert now_of(crowd, "Ben").ribbons == []


def test_ribbons_that_were_changed_since_are_not_undone(crowd, cleo):
    begun = begin(cleo, "add-ribbons", {"ribbons": "Volunteer"})
    work()
    with transaction():
        registration.set_ribbons(now_of(crowd, "Ada"), ["Board"])
    cleo.post(f"{begun.location}/undoing")
    work()

    assert became()["Ada"] == ("refused", "The ribbons were changed since.")
    assert ribbons(crowd)["Ada"] == ["Board"]


@pytest.mark.parametrize("typed", ["", " , ", "a,b,c,d,e,f,g", "x" * 31])
def test_ribbons_that_no_badge_can_hold_are_refused(crowd, cleo, typed):
    assert cleo.post(f"{NEW}/add-ribbons/check", data={"ribbons": typed}).status_code == 422


def test_a_letter_in_own_words_fills_in_each_person_and_goes_out_once(crowd, cleo):
    letter = {
        "subject": "News for {given_name}",
        "text": "Dear {name},\n\nyour {category}: https://hotel.example\n{my_page}",
    }

    begin(cleo, "letter", letter, "state=confirmed")
    work()
    again = checked(cleo, "letter", letter)

    sent = {each.to_email: each for each in db.session.query(mail.Letter)}
    assert set(sent) == {"ada@example.org", "ben@example.org", "dan@example.org"}
    ada = sent["ada@example.org"]
    assert ada.subject == "News for Ada"
    assert "Dear Ada Demo,\n\nyour Full: https://hotel.example\nhttp://localhost/account/" in ada.body
    assert "has had this letter already" in again
    assert "Send 2 letters" in again
    assert ("wrote to", "News for Ada") in [(each.verb, each.note) for each in audit.story_of(now_of(crowd, "Ada"))]


def test_what_stands_in_a_name_is_neither_a_place_nor_a_link(crowd, cleo):
    with transaction():
        ada = people.by_email("ada@example.org")
        people.update(ada, by=None, now=clock.now(), family_name="{reference} https://evil.example {0.__class__}")

    begin(cleo, "letter", {"subject": "x", "text": "Dear {name}"}, "q=ada")
    work()

    (letter,) = db.session.query(mail.Letter)
    assert "{reference}" in letter.body
    assert "{0.__class__}" in letter.body
    assert "https://evil.example" not in letter.body


@pytest.mark.parametrize("text", ["{nobody}", "{name.__class__}", "{{name}}", "{", "{% if x %}", "%(name)s {0}"])
def test_places_that_are_not_known_are_refused_with_those_that_are(crowd, cleo, text):
    answer = cleo.post(f"{NEW}/letter/check", data={"subject": "News", "text": text})

    assert answer.status_code == 422
    assert "{given_name}" in page(answer)


def test_every_place_says_what_is_filled_in():
    assert tuple(writing.MEANINGS) == PLACES


def test_a_letter_is_shown_as_a_chosen_person_gets_it_and_sent_to_oneself_first(crowd, cleo):
    letter = {"subject": "News", "text": "Dear {given_name}", "sample": now_of(crowd, "Ben").ref}

    told = checked(cleo, "letter", letter)
    tested = cleo.post(f"{NEW}/letter/test", data=letter)

    assert "Dear Ben" in told
    assert tested.status_code == 200
    assert [(each.to_email, each.subject) for each in db.session.query(mail.Letter)] == [
        ("cleo@example.org", "Test: News")
    ]
    assert "Send 5 letters" in " ".join(page(tested).split())


def test_a_letter_waits_for_its_time_and_can_be_stopped_until_then(crowd, cleo, meeting):
    at = (clock.now().astimezone(meeting.zone) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    begun = begin(cleo, "letter", {"subject": "News", "text": "Soon", "at": at})
    work()

    shown = cleo.get(begun.location)
    assert "Waits for its time" in page(shown)
    assert "Refresh" not in shown.headers
    assert cleo.post(f"{begun.location}/stop").status_code == 303
    assert recipients() == []


def test_what_is_missing_is_asked_for_once_a_day_with_a_link_to_just_that(crowd, cleo, meeting):
    ask(meeting)
    with transaction():
        db.session.query(registration.Registration).filter_by(ref=crowd["Ben"][0].ref).update(
            {"questions_done_at": None}
        )

    told = checked(cleo, "missing")
    begin(cleo, "missing", asked="state=confirmed")
    work()
    again = checked(cleo, "missing")

    assert "a required answer" in told
    assert "questions and conduct" in told
    bodies = {each.to_email[:3]: each.body for each in db.session.query(mail.Letter)}
    assert "/meetings/T1/register/answers" in bodies["ada"]
    assert "/meetings/T1/register/questions" in bodies["ben"]
    assert "was asked today already" in again


def ask(meeting):
    with transaction():
        registration.ask(meeting, code="arrival", label="Arrival", kind="text", position=9, is_required=True)


def test_who_was_entered_by_the_office_can_answer_where_the_letter_leads(meeting, context, cleo):
    from tests.signing_in import signed_in

    ada = {"email": "ada@example.org", "given_name": "Ada", "family_name": "L", "country": "GB", "category": "regular"}
    typed = {**ada, "mode": "in_person", "span": "whole", "payment": "link", "total": "0"}
    assert cleo.post("/staff/registrations/T1/new", data=typed).status_code == 303
    browser = signed_in(context, "ada@example.org")

    shown = browser.get("/meetings/T1/register/questions")
    done = browser.post("/meetings/T1/register/questions", data={})

    assert (shown.status_code, done.status_code) == (200, 303)
    assert registration.registration_in(meeting, people.by_email("ada@example.org")).questions_done_at is not None


@pytest.mark.parametrize("what", ["nothing", "ribbons-back", "badges"])
def test_what_is_no_act_is_not_there(crowd, cleo, what):
    assert cleo.get(f"{NEW}/{what}").status_code == 404


@pytest.mark.parametrize(("what", "typed"), [("letter", {"subject": "News", "text": "x"}), ("missing", {})])
def test_who_has_no_address_is_left_out(crowd, cleo, what, typed):
    with transaction():
        db.session.query(people.Person).filter_by(email="ada@example.org").update({"email": None})

    assert "has no e-mail address" in checked(cleo, what, typed)
