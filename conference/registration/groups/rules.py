"""Seats of a group as values: their state, rows of a roster, sums for each grant."""

import csv
import io
from dataclasses import dataclass, field
from enum import StrEnum

from flask_babel import gettext as _

from conference.kernel import Money, Refusal, clean_line

MOST_SEATS = 500
COLUMNS = ("email", "given_name", "family_name", "category", "mode", "days", "add_ons", "grant")
NEEDED = ("email", "category")
LONGEST = 300


class SeatState(StrEnum):
    """Where a seat stands; only an OPEN one is ordered."""

    OPEN = "open"  # not ordered, or its order was not paid
    HELD = "held"  # in an order that waits for its payment
    PAID = "paid"
    ENDED = "ended"  # it was paid, and taken back
    DECLINED = "declined"  # its person has said no, and holds nothing of the group


@dataclass
class Row:
    """One line of a roster, cleaned: `line` counts from 1 with the header."""

    line: int
    values: dict
    faults: list = field(default_factory=list)


def state_of(order_state, *, has_line, is_declined=False):
    """The state of a seat from that of its order; `has_line`: its line in it stands; `is_declined`: its person has said no."""
    if has_line and order_state == "paid":
        return SeatState.PAID
    if has_line and order_state in ("open", "ongoing", "parked"):
        return SeatState.HELD
    if is_declined:
        return SeatState.DECLINED
    return SeatState.ENDED if order_state == "paid" else SeatState.OPEN


def read_rows(text, *, needed=NEEDED):
    """The rows of a CSV text as [Row]; Refusal when it is no CSV, the header is not ours, or there are too many."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        _check_header(reader.fieldnames or [], needed)
        rows = [_row(reader.line_num, raw) for raw in reader]
    except csv.Error as error:
        text = _("Line %(line)s is not CSV: %(error)s", line=reader.line_num, error=error)
        raise Refusal(text, field="file") from None
    if not rows:
        raise Refusal(_("There is nobody in this file."), field="file")
    if len(rows) > MOST_SEATS:
        raise Refusal(_("The file has more than %(most)s rows.", most=MOST_SEATS), field="file")
    return rows


def count_rows(text):
    """How many people a CSV text may name, however its lines end: at least one and at most as many as are read."""
    return min(max(len(text.splitlines()), 1), MOST_SEATS)


def _check_header(names, needed):
    unknown = [name or "–" for name in names if name not in COLUMNS]
    missing = [name for name in needed if name not in names]
    if missing or unknown:
        words = {"columns": ", ".join(COLUMNS), "wrong": ", ".join([*missing, *unknown])[:200]}
        text = _("The first line names these columns: %(columns)s. Missing or unknown: %(wrong)s", **words)
        raise Refusal(text, field="file")


def _row(line, raw):
    row = Row(line, {name: clean_line(raw.get(name) or "") for name in COLUMNS})
    if None in raw:
        row.faults.append(_("more values than columns"))
    for name in COLUMNS:
        if len(row.values[name]) > LONGEST:
            row.faults.append(_("%(name)s is longer than %(longest)s characters", name=name, longest=LONGEST))
    return row


def split(lines, currency):
    """[(grant, Money)] over lines that were not taken back, in the order in which the grants come first; "" for none."""
    sums = {}
    for line in lines:
        if not line.ended_at:
            sums.setdefault(line.rule.get("grant", ""), []).append(line.amount)
    return [(grant, Money.total(amounts, currency)) for grant, amounts in sums.items()]
