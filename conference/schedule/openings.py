"""What is kept of a release after so many of its moments: its files, and the entries that the search finds."""

import gzip
import hashlib
from typing import NamedTuple

from sqlalchemy import select

from conference.kernel import db, insert_missing, insert_once
from conference.schedule.formats import WRITERS
from conference.schedule.models import Opening, ReleaseFile
from conference.schedule.search import keeping
from conference.schedule.search.entries import Entry, entries


class Made(NamedTuple):
    """{format: {"etag", "body"}} and the entries, of a programme as it is seen between two moments."""

    files: dict[str, dict]
    entries: list[Entry]


def made_of(programme, edition):
    """The Made of a Programme and its Edition."""
    return Made(
        {name: _written(write(programme, edition)) for name, write in WRITERS.items()}, list(entries(programme))
    )


def keep(release_id, opening, made, now):
    """Write what was made of a release after so many of its moments; it is ready from then on. What another one has kept meanwhile stays."""
    insert_once(Opening.__table__, {"release_id": release_id, "opening": opening})
    asked = select(Opening).where(Opening.release_id == release_id, Opening.opening == opening)
    row = db.session.scalars(asked.with_for_update(), execution_options={"populate_existing": True}).one()
    if row.ready_at is not None:
        return
    key = {"release_id": release_id, "opening": opening}
    insert_missing(ReleaseFile.__table__, [{**key, "format": name, **file} for name, file in made.files.items()])
    keeping.keep(row.id, made.entries)
    row.ready_at, row.claimed_until = now, None
    db.session.flush()


def zipped(body):
    """Bytes compressed, the same each time."""
    return gzip.compress(body, 6, mtime=0)


def _written(body):
    return {"etag": hashlib.sha256(body).hexdigest()[:32], "body": zipped(body)}
