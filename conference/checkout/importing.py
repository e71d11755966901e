"""Registrations from a CSV file: every row is checked first, and nothing is kept unless all of them can be."""

import csv
import io
from dataclasses import dataclass, field

from flask_babel import gettext as _

from conference import people, registration
from conference.checkout.entering import HELD_FOR, PERSON_COLUMNS
from conference.checkout.placing import place_imported
from conference.checkout.settling import settle_free, settle_paid_by_hand
from conference.kernel import Refusal, clean_line
from conference.registration import State

COLUMNS = ("email", *PERSON_COLUMNS, "category", "paid")
LONGEST = 300


@dataclass
class Row:
    """One line of the file, cleaned: `line` counts from 1 with the header."""

    line: int
    values: dict
    faults: list = field(default_factory=list)


@dataclass
class Report:
    """What an import did, or would do: counts and faults ({line, reason})."""

    read: int = 0
    added: int = 0
    new_people: int = 0
    faults: list = field(default_factory=list)


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


def import_rows(rows, *, meeting, now):
    """Register everybody in `rows`; the Report. Inside a transaction that the caller rolls back when there are faults."""
    report = Report(read=len(rows))
    categories = {each.code: each for each in registration.categories_of(meeting, all_of_them=True)}
    for row in rows:
        _check_category(row, categories)
        if not row.faults:
            _register(row, meeting, categories, now, report)
        report.faults += [{"line": row.line, "reason": reason} for reason in row.faults]
    return report


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


def _check_category(row, categories):
    code = row.values["category"]
    if code and code not in categories:
        row.faults.append(f"there is no category “{code}” (known: {', '.join(categories)})")


def _register(row, meeting, categories, now, report):
    person = people.by_email(row.values["email"])
    if person is None:
        person = _enter(row.values, now)
        report.new_people += 1
    entry = registration.start(meeting=meeting, person=person, now=now)
    if entry.state in (State.HELD, State.CONFIRMED):
        row.faults.append(f"{person.email} is registered already")
        return
    category = categories.get(row.values["category"]) or next(iter(categories.values()))
    try:
        _place(entry, category, meeting, person, row.values["paid"] == "yes", now)
    except Refusal as refusal:
        row.faults.append(str(refusal))
        return
    report.added += 1


def _enter(values, now):
    return people.enter(email=values["email"], now=now, **{name: values[name] for name in PERSON_COLUMNS})


def _place(entry, category, meeting, person, is_paid, now):
    registration.choose(entry, category=category, wish=registration.Wish(category.code), dues_code="", now=now)
    entry = registration.registration_in(meeting, person)
    order = place_imported(draft=entry, meeting=meeting, person=person, now=now, held_for=HELD_FOR)
    if not order.total:
        settle_free(order, now=now, letter=False)
    elif is_paid:
        settle_paid_by_hand(order.id, reference="imported as paid", by=None, now=now, letter=False)
