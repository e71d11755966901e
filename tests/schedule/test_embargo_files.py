"""Embargo in files: whatever a programme is like, and whenever it is asked for, no export holds what is closed."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from conference.schedule import embargo
from conference.schedule.formats import WRITERS, Edition
from conference.schedule.formats import programme as values
from tests.schedule.any_programme import programmes


@settings(max_examples=60, deadline=None)
@given(programme=programmes(), at=st.datetimes(datetime(1989, 1, 1), datetime(2091, 1, 1), timezones=st.just(UTC)))
def test_no_file_of_any_programme_holds_what_is_closed(programme, at):
    """What is closed is replaced by a word of its own first, so that finding it anywhere is a leak."""
    marked = _marked(programme, at)
    seen = embargo.as_seen(marked, at)

    for write in WRITERS.values():
        assert b"Zyzzyva" not in write(seen, Edition(1, at, "https://example.org"))


def _marked(programme, at):
    """The programme with a word in every text that is closed at an instant."""
    held = embargo.embargoes(programme)
    abstracts = tuple(
        _filled(abstract, held.get(abstract.guid, values.NONE).closed(at), "sections", "topics")
        for abstract in programme.abstracts
    )
    known = {abstract.guid: abstract for abstract in abstracts}
    sessions = tuple(
        replace(
            session,
            presentations=tuple(
                values.presenting(talk, known[talk.submission])
                if talk.submission
                else _filled(talk, held.get(talk.guid, values.NONE).closed(at), "abstract", "keywords")
                for talk in session.presentations
            ),
        )
        for session in programme.sessions
    )
    return replace(programme, abstracts=abstracts, sessions=sessions)


def _filled(item, closed, text, words):
    new = {
        "listing": {"title": "Zyzzyva", words: ("Zyzzyva",)},
        "files": {"links": (values.Link("https://x.org", "Zyzzyva"),)},
    }
    new |= {
        "award": {"award": "Zyzzyva"},
        "text": {text: "Zyzzyva" if text == "abstract" else (values.Section("", "Zyzzyva"),)},
    }
    return replace(item, **{name: value for group in closed for name, value in new[group].items()})
