"""Tables for spreadsheets: UTF-8 that Excel recognises, and no cell that a spreadsheet would run as a formula."""

import csv
import io

from flask import Response

# OWASP, "CSV Injection": cells beginning with these are formulas to Excel, Calc or Sheets; tab and return can hide one.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_response(file_name, header, rows):
    """A download of `rows` under `header`."""
    response = Response("".join(_lines(header, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def defused(cell):
    """A cell's text; one that would be run begins with an apostrophe, which spreadsheets do not show. Numbers stay."""
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.lstrip(" ").startswith(_LIVE) else text


def _lines(header, rows):
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line(row)


def _line(cells):
    out = io.StringIO()
    csv.writer(out).writerow([defused(cell) for cell in cells])
    return out.getvalue()
