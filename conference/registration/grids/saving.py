"""Saving a grid of prices as a whole: remembered, noticed when two do it at once, and taken back while nothing else changed it."""

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import func, select

from conference import audit
from conference.kernel import Refusal, db

SAVED, TAKEN_BACK = "changed prices", "took back prices"


class Grid(Protocol):
    """What prices hang on: the row (a category, an add-on), what it is called, and its cells with their names in the trail."""

    row: Any
    name: str

    def cells(self):
        """{key: minor units} of what has a price."""

    def write(self, key, minor):
        """Give a cell a price, or None."""

    def told(self, cells):
        """Cells as words for the trail: {name of the cell: amount in words}."""

    def untold(self, words):
        """What `told` has told, as cells again; None when something in it is not there any more."""


@dataclass(frozen=True)
class Saved:
    """The last time a grid was saved: its entry in the trail, the cells as they were before, and whether all still are as it left them."""

    entry: audit.Entry
    before: dict
    stands: bool


def version_of(cells):
    """A text that changes with any price of a grid: a form carries it to notice what was changed elsewhere."""
    return hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()[:32]


def save(grid, cells, *, seen, by, now):
    """Make the prices those of `cells` (None is none); how many changed. Refusal when they changed since `seen`."""
    _lock(grid)
    before = grid.cells()
    if seen != version_of(before):
        raise Refusal(_("These prices were changed elsewhere meanwhile. Look at them again before you save."))
    changed = {key: minor for key, minor in cells.items() if before.get(key) != minor}
    _write(grid, changed, verb=SAVED, by=by, now=now)
    return len(changed)


def last_saved(grids):
    """{key of the row: Saved} of those among `grids` (all of one kind) that were ever saved and can be read back."""
    entries = _last_entries([grid.row for grid in grids])
    found = {grid.row.id: _saved(grid, entries[grid.row.id]) for grid in grids if grid.row.id in entries}
    return {key: saved for key, saved in found.items() if saved is not None}


def take_back(grid, entry_id, *, by, now):
    """Undo the last save, which the trail knows as `entry_id`; how many prices changed. Refusal when anything changed since."""
    _lock(grid)
    saved = last_saved([grid]).get(grid.row.id)
    if saved is None or saved.entry.id != entry_id or not saved.stands:
        raise Refusal(_("These prices were changed again meanwhile: nothing was taken back."))
    _write(grid, saved.before, verb=TAKEN_BACK, by=by, now=now)
    return len(saved.before)


def _lock(grid):
    table = type(grid.row)
    db.session.scalar(select(table.id).where(table.id == grid.row.id).with_for_update())


def _write(grid, changed, *, verb, by, now):
    before = grid.cells()
    for key, minor in changed.items():
        grid.write(key, minor)
    if changed:
        told = {"before": grid.told({key: before.get(key) for key in changed}), "after": grid.told(changed)}
        audit.record(by=by, verb=verb, subject=grid.row, now=now, note=grid.name, **told)
    db.session.flush()


def _last_entries(rows):
    """{key of the row: its last entry about prices}."""
    if not rows:
        return {}
    entry, table = audit.Entry, type(rows[0]).__tablename__
    about = (entry.subject == table, entry.subject_id.in_([row.id for row in rows]))
    newest = select(func.max(entry.id)).where(*about, entry.verb.in_((SAVED, TAKEN_BACK))).group_by(entry.subject_id)
    return {each.subject_id: each for each in db.session.scalars(select(entry).where(entry.id.in_(newest)))}


def _saved(grid, entry):
    before, after = (grid.untold(words or {}) for words in (entry.before, entry.after))
    if before is None or after is None:
        return None
    cells = grid.cells()
    return Saved(entry, before, stands=all(cells.get(key) == minor for key, minor in after.items()))
