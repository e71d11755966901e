"""Tables of sessions, presentations and authors: a workbook with three sheets, CSV of one of them, or several in a ZIP archive."""

from flask_babel import gettext as _

from conference.kernel import sheets
from conference.schedule.formats import source
from conference.schedule.formats.programme import Programme
from conference.schedule.formats.report import UnreadableFile
from conference.schedule.formats.tables import reader
from conference.schedule.formats.tables.columns import HELP, TABLES, plain, table_of
from conference.schedule.formats.tables.table import table
from conference.schedule.formats.tables.writer import write_csv, write_workbook
from conference.schedule.formats.text import line

__all__ = ["TABLES", "is_archive", "is_table", "read", "write_csv", "write_workbook"]

MOST_ROWS = 20_000
# An Excel workbook of before 2007, or one that is encrypted (MS-CFB).
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_archive(content):
    """Whether bytes are a workbook, of whatever kind, or a ZIP archive."""
    return sheets.is_archive(content) or content.startswith(_OLD)


def is_table(text):
    """Whether a text begins with the heads of one of the tables."""
    # Words of a JSON text in one line could be heads.
    return not text.lstrip("\ufeff \t\r\n").startswith("{") and table_of("", sheets.heads_of(text)) is not None


def read(content, report, *, zone, known):
    """The Programme in a workbook, an archive of CSV, or the text of one CSV; `known` is the draft that it refers to, or None."""
    report.format = report.source = "tables"
    report.is_partial = True
    if isinstance(content, str):
        found = [sheets.read_csv(content)]
    elif content.startswith(_OLD):
        raise UnreadableFile(
            _("This is a workbook of an old kind, or one with a password. Save it as .xlsx without a password.")
        )
    else:
        found = sheets.read_archive(content, lambda part: source.decode(part, report) if part.strip() else "")
    tables = list(_tables(found, report))
    if not tables:
        raise UnreadableFile(
            _(
                "No table of this file has the heads that are needed: title and starts, session and title, or presentation and name. Start from the template."
            )
        )
    if sum(len(each.sheet.rows) for each in tables) > MOST_ROWS:
        raise UnreadableFile(_("The file has more than %(most)s rows.", most=MOST_ROWS))
    return reader.read(tables, report, zone=zone, known=known or Programme(timezone=str(zone)))


def _tables(found, report):
    for sheet in found:
        sheet.name = line(sheet.name, 60)
        for note in sheet.notes:
            report.repair(f"sheet “{sheet.name}”", note)
        kind = table_of(sheet.name, sheet.rows[0].cells) if sheet.rows else None
        if kind:
            yield table(kind, sheet, report)
        elif sheet.rows and plain(sheet.name) != HELP:
            report.skip(
                f"sheet “{sheet.name}”",
                "its heads are those of no table: they need title and starts, session and title, or presentation and name",
            )
