"""One table of a file: its rows by the names of columns, and what is said of a cell that is at fault."""

from dataclasses import dataclass

from conference.kernel import sheets, whole_number
from conference.schedule.formats.tables.cells import truth, words
from conference.schedule.formats.tables.columns import columns_of
from conference.schedule.formats.text import line


@dataclass(frozen=True)
class Table:
    """A sheet that is one of the three tables, its first row taken as heads."""

    kind: str
    sheet: sheets.Sheet
    columns: dict

    def rows(self, report):
        """The Lines below the heads."""
        for row in self.sheet.rows[1:]:
            yield Line(self, row, report)


def table(kind, sheet, report):
    """The Table of a sheet; heads that mean nothing here are reported."""
    header = sheet.rows[0].cells
    columns = columns_of(kind, header)
    for index, head in enumerate(header):
        if words(head) and index not in columns.values():
            report.repair(
                f"sheet “{sheet.name or kind}”, column {sheets.column_letters(index)}",
                f"“{line(words(head), 60)}” is not known here, or stands twice, and was passed over",
            )
    return Table(kind, sheet, columns)


class Line:
    """One row of a table: None for what has no column, "" for what is empty."""

    def __init__(self, table, row, report):
        self.table, self.row, self.report = table, row, report

    def __contains__(self, name):
        return name in self.table.columns

    def cell(self, name):
        """The cell of a column as it is, "" when it is empty or there is no such column."""
        index = self.table.columns.get(name, -1)
        return self.row.cells[index] if 0 <= index < len(self.row.cells) else ""

    def text(self, name, longest=300):
        """One line of text."""
        return line(words(self.cell(name)), longest)

    def where(self, name=None):
        """The place of a cell, or of the row, as people find it."""
        place = f"sheet “{line(self.table.sheet.name, 60) or self.table.kind}”, line {self.row.line}"
        if name is None:
            return place
        index = self.table.columns.get(name)
        letters = f" {sheets.column_letters(index)}" if index is not None else ""
        return f"{place}, column{letters} “{name}”"

    def repair(self, name, why):
        """Report what was put right in a cell."""
        self.report.repair(self.where(name), why)

    def skip(self, name, why):
        """Report that the row was left out, and why."""
        self.report.skip(self.where(name), why)

    def truth(self, name, otherwise):
        """Whether a cell says yes; `otherwise` without the column, or when it says neither."""
        found = truth(self.cell(name)) if name in self else otherwise
        if found is None:
            self.repair(name, f"“{self.text(name, 40)}” is neither yes nor no; it was passed over")
        return otherwise if found is None else found

    def whole(self, name, otherwise, largest):
        """A whole number; 0 for an empty cell, `otherwise` without the column or for anything else."""
        if name not in self:
            return otherwise
        text = self.text(name, 40)
        number = whole_number(text, 10) if text else 0
        if number is None or number > largest:
            self.repair(name, f"“{text}” is no whole number up to {largest}; it was passed over")
            return otherwise
        return number
