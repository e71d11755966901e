"""Tables as Excel workbooks: dates are dates, money is a number with its currency, and no cell is a formula."""

import io
from datetime import date, datetime

from flask import Response
from xlsxwriter import Workbook

from conference.kernel import Money
from conference.web.csv_export import defused

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # characters (Excel's specifications and limits)
WIDEST = 45
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx_response(file_name, sheet, header, rows, *, zone=None):
    """A download of `rows` under `header`; instants are written as the clock of `zone` shows them.

    Rows are written through to a temporary file one by one, so that a long list needs little memory.
    """
    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        _Sheet(book, sheet, zone).fill(header, rows)
    response = Response(out.getvalue(), mimetype=TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


class _Sheet:
    def __init__(self, book, name, zone):
        self.book, self.zone, self.moneys = book, zone, {}
        self.sheet = book.add_worksheet(_sheet_name(name))
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def fill(self, header, rows):
        self.sheet.freeze_panes(1, 0)
        for number, label in enumerate(header):
            self.sheet.set_column(number, number, min(max(len(str(label)) + 2, 14), WIDEST))
        for number, label in enumerate(header):
            self.sheet.write_string(0, number, defused(str(label)), self.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for number, value in enumerate(row):
                self._write(last, number, value)
        if header:
            self.sheet.autofilter(0, 0, last, len(header) - 1)

    def _write(self, row, column, value):
        match value:
            case None | "":
                return
            case bool():
                self.sheet.write_boolean(row, column, value)
            case int():
                self.sheet.write_number(row, column, value)
            case Money():
                self.sheet.write_number(row, column, value.minor / 10**value.exponent, self._money(value))
            case datetime():
                local = value.astimezone(self.zone) if self.zone else value
                self.sheet.write_datetime(row, column, local.replace(tzinfo=None), self.instant)
            case date():
                self.sheet.write_datetime(row, column, value, self.day)
            case _:
                self.sheet.write_string(row, column, defused(str(value))[:LONGEST_CELL])

    def _money(self, amount):
        """A number format that shows the currency beside the amount; one for each currency."""
        if amount.currency not in self.moneys:
            decimals = f".{'0' * amount.exponent}" if amount.exponent else ""
            shown = {"num_format": f"#,##0{decimals} [${amount.currency}]"}
            self.moneys[amount.currency] = self.book.add_format(shown)
        return self.moneys[amount.currency]


def _sheet_name(text):
    """What Excel takes as the name of a sheet: 31 characters, none of them special."""
    return "".join(" " if each in "[]:*?/\\" else each for each in text)[:31].strip("' ") or "Sheet"
