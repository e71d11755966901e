"""The rows of a CSV file of registrations, each with what is wrong with it."""

import csv
import io
from dataclasses import dataclass, field

from flask_babel import gettext as _

from conference import people
from conference.checkout.entering import PERSON_COLUMNS
from conference.kernel import Refusal, clean_line

COLUMNS = ("email", *PERSON_COLUMNS, "category", "paid")
LONGEST = 300


@dataclass
class Row:
    """One line of the file, cleaned: `line` counts from 1 with the header; `is_new` once its person was entered."""

    line: int
    values: dict
    faults: list = field(default_factory=list)
    is_new: bool = False


def read_rows(text):
    """The rows of a CSV text as [Row], each with its faults; Refusal when the header is not ours."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise Refusal(
                _(
                    "The first line must name the columns %(columns)s; missing: %(missing)s",
                    columns=", ".join(COLUMNS),
                    missing=", ".join(missing),
                )
            )
        rows = [_row(reader.line_num, raw) for raw in reader]
    except csv.Error as error:
        raise Refusal(_("Line %(line_num)s is not CSV: %(error)s", line_num=reader.line_num, error=error)) from None
    _mark_repeated(rows)
    return rows


def _row(line, raw):
    row = Row(line, {name: clean_line(raw.get(name) or "") for name in COLUMNS})
    if None in raw:
        row.faults.append("more values than columns")
    row.faults += [f"{name} is longer than {LONGEST} characters" for name in COLUMNS if len(row.values[name]) > LONGEST]
    try:
        row.values["email"] = people.normal_email(row.values["email"])
    except Refusal as refusal:
        row.faults.append(str(refusal))
    row.values["country"] = row.values["country"].upper()
    row.values["paid"] = row.values["paid"].lower()
    row.faults += _faults(row.values)
    return row


def _faults(values):
    if not (values["given_name"] or values["family_name"]):
        yield "a name is missing"
    if not people.is_country(values["country"]):
        yield f"“{values['country']}” is not a country code of two letters (ISO 3166)"
    if values["paid"] not in ("yes", "no"):
        yield "paid must be yes or no"


def _mark_repeated(rows):
    first = {}
    for row in rows:
        email = row.values["email"]
        if email in first:
            row.faults.append(f"{email} stands in line {first[email]} already")
        first.setdefault(email, row.line)
