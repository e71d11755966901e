"""Excel workbooks (ISO/IEC 29500) as tables: values as they were last shown, never formulas; hidden sheets left out.

Read here rather than by a library: the only one in use reads all shared strings and every declared row, whatever they unpack to.
"""

import re
from datetime import datetime, timedelta
from posixpath import join, normpath

from lxml import etree

from conference.kernel.sheets import parts
from conference.kernel.sheets.archive import damaged, too_large
from conference.kernel.sheets.sheet import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet
from conference.kernel.text import whole_number

WORKBOOK = "xl/workbook.xml"
_MAIN = "{*}"
_TYPE_OF_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TYPE_OF_LINK_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# Numbers of formats that are dates or times by themselves (18.8.30), and what makes one of a written format.
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# Characters that XML cannot hold are written by their number (22.9.2.19).
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UNQUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def sheets_of(archive):
    """The visible Sheets of a workbook in an Archive, in order."""
    book = _tree(archive, WORKBOOK)
    links = _links(archive)
    settings = next(book.iterfind(f"{_MAIN}workbookPr"), None)
    is_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    values = _Values(_strings(archive, links), _date_styles(archive, links), datetime(1904, 1, 1) if is_1904 else None)  # noqa: DTZ001
    for entry in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        target = links.get(entry.get(_TYPE_OF_LINK) or entry.get(_TYPE_OF_LINK_STRICT), ("", ""))[1]
        sheet = Sheet(entry.get("name") or "")
        if entry.get("state", "visible") != "visible":
            sheet.notes.append("the sheet is hidden and was not read")
        elif target:
            _fill(sheet, archive.read(target), values)
        yield sheet


class _Values:
    """The values of cells; `cells` counts those of all sheets."""

    def __init__(self, strings, dates, epoch):
        self.strings, self.dates, self.cells = strings, dates, 0
        # Excel counts a 29 February 1900 that never was: its day 0 is 30 December 1899 for all later days.
        self.epoch = epoch or datetime(1899, 12, 30)  # noqa: DTZ001

    def of(self, cell):
        """The value of a <c>: text, number, truth value, moment, or "" for none."""
        kind, written = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
        match kind:
            case "inlineStr":
                return _text(cell.find(f"{_MAIN}is"))
            case "s":
                index = whole_number(written, 7)
                return self.strings[index] if index is not None and index < len(self.strings) else ""
            case "b":
                return written == "1"
            case "d":
                return _moment(written)
            case "n":
                return self._number(written, cell.get("s", "0"))
        return "" if kind == "e" else written[:LONGEST_CELL]

    def _number(self, written, style):
        try:
            number = float(written)
            is_date = whole_number(style, 7) in self.dates
            if not is_date:
                return int(number) if number.is_integer() else number
            moment = self.epoch + timedelta(seconds=round(number * 86_400))
        except (ValueError, OverflowError):
            return written[:LONGEST_CELL]
        return moment.time() if 0 <= number < 1 else moment


def _fill(sheet, content, values):
    rows, merges, line = {}, [], 0
    for element in parts.elements(content, ("row", "mergeCell")):
        if etree.QName(element).localname == "mergeCell":
            merges.append(element.get("ref") or "")
            continue
        number = whole_number(element.get("r") or "", 7)
        line = line + 1 if number is None else number
        cells = _cells(element, values)
        values.cells += len(element)
        if len(rows) > MOST_ROWS or values.cells > MOST_CELLS:
            raise too_large()
        if any(value != "" for value in cells.values()):
            rows[line] = cells
    _spread(sheet, rows, merges[:MOST_ROWS])
    sheet.rows = [Row(line, _in_order(rows[line])) for line in sorted(rows)]


def _cells(row, values):
    cells, index = {}, -1
    for cell in row.iterfind(f"{_MAIN}c"):
        place = _place(cell.get("r") or "")
        index = place[0] if place else index + 1
        if index < MOST_COLUMNS:
            cells[index] = values.of(cell)
    return cells


def _spread(sheet, rows, merges):
    """Cells that were merged down a column: each of their rows has the value."""
    filled, looked, last = 0, 0, max(rows, default=0)
    for merge in merges:
        begins, ends = map(_place, merge.partition(":")[::2])
        if begins is None or ends is None or begins[0] != ends[0]:
            continue
        value = rows.get(begins[1], {}).get(begins[0], "")
        covered = range(begins[1] + 1, min(ends[1], last) + 1) if value != "" else ()
        looked += len(covered)
        if looked > MOST_CELLS:
            raise too_large()
        for line in (line for line in covered if line in rows):
            rows[line][begins[0]] = value
            filled += 1
    if filled:
        sheet.notes.append(f"{filled} rows took the value of a cell that is merged over them")


def _in_order(cells):
    return [cells.get(index, "") for index in range(max(cells, default=-1) + 1)]


def _place(reference):
    """(column from 0, line) of a reference such as B3, or None."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(match[2])


def _strings(archive, links):
    path = next((target for kind, target in links.values() if kind == "sharedStrings"), "xl/sharedStrings.xml")
    found = []
    for element in parts.elements(archive.read(path), ("si",)):
        found.append(_text(element))
        if len(found) > MOST_CELLS:
            raise too_large()
    return found


def _text(element):
    """The text of a string, in one or several runs, without how it is pronounced."""
    if element is None:
        return ""
    runs = [*element.iterfind(f"{_MAIN}t"), *element.iterfind(f"{_MAIN}r/{_MAIN}t")]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(run.text or "" for run in runs)[:LONGEST_CELL])


def _date_styles(archive, links):
    """The numbers of the cell styles that show dates or times."""
    path = next((target for kind, target in links.values() if kind == "styles"), "xl/styles.xml")
    content = archive.read(path)
    if not content:
        return set()
    tree = parts.parsed(content)
    written = {
        each.get("numFmtId"): each.get("formatCode") or "" for each in tree.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    formats = [each.get("numFmtId") or "0" for each in tree.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return {index for index, number in enumerate(formats) if _is_date(number, written.get(number))}


def _is_date(number, code):
    if code is None:
        return whole_number(number, 7) in _DATES
    bare = _UNQUOTED.sub("", code.split(";")[0]).casefold()
    return "general" not in bare and any(letter in bare for letter in "ymdhs")


def _links(archive):
    """{id: (kind, path)} of the parts of the workbook."""
    tree = _tree(archive, "xl/_rels/workbook.xml.rels")
    found = {}
    for link in tree.iterfind(f"{_MAIN}Relationship"):
        target = link.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        found[link.get("Id")] = ((link.get("Type") or "").rpartition("/")[2], path)
    return found


def _moment(written):
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return written


def _tree(archive, path):
    content = archive.read(path)
    if not content:
        raise damaged()
    return parts.parsed(content)
