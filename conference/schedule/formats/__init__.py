"""Exchange formats: bytes of any known format in, a Programme and a Report out, and back again.

Nothing here knows Flask or tables. Readers are lenient and say what they repaired; writers are strict.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.schedule.formats import (
    frab_json,
    frab_xml,
    ical_reader,
    ical_source,
    json_source,
    nested_reader,
    sigchi,
    source,
    tables,
    xcal,
    xml_source,
)
from conference.schedule.formats.calendar import write as write_calendar
from conference.schedule.formats.calendar import write_events as write_calendar_of
from conference.schedule.formats.nested_writer import FORMAT
from conference.schedule.formats.nested_writer import write as write_nested
from conference.schedule.formats.programme import Edition, Programme, Revision
from conference.schedule.formats.report import CALENDAR, FLAT, Report, UnreadableFile
from conference.schedule.formats.schedule_json import write as write_json
from conference.schedule.formats.schedule_xml import write as write_xml
from conference.schedule.formats.tables import TABLES, write_workbook
from conference.schedule.formats.tables import write_csv as write_table

__all__ = [
    "TABLES",
    "MEDIA_TYPES",
    "NAMES",
    "WRITERS",
    "Edition",
    "Programme",
    "Report",
    "Revision",
    "UnreadableFile",
    "read",
    "write_calendar_of",
    "write_nested",
    "write_table",
    "write_workbook",
]

# Each writer takes a Programme and its Edition and returns bytes, the same bytes for the same values.
WRITERS = {
    "xml": write_xml,
    "json": write_json,
    "ics": write_calendar,
    "nested": lambda programme, edition: write_nested(programme),
}
MEDIA_TYPES = {
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "nested": "application/json; charset=utf-8",
}
# How a file that was read is called, by the `format` of its report.
NAMES = {
    "frab": "schedule.xml",
    "schedule.json": "schedule.json",
    "ics": "iCalendar",
    "xcal": "xCal",
    "sigchi": "program.json (SIGCHI)",
    "nested": _l("nested JSON"),
    "tables": _l("tables of sessions, presentations and authors"),
}


def read(content, *, zone, known=None):
    """(Programme, Report) from the bytes of a file; `zone` is the meeting's ZoneInfo. UnreadableFile when it is none.

    `known()` gives the draft as a Programme: tables of sessions, presentations and authors name what stands there.
    """
    report = Report()
    programme = _read(content, report, zone, known)
    _refuse_nothing(programme, report)
    return programme, report


def _read(content, report, zone, known):
    if tables.is_archive(content):
        return tables.read(content, report, zone=zone, known=known and known())
    text = source.decode(content, report)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _read_xml(xml_source.parse(text, report), report, zone)
    if ical_source.is_calendar(text):
        report.format, report.lacks = "ics", CALENDAR
        return ical_reader.read(text, report, zone=zone)
    if tables.is_table(text):
        return tables.read(text, report, zone=zone, known=known and known())
    return _read_tree(json_source.parse(text), report, zone)


def _read_xml(root, report, zone):
    if xcal.is_calendar(root):
        report.format, report.lacks = "xcal", CALENDAR
        return ical_reader.of_calendars(xcal.calendars(root), report, zone=zone)
    report.format, report.source, report.lacks = "frab", "frab", FLAT
    return frab_xml.read(root, report, zone=zone)


def _read_tree(tree, report, zone):
    for name in ("sessions", "events", "contents"):
        if len(json_source.table(tree, name)) < len(json_source.listed(tree, name)):
            report.leave(name, "not everything in this list is an object")
    if tree.get("format") == FORMAT:
        report.format = report.source = "nested"
        return nested_reader.read(tree, report, zone=zone)
    if frab_json.is_schedule(tree) and not ("sessions" in tree or "contents" in tree):
        report.format, report.source, report.lacks = "schedule.json", "frab", FLAT
        return frab_json.read(tree, report, zone=zone)
    if "sessions" in tree or "contents" in tree:
        report.format = report.source = "sigchi"
        return sigchi.read(tree, report, zone=zone)
    raise UnreadableFile(_("The file is JSON, but not a programme: it has no sessions."))


def _refuse_nothing(programme, report):
    """A file without anything that can be read is no programme in which all is cancelled. Tables are never the whole."""
    if programme.sessions or report.is_partial or report.is_empty:
        return
    if report.skipped:
        first = report.skipped[0]
        raise UnreadableFile(_("Nothing in the file could be read. First: %(where)s: %(why)s.", **first))
    raise UnreadableFile(_("The file has no sessions: nothing in it could be read."))
