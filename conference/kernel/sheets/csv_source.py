"""CSV as spreadsheets of all countries write it: commas, semicolons, tabs or bars between the values."""

import csv
import io
import re

from flask_babel import gettext as _

from conference.kernel.errors import Refusal
from conference.kernel.sheets.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Sheet

_TOLD = re.compile(r"sep=([,;\t|])(?=\r?\n)", re.IGNORECASE)
_DELIMITERS = ",;\t|"


def read_csv(text, name="", *, delimiter=None):
    """The Sheet of a CSV text; without a delimiter the one that its first line has. Refusal when it is no CSV or too long."""
    reader = _reader(text, delimiter, is_strict=True)
    sheet, line = Sheet(name), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                sheet.rows.append(Row(line, cells[:MOST_COLUMNS]))
            line = reader.line_num + 1
            if len(sheet.rows) > MOST_ROWS:
                raise Refusal(_("The file has more than %(most)s rows.", most=MOST_ROWS), field="file")
    except csv.Error as error:
        told = _("Line %(line)s is not CSV: %(error)s", line=reader.line_num, error=error)
        raise Refusal(told, field="file") from None
    return sheet


def heads_of(text):
    """The cells of the first record that is not empty, however the text goes on; none when there is no such record."""
    try:
        records = _reader(text, None, is_strict=False)
        return next((cells[:MOST_COLUMNS] for cells in records if any(cell.strip() for cell in cells)), [])
    except csv.Error:
        return []


def delimiter_of(text):
    """What stands between the values of the first line, most often; a comma when nothing does."""
    first = text.removeprefix("\ufeff").lstrip("\r\n")[:20_000].partition("\n")[0]
    bare = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _reader(text, delimiter, *, is_strict):
    text = text.removeprefix("\ufeff").replace("\0", "")
    if told := _TOLD.match(text):
        # Excel's own way to say what stands between the values; its line is counted, and empty.
        delimiter, text = told[1], text[told.end(1) :]
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text), strict=is_strict)
