"""Search of any programme: all that is public is found, nothing that is not; no question is an error."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.kernel import db
from conference.schedule import embargo
from conference.schedule.formats import write_nested
from conference.schedule.formats.text import plain
from conference.schedule.models import Opening, Release
from conference.schedule.search import asking, entries, keeping
from conference.schedule.search.question import Question, Term, understood
from conference.schedule.search.words import words_of
from tests.schedule.any_programme import programmes
from tests.trying import tries

INSTANTS = st.datetimes(datetime(1989, 1, 1), datetime(2091, 1, 1), timezones=st.just(UTC))
SYNTAX = st.text(st.sampled_from(list("\"'*^:()-+{}&|!<>\\ ab,é蛋_\n\x00")) | st.characters(), max_size=40)
FEW = settings(
    max_examples=tries(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def kept(released, now):
    """Keeps a programme as an opening of its own; the number to ask for it."""
    release_id = db.session.scalar(db.select(Release.id))
    numbers = iter(range(1, 1000))

    def keep(programme):
        row = Opening(release_id=release_id, opening=next(numbers), ready_at=now)
        db.session.add(row)
        db.session.flush()
        keeping.keep(row.id, entries.entries(programme))
        return lambda question: asking.hits(release_id, row.opening, question)

    yield keep
    db.session.rollback()


@FEW
@given(programme=programmes(), at=INSTANTS)
def test_all_that_is_public_is_found_by_its_words_and_nothing_that_is_not(kept, programme, at):
    seen = embargo.as_seen(programme, at)
    hits = kept(seen)

    for kind, number, title in _titles(seen):
        assert (kind, number) in hits(understood(" ".join(words_of(title))))
        assert (kind, number) in hits(Question((Term(tuple(words_of(title)), begun=False),), ()))
    public = _words(seen)
    for word in sorted(_words(programme) - public)[:40]:
        assert hits(Question((Term((word,), begun=False),), ())) == [], word


def _titles(programme):
    """(kind, number, title) of what has a title with a word in it, and shows it."""
    found = [("person", person.number, person.name) for person in programme.people]
    for session in programme.sessions:
        found.append(("session", session.number, session.title))
        found += [
            ("presentation", talk.number, talk.title) for talk in session.presentations if "listing" not in talk.closed
        ]
    return [each for each in found if words_of(each[2])]


def _words(programme):
    """All words of its file, as they stand there and without tags."""
    found, waiting = set(), [json.loads(write_nested(programme))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found |= set(words_of(value)) | set(words_of(plain(value)))
        elif isinstance(value, list | dict):
            waiting += value.values() if isinstance(value, dict) else value
    return found


@settings(max_examples=tries(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SYNTAX)
def test_no_text_is_an_error_to_the_database(released, text):
    release_id = db.session.scalar(db.select(Release.id))
    question = understood(text)

    if question.wanted:
        asking.hits(release_id, 0, question)
        asking.near(release_id, 0, question, 5)


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("Covid-19 -mouse", [Term(("covid", "19"), True)], [Term(("mouse",), False)]),
        ('“cell wall" x', [Term(("cell", "wall"), False), Term(("x",), False)], []),
        ('-"cell wall', [], [Term(("cell", "wall"), False)]),
        ("蛋白 蛋白", [Term(("蛋", "白"), False)], []),
        ("- -- '", [], []),
    ],
)
def test_how_a_question_is_understood(text, wanted, unwanted):
    assert understood(text) == Question(tuple(wanted), tuple(unwanted))
