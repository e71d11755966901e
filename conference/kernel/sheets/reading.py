"""A workbook, or an archive of CSV files, as its tables."""

from pathlib import PurePosixPath

from flask_babel import gettext as _

from conference.kernel.errors import Refusal
from conference.kernel.sheets.archive import Archive
from conference.kernel.sheets.csv_source import read_csv
from conference.kernel.sheets.workbook import MOST_SHEETS, sheets_of

WORKBOOK = "xl/workbook.xml"


def read_archive(content, decode):
    """The Sheets of an Excel workbook or of the CSV files in a ZIP archive; `decode` makes text of their bytes. Refusal for anything else."""
    archive = Archive(content)
    if WORKBOOK in archive.names:
        return sheets_of(archive)
    names = [name for name in archive.names if _is_table(name)]
    if not names:
        raise Refusal(_("There is neither a workbook nor a CSV file in this archive."), field="file")
    return [read_csv(decode(archive.read(name)), PurePosixPath(name).stem) for name in names[:MOST_SHEETS]]


def _is_table(name):
    """A CSV file that somebody made; systems hide others of the same name beside it."""
    path = PurePosixPath(name)
    return (
        path.suffix.casefold() in (".csv", ".tsv", ".txt")
        and not path.name.startswith(".")
        and "__MACOSX" not in path.parts
    )
