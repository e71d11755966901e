"""Asks the database: which entries hold all that is wanted, the best first; found by its index, ordered by the same rule on both databases.

Neither bm25 nor ts_rank gives the order: both differ between the databases, and bm25 weighs words by how rare they are among all entries
that the table holds, whosever they are (docs/decisions/programme-search.md).
"""

from sqlalchemy import case, cast, column, func, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from conference.kernel import db, plain_rows
from conference.schedule.models import Opening, SearchEntry
from conference.schedule.search.keeping import spaced

_ENTRY, _OPENING = SearchEntry.__table__.c, Opening.__table__.c
# What a term counts by where it stands, as a whole word and as the beginning of one; anywhere else it counts 1.
WEIGHTS = (
    (_ENTRY.title, True, 24),
    (_ENTRY.people, True, 16),
    (_ENTRY.title, False, 12),
    (_ENTRY.people, False, 8),
    (_ENTRY.places, True, 6),
    (_ENTRY.places, False, 3),
)
IN_ORDER, WHOLE_TITLE = 20, 40
_ON_SQLITE = table("schedule_search_words", column("rowid"), column("schedule_search_words"))


def hits(release_id, opening, question):
    """[(kind, number)] of all entries that hold every wanted term and no unwanted one, the best first."""
    return plain_rows(_statement(release_id, opening, question, _matching(question, all)))


def near(release_id, opening, question, most):
    """The same, at most so many, of entries that hold some of the wanted terms."""
    statement = _statement(release_id, opening, question, _matching(question, any))
    return plain_rows(statement.limit(most))


def is_ready(release_id, opening):
    """Whether the entries of a release after so many of its moments are there."""
    asked = select(Opening.id).where(
        Opening.release_id == release_id, Opening.opening == opening, Opening.ready_at.is_not(None)
    )
    return db.session.scalar(asked) is not None


def _statement(release_id, opening, question, matching):
    return (
        select(_ENTRY.kind, _ENTRY.number)
        .where(_OPENING.id == _ENTRY.opening_id, _OPENING.ready_at.is_not(None))
        .where(_OPENING.release_id == release_id, _OPENING.opening == opening, matching)
        .order_by(_score(question).desc(), _ENTRY.position)
    )


def _matching(question, how):
    """The clause for entries that hold all or any of the wanted terms, and none of the unwanted ones."""
    if not _is_postgresql():
        asked = _ON_SQLITE.c.schedule_search_words.op("MATCH")(_for_fts5(question, how))
        return _ENTRY.id.in_(select(_ON_SQLITE.c.rowid).where(asked))
    return _ENTRY.words.op("@@")(cast(literal(_for_tsquery(question, how)), TSQUERY))


def _for_fts5(question, how):
    """https://www.sqlite.org/fts5.html#full_text_query_syntax: strings in quotes, a star for a word that goes on."""
    wanted = (" AND " if how is all else " OR ").join(map(_string, question.wanted))
    return " NOT ".join([f"({wanted})", *map(_string, question.unwanted)])


def _string(term):
    return f'"{" ".join(term.words)}"{" *" if term.begun else ""}'


def _for_tsquery(question, how):
    """https://www.postgresql.org/docs/15/datatype-textsearch.html#DATATYPE-TSQUERY: quoted lexemes that follow each other."""
    wanted = (" & " if how is all else " | ").join(map(_followed, question.wanted))
    return " & !".join([f"({wanted})", *map(_followed, question.unwanted)])


def _followed(term):
    lexemes = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({lexemes}{':*' if term.begun else ''})"


def _score(question):
    scores = [_score_of_term(term) for term in question.wanted]
    words = spaced([word for term in question.wanted for word in term.words])
    if len(question.wanted) > 1:
        scores.append(case((_holds(_ENTRY.title, words.rstrip()), literal_column(str(IN_ORDER))), else_=0))
    whole = case((_ENTRY.title == words, literal_column(str(WHOLE_TITLE))), else_=0)
    return sum(scores, start=whole)


def _score_of_term(term):
    words = spaced(term.words)
    found = [
        (_holds(field, words if is_whole else words.rstrip()), literal_column(str(weight)))
        for field, is_whole, weight in WEIGHTS
        if is_whole or term.begun
    ]
    return case(*found, else_=1)


def _holds(field, text):
    place = func.strpos if _is_postgresql() else func.instr
    return place(field, text) > 0


def _is_postgresql():
    return db.session.get_bind().dialect.name == "postgresql"
