"""Tables that others made: the rows of CSV, of Excel workbooks and of archives of CSV, read within bounds.

Nothing here knows what the columns mean. A file that cannot be read is a Refusal.
"""

from conference.kernel.sheets.archive import is_archive
from conference.kernel.sheets.csv_source import delimiter_of, heads_of, read_csv
from conference.kernel.sheets.reading import read_archive
from conference.kernel.sheets.sheet import Row, Sheet, column_letters

__all__ = ["Row", "Sheet", "column_letters", "delimiter_of", "heads_of", "is_archive", "read_archive", "read_csv"]
