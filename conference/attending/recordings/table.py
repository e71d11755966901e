"""Many recordings at once from lines of a table: number of the session or talk, address, title. Read without a database."""

from dataclasses import dataclass
from enum import StrEnum

from conference.attending.recordings.rules import is_link
from conference.kernel import clean_line, sheets, whole_number

LONGEST = 100_000  # letters of a table
MOST = 2000  # lines that are taken at once
LONGEST_TITLE = 300
HEADS = ("number", "url", "title")


class Fault(StrEnum):
    """What is wrong with a line."""

    NUMBER = "number"
    LINK = "link"
    TWICE = "twice"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """One line of the table, counted from 1, and what is wrong with it."""

    place: int
    number: int | None
    url: str
    title: str
    fault: Fault | None = None


def read(text, known):
    """[Line] of a table in text; `known` are the numbers that there are. A first line of column names is left out. Refusal for what is no CSV."""
    found, seen = [], set()
    for row in sheets.read_csv(text).rows:
        cells = [clean_line(cell) for cell in row.cells]
        if found or not _is_head(cells):
            line = _line(row.line, cells, known, seen)
            seen.add((line.number, line.url))
            found.append(line)
    return found


def _is_head(row):
    return row[0].casefold() == HEADS[0]


def _line(place, row, known, seen):
    number, url, title = (*row, "", "", "")[:3]
    key = whole_number(number, 9)
    fault = None
    if key is None:
        fault = Fault.NUMBER
    elif key not in known:
        fault = Fault.UNKNOWN
    elif not is_link(url) or len(url) > 2000:
        fault = Fault.LINK
    elif (key, url) in seen:
        fault = Fault.TWICE
    return Line(place, key, url, title[:LONGEST_TITLE], fault)
