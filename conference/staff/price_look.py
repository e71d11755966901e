"""What an edit of prices would change, before it is saved: cell by cell, date by date, and what of it is unusual."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from conference.kernel import Money
from conference.registration import grids
from conference.staff import catalogue
from conference.staff.price_preview import instants_of
from conference.web import money


@dataclass(frozen=True)
class Changed:
    """One cell of the grid: what it says and what it would say."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Look:
    """`cells` that change, `odd` sentences, and who would pay what on which date: `rows`, `columns`, `paid` {(row, column): (before, after)}.

    `changed` are the (row, window) of which somebody would pay another price than now.
    """

    cells: list
    odd: list
    rows: list
    columns: list
    paid: dict
    changed: set

    @property
    def is_nothing(self):
        """Whether nothing would change."""
        return not self.cells

    def columns_as_heads(self):
        """The dates as the heads of a table."""
        return [{"label": words, "numeric": True} for _name, words in self.columns]


def look(sheet, typed, *, on, now):
    """The Look of saving the `typed` cells {(row, column): minor} of a sheet (price_grids); `on` is a day of one's own, or None."""
    kept = sheet.shown(sheet.grid.cells())
    before, after = sheet.paid(kept), sheet.paid(typed)
    differences = grids.differences(before, after)
    rows = [(row, label) for row, label in sheet.rows if any(key[0] == row for key in differences)]
    columns, paid = _paid(sheet.meeting, rows, before, after, on, now)
    return Look(
        cells=list(_changed(sheet, kept, typed)),
        odd=list(_odd(sheet, before, after)),
        rows=rows,
        columns=columns,
        paid=paid,
        changed=set(differences),
    )


def _changed(sheet, kept, typed):
    rows, columns = dict(sheet.rows), dict(catalogue.columns_of(sheet.meeting))
    for (row, column), (was, is_) in grids.differences(kept, typed).items():
        said = [sheet.in_words(row, column, minor) for minor in (was, is_)]
        yield Changed(rows[row], columns[column], *said)


def _paid(meeting, rows, before, after, on, now):
    """(columns, {(row, column): (Money or None before, after)}) on each date that matters."""
    instants, found = instants_of(meeting, on, now), {}
    for row, _label in rows:
        for name, at, _words in instants:
            window = meeting.window_at(at)
            minors = [cells.get((row, window.id)) if window else None for cells in (before, after)]
            found[row, name] = tuple(_money(minor, meeting) for minor in minors)
    return [(name, words) for name, _at, words in instants], found


def _odd(sheet, before, after):
    rows, columns = dict(sheet.rows), dict(catalogue.columns_of(sheet.meeting))
    for each in grids.oddities(before, after, columns=list(columns), **sheet.pairs):
        facts = {"what": _("%(row)s, %(column)s", row=rows[each.row], column=columns[each.column])}
        facts |= {"now": _in_words(each.after, sheet), "was": _in_words(each.before, sheet)}
        yield _SENTENCES[each.odd](facts, {**rows, **columns}.get(each.beside))


def _money(minor, meeting):
    return None if minor is None else Money(minor, meeting.currency)


def _in_words(minor, sheet):
    amount: Any = _money(minor, sheet.meeting)
    return _("not sold") if amount is None else money(amount)


_SENTENCES = {
    grids.Odd.NOT_SOLD: lambda facts, beside: _("%(what)s: not sold any more. It is %(was)s now.", **facts),
    grids.Odd.MEMBERS_ONLY: lambda facts, beside: _("%(what)s: members can buy it, others cannot.", **facts),
    grids.Odd.FREE: lambda facts, beside: _("%(what)s: free of charge. Now: %(was)s.", **facts),
    grids.Odd.MUCH_DEARER: lambda facts, beside: _(
        "%(what)s: %(now)s, ten times as much as now (%(was)s) or more. Is the decimal point where it belongs?", **facts
    ),
    grids.Odd.MUCH_CHEAPER: lambda facts, beside: _(
        "%(what)s: %(now)s, a tenth of what it is now (%(was)s) or less. Is the decimal point where it belongs?",
        **facts,
    ),
    grids.Odd.MEMBER_DEARER: lambda facts, beside: _("%(what)s: members would pay more than others.", **facts),
    grids.Odd.PART_DEARER: lambda facts, beside: _("%(what)s: %(now)s, more than for the whole meeting.", **facts),
    grids.Odd.LATER_CHEAPER: lambda facts, beside: _(
        "%(what)s: %(now)s, less than before (%(beside)s). Whoever waits would pay less.", beside=beside, **facts
    ),
}
