"""Writes the draft as tables: a workbook of three sheets with one of help, or CSV; read again, they change nothing."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from xlsxwriter import Workbook

from conference.schedule.formats.programme import AffiliationItem, Programme
from conference.schedule.formats.tables.cells import guarded
from conference.schedule.formats.tables.columns import AUTHORS, HELP, PRESENTATIONS, ROLE_NAMES, SESSIONS, TABLES
from conference.schedule.formats.tables.session_rows import TOO_LONG

LONGEST_CELL = 32_767  # characters (Excel's specifications and limits)
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDE = {"title", "name", "abstract", "description", "institution", "id", "presentation", "session"}
_SINGLE = {
    "role": ROLE_NAMES.split(", "),
    **{name: ["yes", "no"] for name in ("cancelled", "presenting", "corresponding", "late-breaking")},
}


def write_workbook(programme=None):
    """The tables of a Programme as the bytes of an Excel workbook; without one the heads alone, to be filled in."""
    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for kind in TABLES:
            _sheet(book, kind, rows_of(kind, programme or Programme()), styles)
        _help(book, styles)
    return out.getvalue()


def write_csv(kind, programme=None):
    """One table of a Programme, without one its heads alone, as CSV in UTF-8 that Excel recognises."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in TABLES[kind]])
    for row in rows_of(kind, programme or Programme()):
        writer.writerow([guarded(_plain(cell)) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def rows_of(kind, programme):
    """The rows of a table, with a cell for each of its columns: text, number, date, or datetime on the meeting's clock."""
    make = {SESSIONS: _sessions, PRESENTATIONS: _presentations, AUTHORS: _authors}[kind]
    names = [column.name for column in TABLES[kind]]
    return ([row.get(name, "") for name in names] for row in make(programme))


def _sessions(programme):
    zone = ZoneInfo(programme.timezone)
    for item in programme.sessions:
        yield {
            "id": item.guid, "number": item.number or "", "title": item.title, "subtitle": item.subtitle, "kind": item.kind,
            "room": item.room, "track": item.track, "day": item.day, "starts": _local(item.starts, zone), "ends": _local(item.ends, zone),
            "language": item.language, "capacity": item.capacity or "", "part of": item.parent, "abstract": item.abstract,
            "description": item.description, "address": item.origin_url, "cancelled": _yes(item.withdrawn),
        }  # fmt: skip


def _presentations(programme):
    zone = ZoneInfo(programme.timezone)
    numbers = {each.guid: each.number for each in programme.abstracts}
    for item in programme.sessions:
        for place, talk in enumerate(item.presentations, start=1):
            yield {
                "id": talk.guid, "number": talk.number or "", "session": item.guid, "order": place, "title": talk.title, "kind": talk.kind,
                "track": talk.track, "minutes": talk.minutes or "", "starts": _local(talk.starts, zone) if talk.starts else "",
                "board": talk.board, "hall": talk.hall, "submission": numbers.get(talk.submission, ""), "abstract": talk.abstract,
                "keywords": "; ".join(talk.keywords), "award": talk.award, "late-breaking": _yes(talk.late_breaking),
                "cancelled": _yes(talk.withdrawn),
            }  # fmt: skip


def _authors(programme):
    people = {person.guid: person for person in programme.people}
    for item in programme.sessions:
        for part in item.people:
            yield {"session": item.guid, **_person(people[part.person]), "role": part.role}
        for talk in item.presentations:
            for author in talk.authors:
                marks = {"presenting": _yes(author.presenting), "corresponding": _yes(author.corresponding)}
                places = [place for place in author.affiliations if place != AffiliationItem()]
                for place in places or [AffiliationItem()]:
                    yield {"presentation": talk.guid, **_person(people[author.person]), **marks, **_place(place)}


def _person(person):
    return {
        "person": person.guid,
        "name": person.name,
        "given": person.given,
        "middle": person.middle,
        "family": person.family,
    }


def _place(place):
    names = ("institution", "department", "city", "state", "country", "ror")
    return {name: getattr(place, name) for name in names}


def _local(instant, zone):
    """An instant on the meeting's clock; as text with its offset where the clock alone would not tell it."""
    local = instant.astimezone(zone)
    bare = local.replace(tzinfo=None, fold=0)  # a cell knows no second time of an hour
    return bare if bare.replace(tzinfo=zone).astimezone(UTC) == instant else local.isoformat()


def _yes(value):
    return "yes" if value else "no"


def _plain(cell):
    match cell:
        case datetime():
            return cell.isoformat(" ", "minutes" if not cell.second else "seconds")
        case date():
            return cell.isoformat()
    return str(cell)


def _sheet(book, kind, rows, styles):
    sheet = book.add_worksheet(kind)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(TABLES[kind]):
        sheet.set_column(index, index, 28 if column.name in _WIDE else 14)
        if allowed := _SINGLE.get(column.name):
            sheet.data_validation(1, index, 5_000, index, {"validate": "list", "source": allowed, "ignore_blank": True})
    for index, column in enumerate(TABLES[kind]):
        sheet.write_string(0, index, column.name, styles["head"])
    for line, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            _write(sheet, line, index, cell, styles)


def _write(sheet, line, index, cell, styles):
    match cell:
        case "":
            return
        case int():
            sheet.write_number(line, index, cell)
        case datetime():
            sheet.write_datetime(line, index, cell, styles["moment"])
        case date():
            sheet.write_datetime(line, index, cell, styles["day"])
        case _:
            text = guarded(cell)
            sheet.write_string(line, index, text if len(text) <= LONGEST_CELL else TOO_LONG)


def _help(book, styles):
    sheet = book.add_worksheet(HELP)
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 80, styles["wrapped"])
    sheet.set_column(3, 3, 24)
    heads = (_("Sheet"), _("Column"), _("What to write"), _("Example"))
    for index, head in enumerate(heads):
        sheet.write_string(0, index, head, styles["head"])
    line = 0
    for kind, columns in TABLES.items():
        for column in columns:
            line += 1
            told = f"{column.help} {_('Needed.')}" if column.needed else str(column.help)
            for index, text in enumerate((kind, column.name, told, guarded(column.example))):
                sheet.write_string(line, index, text)
