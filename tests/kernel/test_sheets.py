"""Tables that others made: CSV, Excel workbooks, archives of CSV; what is made to hurt is refused in words."""

import io
import time as clock
import zipfile
from datetime import datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from conference.kernel import Refusal, sheets
from conference.kernel.sheets import parts, xlsx_source

TYPES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = f"""<workbook xmlns="{TYPES}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>"""
LINKS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""


def a_workbook(fill, **options):
    """The bytes of a workbook that `fill(book)` has written into."""
    out = io.BytesIO()
    with Workbook(out, options) as book:
        fill(book)
    return out.getvalue()


def an_archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def by_hand(rows, **parts):
    """A workbook of one sheet, written without a library."""
    sheet = f'<worksheet xmlns="{TYPES}"><sheetData>{rows}</sheetData></worksheet>'
    files = {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": LINKS, "xl/worksheets/sheet1.xml": sheet, **parts}
    return an_archive(**files)


def read(content):
    return sheets.read_archive(content, bytes.decode)


def cells(content):
    (sheet,) = read(content)
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_any_country(delimiter):
    text = f'\ufeffa{delimiter}"b,c;d"\n\n"x\ny"{delimiter}2\nz\n'

    rows = sheets.read_csv(text).rows

    assert [(row.line, row.cells) for row in rows] == [(1, ["a", "b,c;d"]), (3, ["x\ny", "2"]), (5, ["z"])]


@pytest.mark.parametrize("text", ['a,b\n"x,y\n', 'a\n"x"y\n', "a\n" + "x" * 200_000])
def test_what_is_no_csv_is_refused_with_its_line(text):
    with pytest.raises(Refusal, match=r"Line \d+ is not CSV"):
        sheets.read_csv(text)


def test_a_csv_that_never_ends_is_refused():
    with pytest.raises(Refusal, match="more than 50000 rows"):
        sheets.read_csv("a\n" * 50_002)


def test_letters_of_columns():
    assert [sheets.column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_workbook_holds_text_numbers_and_moments():
    def fill(book):
        sheet = book.add_worksheet("Talks")
        day, hour = book.add_format({"num_format": "dd.mm.yyyy hh:mm"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_string(0, 0, "Ümlaut")
        sheet.write_number(0, 1, 12)
        sheet.write_number(0, 2, 1.5)
        sheet.write_boolean(0, 3, True)
        sheet.write_datetime(1, 0, datetime(2027, 5, 11, 14, 30, 7), day)
        sheet.write_datetime(1, 2, time(9, 5), hour)
        sheet.write_formula(3, 0, "=1+1", value="two")
        sheet.write_rich_string(3, 1, "a", book.add_format({"bold": True}), "b")
        hidden = book.add_worksheet("Hidden")
        hidden.write_string(0, 0, "secret")
        hidden.hide()

    talks, hidden = read(a_workbook(fill))

    assert [(row.line, row.cells) for row in talks.rows] == [
        (1, ["Ümlaut", 12, 1.5, True]),
        (2, [datetime(2027, 5, 11, 14, 30, 7), "", time(9, 5)]),
        (4, ["two", "ab"]),
    ]
    assert (hidden.rows, "hidden" in hidden.notes[0]) == ([], True)


def test_the_years_of_a_macintosh():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, datetime(2027, 5, 11), book.add_format({"num_format": 14}))

    assert cells(a_workbook(fill, date_1904=True)) == [[datetime(2027, 5, 11)]]


def test_merged_cells_are_those_of_each_row():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 2, 0, "Morning")
        for line in range(3):
            sheet.write_number(line, 1, line)

    (sheet,) = read(a_workbook(fill))

    assert [row.cells for row in sheet.rows] == [["Morning", 0], ["Morning", 1], ["Morning", 2]]
    assert "2 rows took the value" in sheet.notes[0]


def test_a_sheet_without_references_is_read_in_order():
    rows = "<row><c><v>1</v></c><c t='inlineStr'><is><t>x</t></is></c></row><row><c t='e'><v>#REF!</v></c><c t='str'><v>y</v></c></row>"

    assert cells(by_hand(rows)) == [[1, "x"], ["", "y"]]


def test_csv_files_in_an_archive_are_tables_of_their_names():
    content = an_archive(
        a__sessions="x", **{"a/sessions.csv": "title\nOne\n", "__MACOSX/._x.csv": "y", "notes.md": "z"}
    )

    assert [(sheet.name, len(sheet.rows)) for sheet in read(content)] == [("sessions", 2)]


LAUGHS = f"""<!DOCTYPE x [<!ENTITY a "{"ha" * 50}"><!ENTITY b "{"&a;" * 50}">]>"""


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a zip", an_archive(), an_archive(**{"x.txt.exe": "x"}), by_hand("")[:-40], by_hand("<row>"),
        by_hand("", **{"xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")}),
        by_hand("", **{"xl/workbook.xml": "<"}), by_hand("", **{"xl/_rels/workbook.xml.rels": ""}),
        by_hand("", **{"xl/sharedStrings.xml": LAUGHS + "<sst><si><t>&b;</t></si></sst>"}), by_hand("<row/>" * 5 + "<row r='1'><c r='A1'/>"),
        an_archive(**{f"{number}.csv": "x" for number in range(2001)}),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(Refusal) as refusal:
        read(content)

    assert str(refusal.value)


@pytest.mark.parametrize(
    "content",
    [
        by_hand("", **{"xl/sharedStrings.xml": b"<sst>" + b" " * (70 * 2**20)}),
        by_hand('<row><c t="str"><v>x</v></c></row>' * 50_002),
        by_hand("<row>" + '<c t="str"><v>x</v></c>' * 1_000_001 + "</row>"),
        by_hand("<a/>" * 600_000),
        by_hand("<row/>" * 9_000_000),
        by_hand("<row " + " ".join(f"a{number}=''" for number in range(600_000)) + "/>"),
        by_hand("", **{"xl/styles.xml": "<styleSheet>" + "<a/>" * 600_000 + "</styleSheet>"}),
    ],
)
def test_what_unpacks_to_too_much_is_refused_soon(content):
    began = clock.perf_counter()

    with pytest.raises(Refusal, match="unpacks to more"):
        read(content)

    assert clock.perf_counter() - began < 20


def test_what_was_read_of_a_sheet_is_thrown_away():
    content = b"<worksheet><sheetData>" + b"<row><c/></row><a/>\n" * 10_000 + b"</sheetData></worksheet>"
    kept = [len(row.getparent()) for row in parts.elements(content, ("row",))]

    assert (len(kept), max(kept) < 10_000) == (10_000, True)


def test_cells_of_all_sheets_are_counted(monkeypatch):
    def fill(book):
        for _sheet in range(2):
            book.add_worksheet().write_row(0, 0, [1, 2, 3])

    monkeypatch.setattr(xlsx_source, "MOST_CELLS", 5)
    with pytest.raises(Refusal, match="unpacks to more"):
        read(a_workbook(fill))


def test_sheets_beyond_the_bound_are_not_read():
    entry = '<sheet name="One" sheetId="1" r:id="rId1"/>'
    broken = '<sheet name="Two" sheetId="2" r:id="rId2"/>'
    links = LINKS.replace("</Rel", '<Relationship Id="rId2" Type="x/worksheet" Target="no.xml"/></Rel')
    content = by_hand("", **{
        "xl/workbook.xml": BOOK.replace(entry, entry * 50 + broken), "xl/_rels/workbook.xml.rels": links, "xl/no.xml": "<"
    })  # fmt: skip

    assert len(read(content)) == 50


def test_numbers_of_many_digits_are_no_numbers():
    long = "9" * 5000
    styles = f"<styleSheet><cellXfs><xf numFmtId='{long}'/></cellXfs></styleSheet>"
    rows = f"<row r='{long}'><c t='s'><v>{long}</v></c><c s='{long}'><v>1</v></c></row>"

    assert cells(by_hand(rows, **{"xl/styles.xml": styles})) == [["", 1]]


def test_merges_over_merges_cost_no_time():
    rows = "".join(f'<row r="{line}"><c r="A{line}"><v>1</v></c></row>' for line in range(1, 2000))
    merges = "<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 5000 + "</mergeCells>"
    sheet = f'<worksheet xmlns="{TYPES}"><sheetData>{rows}</sheetData>{merges}</worksheet>'
    content = by_hand("", **{"xl/worksheets/sheet1.xml": sheet})

    with pytest.raises(Refusal, match="unpacks to more"):
        read(content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=4))
def test_any_bytes_anywhere_in_a_workbook_are_survived(place, noise):
    whole = by_hand("<row r='1'><c r='A1' t='str'><v>x</v></c></row>")

    try:
        read(whole[:place] + noise + whole[place + len(noise) :])
    except Refusal as refusal:
        assert str(refusal)
