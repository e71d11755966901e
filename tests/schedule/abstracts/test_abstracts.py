"""Abstracts at the desk: found, written, read again as they were typed, never overwritten unseen."""

from datetime import UTC, datetime

import pytest

from conference import audit
from conference.kernel import db
from conference.schedule import draft, queries
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from conference.schedule.models import Abstract
from tests.schedule.abstracts.conftest import CLINIC, DESK, INSTITUTE, a_programme, the_abstract, the_meeting
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.conftest import bring
from tests.schedule.test_cost import counted
from tests.signing_in import signed_in

EDIT = f"{DESK}/abstracts/1/edit"


def form_of(client, address=EDIT):
    return fields_of(client.get(address).text, address)


PAGES = ["/abstracts", "/abstracts.csv", "/abstracts.xlsx", "/abstracts/new", "/abstracts/1", "/abstracts/1/edit"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_for_those_of_the_programme_alone(cleo, context, written, path):
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert (cleo.get(DESK + path).status_code, dov.get(DESK + path).status_code) == (200, 403)


FOUND = [
    ("", {1, 2, 3}),
    ("q=angstrom", {1, 2}),
    ("q=ZURAWSKA+capsids", {1}),
    ("q=ubersicht", {3}),
    ("q=%232", {2}),
    ("q=%25", set()),
    ("status=submitted", {3}),
    ("topic=Eye", {1, 2}),
    ("topic=Nose", set()),
    ("late=yes", {1}),
    ("late=no", {2, 3}),
    ("placed=yes", {1, 2}),
    ("placed=twice", {1}),
    ("placed=no", {3}),
    ("missing=yes", {1}),
    ("closed=yes", set()),
    ("sort=nonsense&status=never&page=99999999999", {1, 2, 3}),
]


@pytest.mark.parametrize(("query", "numbers"), FOUND)
def test_the_list_is_searched_and_filtered(cleo, written, query, numbers):
    page = cleo.get(f"{DESK}/abstracts?{query}")

    assert page.status_code == 200
    assert {number for number in (1, 2, 3) if f'{DESK}/abstracts/{number}"' in page.text} == numbers


@pytest.mark.parametrize("act", ["pool", "removal"])
def test_a_session_that_is_cancelled_or_waits_in_the_pool_places_nothing(cleo, written, act):
    version = queries.session_numbered(the_meeting(), 100).version
    assert cleo.post(f"{DESK}/timetable/100/{act}", data={"version": version}).status_code == 303

    listed = {which: cleo.get(f"{DESK}/abstracts?placed={which}").text for which in ("yes", "no", "twice")}

    numbers = {which: {n for n in (1, 2, 3) if f'{DESK}/abstracts/{n}"' in page} for which, page in listed.items()}
    assert numbers == {"yes": {1}, "no": {2, 3}, "twice": set()}


@pytest.mark.parametrize(
    ("sort", "order"), [("title", [1, 2, 3]), ("-title", [3, 2, 1]), ("-number", [3, 2, 1]), ("status", [1, 2, 3])]
)
def test_the_list_is_sorted(cleo, written, sort, order):
    page = cleo.get(f"{DESK}/abstracts?sort={sort}").text

    assert sorted((1, 2, 3), key=lambda number: page.index(f'{DESK}/abstracts/{number}"')) == order


def test_the_list_asks_no_more_as_it_grows(cleo, meeting, now):
    def queries_for(more):
        bring(meeting, write_nested(a_programme(more=more)), now)
        with counted() as statements:
            assert cleo.get(f"{DESK}/abstracts").status_code == 200
        return len(statements)

    assert queries_for(2) == queries_for(30)


def test_the_table_holds_no_formula(cleo, meeting, now):
    bring(meeting, write_nested(a_programme()), now)
    cleo.post(EDIT, data=form_of(cleo) | {"title": "=HYPERLINK(1)"})

    table = cleo.get(f"{DESK}/abstracts.csv").text

    assert ",'=HYPERLINK(1)," in table
    assert "Aims\nOne < two." in table


def test_a_form_that_is_sent_as_it_stands_changes_nothing(cleo, written):
    before = the_abstract()

    answer = cleo.post(EDIT, data=form_of(cleo))

    assert answer.status_code == 303
    assert the_abstract() == before
    assert "Nothing was changed." in cleo.get(answer.location).text


def test_everything_of_it_can_be_written(cleo, written):
    facts = {
        "title": "Capsids, again",
        "status": "rejected",
        "award": "",
        "topics": "Ear\nEar\n  Eye ",
        "sections-0-place": "9",
        "sections-2-heading": "Results",
        "sections-2-text": "a < b\n\nc",
        "sections-2-place": "1",
        "affiliations-2-institution": "New Hall",
        "affiliations-2-country": "germany",
        "affiliations-2-ror": "https://ror.org/03vek6s52",
        "authors-0-place": "5",
        "authors-1-at": "3, 2",
        "authors-1-presenting": "y",
        "authors-2-name": "Cem Yıldız",
        "authors-2-at": "3",
        "links-0-url": "",
        "text_at": "2027-05-01T08:00",
    }
    answer = cleo.post(EDIT, data=form_of(cleo) | facts)

    item = the_abstract()
    new = values.AffiliationItem("New Hall", country="DE", ror="03vek6s52")
    assert answer.status_code == 303
    assert (item.title, item.status, item.award, item.topics, item.links) == (
        "Capsids, again",
        "rejected",
        "",
        ("Ear", "Eye"),
        (),
    )
    assert [part.heading for part in item.sections] == ["Results", "", "Aims"]
    assert item.sections[0].text == "<p>a &lt; b</p><p>c</p>"
    assert [author.affiliations for author in item.authors] == [(new, CLINIC), (INSTITUTE, CLINIC), (new,)]
    assert item.authors[0].presenting
    assert item.embargo.text == datetime(2027, 5, 1, 13, 0, tzinfo=UTC)
    story = cleo.get(f"{DESK}/abstracts/1").text
    assert "Capsids, again" in story
    assert "Best paper" in story


def test_rows_are_taken_away_by_a_tick(cleo, written):
    cleo.post(EDIT, data=form_of(cleo) | {"sections-0-gone": "y", "authors-0-gone": "y"})

    item = the_abstract()
    assert [part.text for part in item.sections] == ["<p>H<sub>2</sub>O</p>"]
    assert len(item.authors) == 1


def test_whoever_was_slower_is_told_and_loses_nothing(cleo, written):
    mine = form_of(cleo) | {"title": "Mine", "sections-2-text": "My text"}
    cleo.post(EDIT, data=form_of(cleo) | {"title": "Theirs"})

    refused = cleo.post(EDIT, data=mine)

    assert refused.status_code == 409
    assert the_abstract().title == "Theirs"
    assert "Somebody else has saved this abstract" in refused.text
    assert "Theirs" in refused.text
    again = fields_of(refused.text, EDIT)
    assert (again["title"], again["sections-2-text"]) == ("Mine", "My text")
    assert cleo.post(EDIT, data=again).status_code == 303
    assert the_abstract().title == "Mine"


def test_an_import_meanwhile_counts_as_somebody_else(cleo, meeting, now):
    bring(meeting, write_nested(a_programme()), now)
    mine = form_of(cleo) | {"title": "Mine"}
    changed = write_nested(a_programme()).replace(b"Best paper", b"Second prize")
    bring(meeting, changed, now)

    assert cleo.post(EDIT, data=mine).status_code == 409
    assert the_abstract().award == "Second prize"


def test_a_new_abstract_has_the_next_number_and_is_found(cleo, written):
    form = fields_of(cleo.get(f"{DESK}/abstracts/new").text, f"{DESK}/abstracts/new")

    answer = cleo.post(f"{DESK}/abstracts/new", data=form | {"title": "Nouveau", "authors-0-name": "Zoë Noël"})

    assert answer.location == f"{DESK}/abstracts/4"
    assert ">Nouveau<" in cleo.get(f"{DESK}/abstracts?q=zoe+noel").text
    assert the_abstract(4).sections == ()


def test_ticked_ones_get_a_status(cleo, written):
    answer = cleo.post(f"{DESK}/abstracts/status", data={"tick": ["2", "3", "999", "x"], "status": "withdrawn"})

    assert answer.status_code == 303
    assert [the_abstract(number).status for number in (1, 2, 3)] == ["accepted", "withdrawn", "withdrawn"]
    assert cleo.post(f"{DESK}/abstracts/status", data={"tick": "1", "status": "gone"}).status_code == 400
    row = db.session.query(Abstract).filter_by(number=2).one()
    assert [entry.after for entry in audit.story_of(row)] == [{"status": "withdrawn"}]


def test_it_is_presented_in_a_session_once(cleo, written):
    facts = {"session": "100", "kind": "Flash talk", "minutes": "", "board": "", "hall": ""}
    cleo.post(f"{DESK}/abstracts/status", data={"tick": "3", "status": "accepted"})

    first, second = (cleo.post(f"{DESK}/abstracts/3/present", data=facts) for _turn in range(2))

    assert (first.status_code, second.status_code) == (303, 409)
    talks = draft.load(the_meeting()).sessions[0].presentations
    assert [(talk.number, talk.title, talk.kind) for talk in talks] == [
        (101, "Capsids", "Oral"),
        (102, "Eyes", "Oral"),
        (112, "Übersicht", "Flash talk"),
    ]


@pytest.mark.parametrize(
    ("number", "session", "status"), [(3, "100", 409), (2, "999", 422), (2, "", 422), (2, "x", 422)]
)
def test_a_place_that_cannot_be_is_refused(cleo, written, number, session, status):
    assert cleo.post(f"{DESK}/abstracts/{number}/present", data={"session": session}).status_code == status


def test_a_presentation_is_withdrawn_and_given_its_place_again(cleo, written):
    for wish, withdrawn in (("yes", True), ("yes", True), ("no", False)):
        assert cleo.post(f"{DESK}/abstracts/2/presentations/102", data={"withdrawn": wish}).status_code == 303
        assert draft.load(the_meeting()).sessions[0].presentations[1].withdrawn == withdrawn
    assert cleo.post(f"{DESK}/abstracts/2/presentations/101", data={"withdrawn": "yes"}).status_code == 404
