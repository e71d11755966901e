"""Tables for spreadsheets: UTF-8 that Excel recognises, and no cell that a spreadsheet would run as a formula."""

import csv
import io
import re
from datetime import datetime

from flask import Response

from conference.kernel import Money

# OWASP, "CSV Injection": cells beginning with these are formulas to Excel, Calc or Sheets. A spreadsheet set to semicolons
# (Excel in most of Europe), tabs or bars cuts our cells there, and at line breaks, whatever we quote: what begins then is
# looked at too. White space and quotation marks before a formula hide it.
_LIVE = re.compile(r"""((?:^|[;|\t\r\n])(?:[^\S\t\r\n]|")*)(?=[=+\-@＝＋－＠])""")
# Tab and return begin a cell in no honest text.
_HIDING = ("\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def csv_response(file_name, header, rows):
    """A download of `rows` under `header`: text, numbers, Money, days and instants, as plain as machines read them."""
    response = Response("".join(_lines(header, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def defused(cell):
    """A cell's text; what would be run gets an apostrophe, which spreadsheets do not show at the beginning. Numbers stay."""
    text = _plain(cell)
    if not isinstance(cell, str) or _NUMBER.fullmatch(text):
        return text
    safe = _LIVE.sub(r"\1'", text)
    return f"'{safe}" if text.startswith(_HIDING) else safe


def _plain(value):
    """Amounts as plain numbers, instants to the second, days in ISO 8601."""
    match value:
        case None:
            return ""
        case Money():
            return value.decimal_text
        case datetime():
            return value.isoformat(timespec="seconds")
    return str(value)


def _lines(header, rows):
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line(row)


def _line(cells):
    out = io.StringIO()
    csv.writer(out).writerow([defused(cell) for cell in cells])
    return out.getvalue()
