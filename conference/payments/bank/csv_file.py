"""Statements as tables: each bank has its own, so the account says which column is what."""

import csv
import io

from flask_babel import gettext as _

from conference.kernel import Refusal, fold
from conference.payments.bank.as_written import currency_of, cut, day_of, minor_of
from conference.payments.bank.rules import Booking, Contents, Odd

COLUMNS = ("date", "amount", "credit", "debit", "text", "name", "iban", "id", "currency")
DELIMITERS = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
DATES = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y%m%d")
MOST_BEFORE = 40  # lines that a bank puts before the names of the columns


def read(text, currency, mapping):
    """Contents of a table; Refusal when the account does not say how to read it or a column that it names is not there."""
    if not mapping.get("date"):
        raise Refusal(
            _("This file is neither CAMT.053 nor MT940. Say at the account which column of its CSV files is what."),
            field="file",
        )
    rows = _rows(text, mapping)
    places = _places(rows, mapping)
    found = Contents("CSV", currency)
    for number, row in rows:
        _read_row(found, number, row, places, mapping)
    return found


def first_rows(text, mapping, most=8):
    """(names of the columns, the first rows), as the delimiter cuts them: to see which column is what."""
    rows = _rows(text, {**mapping, "date": ""})
    return rows[0][1] if rows else [], [row for _number, row in rows[1 : most + 1]]


def _rows(text, mapping):
    """[(number of the line, cells)], the names of the columns first, without what the bank writes before them."""
    delimiter = DELIMITERS.get(mapping.get("delimiter", ""), ";")
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refusal(
            _("Line %(number)s is not CSV: %(error)s", number=reader.line_num, error=error), field="file"
        ) from None
    wanted = fold(mapping["date"])
    if not wanted:
        return rows
    for place, (_number, row) in enumerate(rows[:MOST_BEFORE]):
        if wanted in map(fold, row):
            return rows[place:]
    raise Refusal(_("No column of the file is named “%(name)s”.", name=mapping["date"]), field="file")


def _places(rows, mapping):
    """{what: numbers of its columns}; several names of columns are parted by +. The names are taken off `rows`."""
    _number, names = rows.pop(0)
    named, places = [fold(each) for each in names], {}
    for what in COLUMNS:
        wanted = [each.strip() for each in mapping.get(what, "").split("+") if each.strip()]
        absent = next((each for each in wanted if fold(each) not in named), None)
        if absent:
            raise Refusal(_("No column of the file is named “%(name)s”.", name=absent), field="file")
        places[what] = [named.index(fold(each)) for each in wanted]
    return places


def _read_row(found, number, row, places, mapping):
    cell = {what: " ".join(row[place].strip() for place in those if place < len(row)) for what, those in places.items()}
    try:
        if max(place for those in places.values() for place in those) >= len(row):
            raise Refusal(_("has fewer values than there are columns"))
        currency = currency_of((cell["currency"] or found.currency).upper())
        booking = Booking(
            number=number,
            booked_on=day_of(cell["date"], mapping.get("date_format") or DATES[0]),
            minor=_minor(cell, currency, "." if mapping.get("decimal") == "point" else ","),
            currency=currency,
            text=cut(cell["text"], number, found.odd),
            name=cut(cell["name"], number, found.odd)[:300],
            iban=cell["iban"][:40],
            bank_ref=cell["id"][:200],
        )
    except Refusal as refusal:
        found.odd.append(Odd(number, str(refusal)))
        return
    found.bookings.append(booking)


def _minor(cell, currency, mark):
    """One signed amount, or one column for what came and one for what went; less than nothing came when the bank takes it back."""
    if cell["amount"]:
        return minor_of(cell["amount"], currency, mark)
    came, went = (minor_of(cell[name], currency, mark) if cell[name] else 0 for name in ("credit", "debit"))
    if not came and not went:
        raise Refusal(_("has no amount"))
    return came - abs(went)
