"""The rows of a CSV file of registrations, each with what is wrong with it."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from conference import people
from conference.checkout.entering import PERSON_COLUMNS
from conference.kernel import Refusal, clean_line, sheets

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
    table = sheets.read_csv(text).rows
    header = table[0].cells if table else []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise Refusal(
            _(
                "The first line must name the columns %(columns)s; missing: %(missing)s",
                columns=", ".join(COLUMNS),
                missing=", ".join(missing),
            )
        )
    rows = [_row(each.line, header, each.cells) for each in table[1:]]
    _mark_repeated(rows)
    return rows


def _row(line, header, cells):
    raw = dict(zip(header, cells, strict=False))
    row = Row(line, {name: clean_line(raw.get(name) or "") for name in COLUMNS})
    if len(cells) > len(header):
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
