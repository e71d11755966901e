"""Rows of the table of sessions as SessionItems: what the draft knows keeps what the row does not say."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from conference.schedule.formats.programme import SessionItem
from conference.schedule.formats.tables.cells import day_in_cell, moment_in_cell, words
from conference.schedule.formats.text import LONGEST_TITLE, line, rich, web_address
from conference.schedule.formats.values import end_after
from conference.schedule.rules import DAY_CHANGE, LARGEST_NUMBER, day_of

_LINES = {"subtitle": LONGEST_TITLE, "kind": 100, "room": 200, "track": 200, "language": 20}
# What the export writes for a text that is longer than a cell of a workbook can be.
TOO_LONG = "[longer than a cell: stays as it is]"


def session_of(row, guid, known, zone):
    """The SessionItem of a Line, or None, reported; `known` is that of the draft."""
    title = row.text("title", LONGEST_TITLE) if "title" in row else known.title if known else ""
    if not title:
        row.skip("title", "a session needs a title: write one")
        return None
    starts = starts_of(row, known, zone)
    if starts is None:
        return None
    before = known or SessionItem(guid, title, starts, starts, starts.date())
    values = {name: row.text(name, longest) for name, longest in _LINES.items() if name in row}
    values |= {name: text_of(row, name, getattr(before, name)) for name in ("abstract", "description")}
    if "address" in row:
        values["origin_url"] = _address(row)
    return replace(
        before,
        title=title,
        starts=starts,
        ends=_ends_of(row, starts, known, zone),
        day=_day_of(row, starts, known, zone),
        capacity=row.whole("capacity", before.capacity, LARGEST_NUMBER),
        withdrawn=row.truth("cancelled", before.withdrawn),
        **values,
    )


def starts_of(row, known, zone):
    """The instant at which a row begins, or None, reported."""
    if "starts" not in row:
        if known and known.starts:
            return _on_written_day(row, known, zone)
        row.skip(None, "a session needs a start: add the columns day and starts")
        return None
    cell = row.cell("starts")
    moment = moment_in_cell(cell)
    if moment is None:
        told = f"“{line(words(cell), 40)}” is no time" if words(cell) else "there is no time"
        row.skip("starts", f"{told}: write 14:30, with the day as 2028-05-09 beside it, or 2028-05-09 14:30")
        return None
    if isinstance(moment, time):
        day = _written_day(row, known)
        if day is None:
            row.skip("day", "a time needs its day: write it as 2028-05-09")
            return None
        moment = datetime.combine(day + timedelta(days=moment < DAY_CHANGE), moment)
    return instant(row, "starts", moment, zone)


def instant(row, name, moment, zone):
    """A moment on the meeting's clock in UTC, or None, reported; one that the clocks skip is read an hour later, and reported."""
    if not 1970 <= moment.year < 9990:
        row.skip(name, f"the year {moment.year} is not one of a meeting")
        return None
    if moment.tzinfo:
        return moment.astimezone(UTC)
    found = moment.replace(tzinfo=zone).astimezone(UTC)
    local = found.astimezone(zone)
    if local.replace(tzinfo=None) != moment:
        row.repair(name, f"the clocks go forward then and skip it; read as {local:%H:%M}")
    return found


def text_of(row, name, before):
    """The safe HTML of a cell; what the draft has when the cell says the same, or nothing."""
    if name not in row:
        return before
    text = words(row.cell(name))
    return before if text in (before, TOO_LONG) else rich(text)


def _on_written_day(row, known, zone):
    """The start of the draft, on its clock, on the day that a row without a start writes."""
    day = _written_day(row, known)
    if day in (None, known.day):
        return known.starts
    local = known.starts.astimezone(zone).replace(tzinfo=None, fold=0)
    return instant(row, "day", local + (day - known.day), zone)


def _written_day(row, known):
    cell = row.cell("day")
    day = day_in_cell(cell) if words(cell) else None
    if day is None and "day" not in row and known:
        return known.day
    return day if day and 1970 <= day.year < 9990 else None


def _day_of(row, starts, known, zone):
    """The day that is written when the start lies on it or in the small hours after it; else that of the clock."""
    day = _written_day(row, None)
    if day is None and known and "day" not in row and known.starts == starts:
        return known.day
    local = starts.astimezone(zone)
    if day and _may_be(day, local):
        return day
    if written := line(words(row.cell("day")), 40):
        row.repair("day", f"“{written}” is not the day on which it begins: {day_of(local)} was taken")
    return day_of(local)


def _may_be(day: date, local):
    after = local.replace(tzinfo=None) - datetime.combine(day, time())
    return timedelta() <= after < timedelta(hours=36)


def _ends_of(row, starts, known, zone):
    moment = moment_in_cell(row.cell("ends"))
    if isinstance(moment, time):
        local = starts.astimezone(zone)
        moment = datetime.combine(local.date() + timedelta(days=moment <= local.time().replace(tzinfo=None)), moment)
    if moment is not None:
        return end_after(starts, instant(row, "ends", moment, zone), row.report, row.where("ends"))
    if words(row.cell("ends")):
        row.repair("ends", f"“{line(words(row.cell('ends')), 40)}” is no time: write 16:00 or 2028-05-09 16:00")
    minutes = row.whole("minutes", 0, 31 * 24 * 60)
    if minutes:
        return starts + timedelta(minutes=minutes)
    if known and known.starts and "ends" not in row:
        return starts + (known.ends - known.starts)
    return end_after(starts, None, row.report, row.where("ends"))


def _address(row):
    written = row.text("address", 2100)
    address = web_address(written) or ""
    if written and not address:
        row.repair("address", "it is not an http(s) address and was left out")
    return address
