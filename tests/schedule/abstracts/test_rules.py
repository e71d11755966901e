"""Kinds and embargoes at the desk: told in words, written whole, and no save lets anything be read earlier than somebody meant."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from conference.kernel import db, transaction
from conference.schedule import draft, embargo
from conference.schedule.abstracts import instants
from conference.schedule.abstracts.held import embargoes
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from conference.schedule.models import Presentation
from tests.schedule.abstracts.conftest import DESK, EVENING, STANDING, a_programme, the_abstract, the_meeting
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.conftest import bring

RULES, KINDS = f"{DESK}/embargoes", f"{DESK}/kinds"
EDIT = f"{DESK}/abstracts/1/edit"


def rules():
    return {draft.rule_item(row) for row in draft.embargo_rules(the_meeting())}


def form_of(client, address=RULES):
    return fields_of(client.get(f"{DESK}/rules").text, address)


def test_rules_are_told_in_words(cleo, ruled):
    page = cleo.get(f"{DESK}/rules").text

    assert "Text: Oral, from the start of its session" in page
    assert "Files and links: Poster, from 06:00 on the first day of the programme" in page
    assert "Award of every presentation, from" in page
    assert "of 3 presentations in the draft" in page


def test_rules_that_are_only_typed_are_told_and_not_saved(cleo, ruled):
    typed = form_of(cleo) | {
        "rules-3-group": "listing",
        "rules-3-anchor": "day",
        "rules-3-clock": "07:00",
        "look": "yes",
    }

    page = cleo.get(f"{DESK}/rules", query_string=typed)

    assert "Title and authors of every presentation, from 07:00 on the day of its session" in page.text
    assert "not saved yet" in page.text
    assert rules() == set(STANDING)


def test_rules_sent_as_they_stand_stay_to_the_second(cleo, ruled):
    assert cleo.post(RULES, data=form_of(cleo)).status_code == 303

    assert rules() == set(STANDING)


def test_rules_that_are_not_sent_stay(cleo, ruled):
    seen = form_of(cleo)["seen"]

    assert cleo.post(RULES, data={"seen": seen}).status_code == 303
    assert cleo.post(RULES, data={}).status_code == 409
    assert rules() == set(STANDING)


def test_a_rule_is_added_changed_and_taken_away(cleo, ruled):
    form = form_of(cleo)
    files = next(name for name, value in form.items() if name.endswith("-group") and value == "files").removesuffix(
        "group"
    )
    text = next(name for name, value in form.items() if name.endswith("-group") and value == "text").removesuffix(
        "group"
    )
    facts = {
        f"{files}gone": "y",
        f"{text}anchor": "day",
        f"{text}clock": "08:00",
        "rules-3-group": "listing",
        "rules-3-anchor": "session",
    }

    answer = cleo.post(RULES, data=form | facts)

    assert answer.status_code == 303
    assert rules() == {
        values.EmbargoRule("text", "day", "Oral", clock=time(8)),
        values.EmbargoRule("award", "instant", at=EVENING),
        values.EmbargoRule("listing", "session"),
    }
    assert "opens earlier than before" in cleo.get(answer.location).text


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"rules-3-group": "text", "rules-3-anchor": "session", "rules-3-kind": "Oral"}, 409),
        ({"rules-3-group": "text"}, 422),
        ({"rules-3-anchor": "session"}, 422),
        ({"rules-3-group": "text", "rules-3-anchor": "instant"}, 422),
        ({"rules-3-group": "text", "rules-3-anchor": "day"}, 422),
        ({"rules-3-group": "text", "rules-3-anchor": "never"}, 422),
        ({"rules-3-group": "text", "rules-3-anchor": "session", "rules-3-kind": "Nothing"}, 422),
        ({"rules-3-group": "text", "rules-3-anchor": "instant", "rules-3-at": "0001-01-01T00:00"}, 422),
        ({"seen": "older"}, 409),
    ],
)
def test_what_cannot_be_is_refused(cleo, ruled, facts, status):
    assert cleo.post(RULES, data=form_of(cleo) | facts).status_code == status
    assert rules() == set(STANDING)


def test_whoever_was_slower_is_told_and_may_save_again(cleo, ruled):
    mine = form_of(cleo) | {"rules-3-group": "listing", "rules-3-anchor": "session"}
    cleo.post(RULES, data=form_of(cleo) | {"rules-4-group": "text", "rules-4-anchor": "session"})

    refused = cleo.post(RULES, data=mine)

    again = fields_of(refused.text, RULES)
    assert (refused.status_code, again["rules-3-group"]) == (409, "listing")
    assert cleo.post(RULES, data=again).status_code == 303
    assert len(rules()) == 5


def test_a_kind_is_renamed_wherever_it_stands(cleo, ruled):
    before = embargo.embargoes(draft.load(the_meeting()))
    form = form_of(cleo, KINDS)
    oral = next(name for name, value in form.items() if name.endswith("-name") and value == "Oral")

    assert cleo.post(KINDS, data=form | {oral: "Platform talk"}).status_code == 303

    programme = draft.load(the_meeting())
    assert {talk.kind for session in programme.sessions for talk in session.presentations} == {
        "Platform talk",
        "Poster",
    }
    assert embargo.embargoes(programme) == before


def test_a_kind_is_renamed_however_its_capitals_are_written(cleo, ruled):
    with transaction():
        talks = db.session.scalars(select(Presentation).where(Presentation.kind == "Oral")).all()
        talks[0].kind = "ORAL"
    before = embargo.embargoes(draft.load(the_meeting()))
    form = form_of(cleo, KINDS)
    oral = next(name for name, value in form.items() if name.endswith("-name") and value == "Oral")

    assert cleo.post(KINDS, data=form | {oral.replace("-name", "-gone"): "y"}).status_code == 409
    assert cleo.post(KINDS, data=form | {oral: "Platform talk"}).status_code == 303

    assert db.session.scalars(select(Presentation.kind).where(Presentation.kind.ilike("oral"))).all() == []
    assert embargo.embargoes(draft.load(the_meeting())) == before != {}


@pytest.mark.parametrize(
    "facts",
    [
        {"kinds-0-gone": "y"},
        {"kinds-1-name": "ORAL"},
        {"kinds-3-name": "Poster"},
        {"kinds-0-name": "Poster", "kinds-1-name": "Oral"},
        {"seen": ""},
    ],
)
def test_kinds_that_cannot_be_are_refused(cleo, ruled, facts):
    before = [(row.name, row.minutes) for row in draft.kinds(the_meeting())]

    assert cleo.post(KINDS, data=form_of(cleo, KINDS) | facts).status_code == 409
    assert [(row.name, row.minutes) for row in draft.kinds(the_meeting())] == before


def test_kinds_are_added_ordered_and_taken_away(cleo, ruled):
    facts = {
        "kinds-2-gone": "y",
        "kinds-3-name": "Keynote",
        "kinds-3-minutes": "45",
        "kinds-3-place": "1",
        "kinds-0-place": "2",
    }

    assert cleo.post(KINDS, data=form_of(cleo, KINDS) | facts).status_code == 303

    found = [(row.name, row.minutes) for row in draft.kinds(the_meeting())]
    assert sorted(found) == [("Keynote", 45), ("Oral", 15), ("Poster", 0)]


def test_an_embargo_of_its_own_stays_to_the_second(cleo, meeting, now):
    own = values.Embargo(
        EVENING, EVENING, None, datetime(2027, 11, 7, 7, 30, 5, tzinfo=UTC)
    )  # the second 1:30 of that night
    bring(meeting, write_nested(a_programme(own=own)), now)

    cleo.post(EDIT, data=fields_of(cleo.get(EDIT).text, EDIT) | {"title": "Another"})

    assert (the_abstract().title, the_abstract().embargo) == ("Another", own)


def test_an_embargo_whose_field_is_not_sent_stays(cleo, meeting, now):
    own = values.Embargo(text=EVENING)
    bring(meeting, write_nested(a_programme(own=own)), now)
    sent = {name: value for name, value in fields_of(cleo.get(EDIT).text, EDIT).items() if not name.endswith("_at")}

    assert cleo.post(EDIT, data=sent | {"title": "Another"}).status_code == 303

    assert (the_abstract().title, the_abstract().embargo) == ("Another", own)


def test_another_presentation_that_opens_something_earlier_is_told(cleo, meeting, now):
    rules = [*STANDING, values.EmbargoRule("text", "meeting", "Flash talk", clock=time(6))]
    bring(meeting, write_nested(a_programme(rules=rules)), now)

    answer = cleo.post(f"{DESK}/abstracts/2/present", data={"session": "110", "kind": "Flash talk"})

    assert "this opens earlier than before: Text" in cleo.get(answer.location).text


@pytest.mark.parametrize("kind", ["Flash talk", "oral"])
def test_a_presentation_that_no_rule_is_for_opens_nothing_and_a_kind_is_one_in_any_letters(cleo, ruled, kind):
    before = embargoes(the_meeting())[the_abstract(2).guid]

    answer = cleo.post(f"{DESK}/abstracts/2/present", data={"session": "110", "kind": kind})

    assert "opens earlier" not in cleo.get(answer.location).text
    assert embargoes(the_meeting())[the_abstract(2).guid] == before


@given(
    st.integers(0, 8_000_000).map(lambda minutes: datetime(2020, 1, 1) + timedelta(minutes=minutes)),
    st.sampled_from(["America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "UTC"]),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_typed_time_is_never_read_as_earlier_than_it_can_be_meant(local, name):
    zone = ZoneInfo(name)
    read = instants.read(local, zone)

    assert all(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) <= read for fold in (0, 1))
    assert instants.read(instants.shown(read, zone), zone, read) == read
