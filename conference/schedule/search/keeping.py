"""Writes entries into the database, as each of them has full text."""

from sqlalchemy import insert

from conference.kernel import count_anew, db, in_parts
from conference.schedule.models import SearchEntry
from conference.schedule.search.entries import BETWEEN


def keep(opening_id, entries):
    """Write the entries of an opening."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    written = _vector if is_postgresql else " ".join
    rows = [_row(opening_id, place, entry, written) for place, entry in enumerate(entries)]
    for part in in_parts(rows):
        db.session.execute(insert(SearchEntry), part)
    if is_postgresql:
        count_anew(SearchEntry)


def spaced(words):
    """Words between single spaces, so that " be" is found where one begins with "be"."""
    return f" {' '.join(words)} " if words else ""


def _row(opening_id, position, entry, written):
    return {
        "opening_id": opening_id,
        "position": position,
        "kind": entry.kind,
        "number": entry.number,
        "title": spaced(entry.title),
        "people": spaced(entry.people),
        "places": spaced(entry.places),
        "words": written(entry.words),
    }


def _vector(words):
    """A tsvector as PostgreSQL reads it: words are of letters and digits alone, so that nothing in them could be taken for syntax."""
    places = {}
    for place, word in enumerate(words, start=1):
        if word != BETWEEN:
            places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
