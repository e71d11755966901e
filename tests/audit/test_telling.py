"""What the trail keeps of a change, and how it is told."""

from types import SimpleNamespace

from conference import audit, people
from conference.kernel import transaction


def test_only_what_differs_is_a_change():
    row = SimpleNamespace(title="Old", city="Baltimore")

    assert audit.changes(row, {"title": "New", "city": "Baltimore"}) == ({"title": "Old"}, {"title": "New"})
    assert audit.changes(row, {"city": "Baltimore"}) == ({}, {})


def test_what_came_and_what_went_both_differ():
    assert audit.differing({"kept": 1, "gone": 2}, {"kept": 1, "new": 3}) == (
        {"gone": 2, "new": None},
        {"gone": None, "new": 3},
    )


def test_an_entry_is_told_with_who_did_what_and_what_stood_before(context, now):
    with transaction():
        ada = people.enter(email="ada@example.org", given_name="Ada", now=now)
        people.update(ada, by=ada, now=now, city="Uppsala")

    (told,) = audit.happenings(audit.story_of(ada))

    assert told == {"what": "Changed", "who": "Ada", "when": now, "before": "city: –", "after": "city: Uppsala"}


def test_what_nobody_did_happened_by_itself(context, now):
    with transaction():
        ada = people.enter(email="ada@example.org", now=now)
        audit.record(by=None, verb="lapsed", subject=ada, now=now, note="in time")

    (told,) = audit.happenings(audit.story_of(ada))

    assert (told["what"], told["who"]) == ("Order lapsed: its places were given back: in time", "by itself")
    assert (told["before"], told["after"]) == (None, None)


def test_an_amount_is_money_only_where_its_currency_is_known(context):
    assert audit.values_in_words({"total": 44000}, "USD") == "total: 440.00 USD"
    assert audit.values_in_words({"total": 44000}) == "total: 44000"


def test_a_long_text_is_told_by_its_beginning(context):
    told = audit.values_in_words({"body": "x" * 1000})

    assert told == "text: " + "x" * 159 + "…"
