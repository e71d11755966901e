"""Excel workbooks as tables, read by openpyxl: values as they were last shown, never formulas; hidden sheets left out.

openpyxl believes what a file says of itself. So every part of it is counted and looked through first (archive.py), and no more rows are
asked for than a sheet can have.
"""

import re
from datetime import datetime, timedelta
from io import BytesIO
from itertools import islice

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries

from conference.kernel.errors import Refusal
from conference.kernel.sheets.archive import damaged, too_large
from conference.kernel.sheets.sheet import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet

MOST_SHEETS = 50
LAST_LINE = 1_048_576  # of a sheet, in Excel
_MIDNIGHT, _DAY = datetime(1900, 1, 1), timedelta(days=1)  # noqa: DTZ001
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z0-9:]{1,30})"')


def sheets_of(archive):
    """The visible Sheets of the workbook in an Archive, in order."""
    archive.look_through()
    try:
        return list(_sheets(archive))
    except Refusal:
        raise
    except Exception:  # whatever the library stumbles over, the file is at fault
        raise damaged() from None


def _sheets(archive):
    reader = ExcelReader(BytesIO(archive.content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    parts = {sheet.name: link.target for sheet, link in reader.parser.find_sheets()}
    left = MOST_CELLS
    for each in islice(reader.wb.worksheets, MOST_SHEETS):
        sheet = Sheet(each.title)
        if each.sheet_state != "visible":
            sheet.notes.append("the sheet is hidden and was not read")
        else:
            left -= _fill(sheet, each, _MERGE.findall(archive.read(parts[each.title])), left)
        yield sheet


def _fill(sheet, found, merges, left):
    """Reads the rows of a sheet; how many cells they have. Refusal when there are more than are `left`."""
    rows, count = {}, 0
    found.reset_dimensions()  # many programs write a wrong one
    for line, cells in enumerate(found.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        if filled := len(cells) - cells.count(None):
            rows[line] = [_value(cell) for cell in cells]
            count += filled
        if line > LAST_LINE or len(rows) > MOST_ROWS or count > left:
            raise too_large()
    _spread(sheet, rows, merges[:MOST_ROWS])
    sheet.rows = [Row(line, _trimmed(cells)) for line, cells in rows.items()]
    return count


def _value(cell):
    """Text, number, truth value, datetime or time; "" for nothing and for what could not be worked out."""
    match cell:
        case None:
            return ""
        case str():
            return "" if cell in ERROR_CODES else cell[:LONGEST_CELL]
        case float() if cell.is_integer():
            return int(cell)
        case timedelta():  # shown as hours and minutes that may go beyond a day
            return (_MIDNIGHT + cell).time() if timedelta() <= cell < _DAY else cell / _DAY
    return cell


def _spread(sheet, rows, merges):
    """Cells that were merged down a column: each of their rows has the value."""
    filled, looked, last = 0, 0, max(rows, default=0)
    for merge in merges:
        column, begins, to, ends = range_boundaries(merge.decode())
        if column != to or not begins or column > MOST_COLUMNS:
            continue
        value = rows[begins][column - 1] if begins in rows else ""
        covered = range(begins + 1, min(ends, last) + 1) if value != "" else ()
        looked += len(covered)
        if looked > MOST_CELLS:
            raise too_large()
        for line in (line for line in covered if line in rows):
            rows[line][column - 1] = value
            filled += 1
    if filled:
        sheet.notes.append(f"{filled} rows took the value of a cell that is merged over them")


def _trimmed(cells):
    last = max((index for index, cell in enumerate(cells) if cell != ""), default=-1)
    return cells[: last + 1]
