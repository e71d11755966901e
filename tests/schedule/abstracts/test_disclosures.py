"""Disclosures at the desk: nothing to disclose is an answer, a missing one is none, and both are never mixed up."""

from types import SimpleNamespace

import pytest

from conference.kernel import db
from conference.schedule.abstracts import disclosing
from conference.schedule.formats import write_nested
from conference.schedule.models import Contributor
from tests.schedule.abstracts.conftest import DESK, a_programme
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.conftest import bring
from tests.schedule.test_cost import counted
from tests.signing_in import signed_in

BEN = f"{DESK}/disclosures/2"


def of_ben():
    db.session.expire_all()
    return db.session.query(Contributor).filter_by(number=2).one().disclosure


def form_of(client):
    return fields_of(client.get(BEN).text, BEN)


@pytest.mark.parametrize("path", ["", ".csv", "/2"])
def test_pages_open_for_those_of_the_programme_alone(cleo, context, written, path):
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert (cleo.get(f"{DESK}/disclosures{path}").status_code, dov.get(f"{DESK}/disclosures{path}").status_code) == (
        200,
        403,
    )


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {1, 2}),
        ("state=missing", {2}),
        ("state=nothing", {1}),
        ("state=told", set()),
        ("q=angstrom", {1}),
        ("state=x", {1, 2}),
    ],
)
def test_the_list_is_narrowed(cleo, written, query, numbers):
    page = cleo.get(f"{DESK}/disclosures?{query}").text

    assert {number for number in (1, 2) if f'{DESK}/disclosures/{number}"' in page} == numbers


@pytest.mark.parametrize(
    ("state", "words", "kept"), [("nothing", "", ""), ("told", "Fees from X", "Fees from X"), ("missing", "", None)]
)
def test_every_answer_is_kept_as_what_it_is(cleo, written, state, words, kept):
    answer = cleo.post(BEN, data=form_of(cleo) | {"state": state, "disclosure": words})

    assert answer.status_code == 303
    assert of_ben() == kept


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "told"},
        {"state": "nothing", "disclosure": "Fees"},
        {"state": "x"},
        {"name": ""},
        {"disclosure": "x" * 2001, "state": "told"},
    ],
)
def test_answers_that_contradict_themselves_are_refused(cleo, written, facts):
    assert cleo.post(BEN, data=form_of(cleo) | facts).status_code == 422
    assert of_ben() is None


def test_whoever_was_slower_is_told_and_loses_nothing(cleo, written):
    mine = form_of(cleo) | {"state": "told", "disclosure": "Mine"}
    cleo.post(BEN, data=form_of(cleo) | {"state": "nothing"})

    refused = cleo.post(BEN, data=mine)

    assert (refused.status_code, of_ben()) == (409, "")
    assert cleo.post(BEN, data=fields_of(refused.text, BEN)).status_code == 303
    assert of_ben() == "Mine"


def test_who_is_renamed_is_found_by_the_new_name(cleo, written):
    cleo.post(BEN, data=form_of(cleo) | {"name": "Ben Müller"})

    assert f'{DESK}/abstracts/1"' in cleo.get(f"{DESK}/abstracts?q=muller").text


def test_the_table_tells_the_three_apart(cleo, written):
    lines = cleo.get(f"{DESK}/disclosures.csv").text.splitlines()

    assert lines[1].startswith("2,Ben Muster,Missing,,") or lines[2].startswith("2,Ben Muster,Missing,,")
    assert any(line.startswith("1,Ada Ångström,Nothing to disclose,,") for line in lines)


def test_the_list_asks_no_more_as_it_grows(cleo, meeting, now):
    def queries_for(more):
        bring(meeting, write_nested(a_programme(more=more)), now)
        with counted() as statements:
            assert cleo.get(f"{DESK}/disclosures").status_code == 200
        return len(statements)

    assert queries_for(2) == queries_for(30)


def test_as_many_are_told_of_as_a_programme_has(written):
    """More than either database binds in one statement."""
    many = [SimpleNamespace(id=key) for key in range(1, 70_000)]

    assert sum(bool(parts) for parts in disclosing.parts_of(many).values()) == 2
