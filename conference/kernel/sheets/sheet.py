"""One table as rows of cells."""

from dataclasses import dataclass, field

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 500_000
LONGEST_CELL = 131_072


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table that is not empty: the line that it begins in, counted from 1, and its cells.

    A cell is text, or, from a workbook, a number, a truth value, a datetime or time without zone; "" when it is empty.
    """

    line: int
    cells: list


@dataclass
class Sheet:
    """A table by its name; `notes` says what was put right while it was read."""

    name: str
    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def column_letters(index):
    """The letters of a column counted from 0, as spreadsheets name it: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
