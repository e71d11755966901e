"""What is missing or does not fit: interests, places of accepted abstracts, talks whose abstract is not accepted."""

from conference.schedule.formats import programme as values
from conference.schedule.warnings.rules import Disclosing, Kind
from tests.schedule.warnings.test_rules import found
from tests.schedule.warnings.timetables import a_session, a_talk


def test_interests_are_missing_until_somebody_says_that_there_are_none():
    told = {"ada": None, "ben": "", "cleo": None}
    people = tuple(values.PersonItem(guid, guid, disclosure=text) for guid, text in told.items())
    session = a_session("a", presentations=(a_talk("t", "ada", "ben", "cleo", presenting=["ada", "ben"]),))

    def missing(disclosing):
        return [each[2] for each in found(session, people=people, disclosing=disclosing)]

    assert missing(Disclosing.NOBODY) == []
    assert missing(Disclosing.SPEAKING) == [("ada",)]
    assert missing(Disclosing.EVERYBODY) == [("ada",), ("cleo",)]


def test_an_accepted_abstract_is_told_until_a_held_session_has_it():
    abstracts = tuple(
        values.AbstractItem(guid, guid, status=status)
        for guid, status in (("x", "accepted"), ("y", "rejected"), ("z", "accepted"), ("w", "accepted"))
    )
    held = a_session("a", presentations=(a_talk("t", submission="x"), a_talk("u", submission="z", withdrawn=True)))
    cancelled = a_session("b", withdrawn=True, presentations=(a_talk("v", submission="w"),))

    assert found(held, cancelled, abstracts=abstracts) == [
        (Kind.UNSCHEDULED, ("w",), ()),
        (Kind.UNSCHEDULED, ("z",), ()),
    ]


def test_a_talk_whose_abstract_is_not_accepted_is_told_while_it_stands():
    abstracts = (values.AbstractItem("x", "x", status="rejected"), values.AbstractItem("y", "y", status="accepted"))
    talks = [a_talk("t", submission="x"), a_talk("u", submission="y"), a_talk("v", submission="x", withdrawn=True)]
    session = a_session("a", presentations=tuple(talks))

    assert found(session, abstracts=abstracts) == [(Kind.FALLEN, ("t",), ())]
