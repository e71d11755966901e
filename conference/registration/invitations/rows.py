"""People to be invited as rows: typed, from a CSV file, or from the programme, each cleaned and with what is wrong with it."""

import csv
import io
from dataclasses import dataclass, field

from flask_babel import gettext as _

from conference import people
from conference.kernel import Refusal, clean_line
from conference.registration.invitation_rules import MOST_ROWS

COLUMNS = ("email", "given_name", "family_name", "note")
NEEDED = ("email",)
LONGEST = 300


@dataclass
class Row:
    """Somebody to be invited: `line` of the file, counted from 1 with the header, or their number in a list."""

    line: int
    values: dict
    faults: list = field(default_factory=list)


def read(text):
    """The rows of a CSV text as plain dicts, to be kept with a list; Refusal when it is no CSV, or its header is not ours."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        _check_header(reader.fieldnames or [])
        rows = [{"line": reader.line_num, "too_long": None in raw, **_cleaned(raw)} for raw in reader]
    except csv.Error as error:
        words = _("Line %(line)s is not CSV: %(error)s", line=reader.line_num, error=error)
        raise Refusal(words, field="file") from None
    if not rows:
        raise Refusal(_("There is nobody in this file."), field="file")
    if len(rows) > MOST_ROWS:
        raise Refusal(_("The file has more than %(most)s rows: split it.", most=MOST_ROWS), field="file")
    return rows


def rows_of(kept):
    """Rows of what a list keeps, each with its faults: no address, an address twice, something too long."""
    rows, first = [_row(each) for each in kept], {}
    for row in rows:
        email = row.values["email"]
        if not row.faults and email in first:
            row.faults.append(_("%(email)s stands in line %(line)s already", email=email, line=first[email]))
        first.setdefault(email, row.line)
    return rows


def _row(kept):
    row = Row(kept["line"], {name: kept.get(name, "") for name in (*COLUMNS, "message", "guid")})
    if kept.get("too_long"):
        row.faults.append(_("more values than columns"))
    for name in COLUMNS:
        if len(row.values[name]) > LONGEST:
            row.faults.append(_("%(name)s is longer than %(longest)s characters", name=name, longest=LONGEST))
    try:
        row.values["email"] = people.normal_email(row.values["email"])
    except Refusal as refusal:
        row.faults.append(str(refusal))
    return row


def _cleaned(raw):
    return {name: clean_line(raw.get(name) or "") for name in COLUMNS}


def _check_header(names):
    unknown = [name or "–" for name in names if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    if missing or unknown:
        words = {"columns": ", ".join(COLUMNS), "wrong": ", ".join([*missing, *unknown])[:200]}
        text = _("The first line names these columns: %(columns)s. Missing or unknown: %(wrong)s", **words)
        raise Refusal(text, field="file")
