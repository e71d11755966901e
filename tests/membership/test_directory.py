"""The directory shows nobody unasked, and never more than somebody chose."""

import random
from datetime import date

import pytest

from conference import membership
from conference.kernel import db, transaction
from conference.membership import Audience, directory
from conference.membership.directory import Entry, Search
from tests.membership.cast import a_person, a_term, a_type

LABELS = {"ethics": "Ethik & Recht"}
TODAY = date(2026, 11, 23)
PUBLIC = directory.audiences_of(is_member=False)
MEMBERS = directory.audiences_of(is_member=True)


@pytest.fixture
def ada(context, now):
    person = a_person(
        now,
        "Ada",
        degrees="PhD",
        institution="Universität Ulm",
        country="DE",
        interests=["AAV vectors", "ethics"],
    )
    a_term(person, a_type(), now)
    return person


def shows(person, now, **choices):
    with transaction():
        membership.choose_directory(member=membership.member_of(person), now=now, **choices)


def seen(search, audiences, on=TODAY):
    members = db.session.scalars(directory.entries(search, audiences, on))
    return [directory.entry_for(member, audiences, LABELS) for member in members]


def test_nobody_is_listed_who_did_not_ask(ada):
    assert seen(Search(), MEMBERS) == []


def test_a_public_entry_shows_the_public_what_is_public_and_members_the_rest(ada, now):
    shows(ada, now, listed_for=Audience.PUBLIC, institution_for=Audience.PUBLIC, country_for=Audience.MEMBERS)

    assert seen(Search(), PUBLIC) == [Entry("Ada Tester", "PhD", "Universität Ulm", "", [], "")]
    assert seen(Search(), MEMBERS) == [
        Entry("Ada Tester", "PhD", "Universität Ulm", "DE", ["AAV vectors", "Ethik & Recht"], "")
    ]


def test_an_entry_for_members_is_not_there_for_the_public_even_when_a_field_is_public(ada, now):
    shows(ada, now, listed_for=Audience.MEMBERS, email_for=Audience.PUBLIC)

    assert seen(Search(), PUBLIC) == []
    assert seen(Search(), MEMBERS)[0].email == "ada@example.org"


def test_a_hidden_field_cannot_be_found_by_searching(ada, now):
    shows(ada, now, listed_for=Audience.PUBLIC, institution_for=Audience.MEMBERS, email_for=Audience.NOBODY)

    for search in (
        Search(institution="ulm"), Search(country="DE"), Search(interest="AAV vectors"), Search(q="ulm"), Search(q="example.org")
    ):  # fmt: skip
        assert seen(search, PUBLIC) == [], search
    assert seen(Search(q="example.org"), MEMBERS) == []
    for search in (Search(institution="universitat"), Search(country="DE"), Search(interest="ethics")):
        assert len(seen(search, MEMBERS)) == 1, search


def test_whose_membership_is_over_is_not_listed(ada, now):
    shows(ada, now, listed_for=Audience.PUBLIC)

    assert len(seen(Search(), PUBLIC, on=date(2027, 4, 8))) == 1
    assert seen(Search(), PUBLIC, on=date(2027, 4, 9)) == []


def test_a_reader_can_filter_only_by_what_some_entry_shows_them(ada, now):
    shows(ada, now, listed_for=Audience.PUBLIC, country_for=Audience.PUBLIC)

    assert directory.choices(PUBLIC, TODAY) == ([], ["DE"])
    assert directory.choices(MEMBERS, TODAY) == (["AAV vectors", "ethics"], ["DE"])


def test_whatever_is_chosen_the_public_never_sees_more_than_members(ada, now):
    dice = random.Random(28)
    fields = ("listed_for", "institution_for", "country_for", "interests_for", "email_for")

    for _ in range(60):
        shows(ada, now, **{field: dice.choice(list(Audience)) for field in fields})
        public, members = seen(Search(), PUBLIC), seen(Search(), MEMBERS)
        assert len(public) <= len(members)
        for less, more in zip(public, members, strict=False):
            assert all(getattr(less, name) in ("", [], getattr(more, name)) for name in vars(less))
