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

TYPES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = f"""<workbook xmlns="{TYPES}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>"""
KINDS = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""
LINKS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""


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


def by_hand(rows, after="", **parts):
    """A workbook of one sheet, written without a library."""
    sheet = f'<worksheet xmlns="{TYPES}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    files = {
        "[Content_Types].xml": KINDS, "xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": f'<sst xmlns="{TYPES}"/>', **parts,
    }  # fmt: skip
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


def test_a_cell_far_away_costs_nothing_and_a_wrong_size_is_passed_over():
    rows = "<row r='2'><c r='B2'><v>1</v></c><c r='XFD2'><v>2</v></c></row><row r='900000'><c r='A900000'><v>3</v></c></row>"
    sheet = f'<worksheet xmlns="{TYPES}"><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>'

    (read_sheet,) = read(by_hand("", **{"xl/worksheets/sheet1.xml": sheet}))

    assert [(row.line, row.cells) for row in read_sheet.rows] == [(2, ["", 1]), (900_000, [3])]


def test_csv_files_in_an_archive_are_tables_of_their_names():
    content = an_archive(
        a__sessions="x", **{"a/sessions.csv": "title\nOne\n", "__MACOSX/._x.csv": "y", "notes.md": "z"}
    )

    assert [(sheet.name, len(sheet.rows)) for sheet in read(content)] == [("sessions", 2)]


LAUGHS = f"""<!DOCTYPE x [<!ENTITY a "{"ha" * 50}"><!ENTITY b "{"&a;" * 50}">]>"""
STRINGS = "<sst><si><t>&b;</t></si></sst>"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a zip", an_archive(), an_archive(**{"x.txt.exe": "x"}), by_hand("")[:-40], by_hand("<row>"),
        by_hand("", **{"xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")}),
        by_hand("", **{"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="UTF-7"?><worksheet/>'}),
        by_hand("", **{"xl/workbook.xml": "<"}), by_hand("", **{"xl/_rels/workbook.xml.rels": ""}),
        by_hand("", **{"xl/sharedStrings.xml": LAUGHS + STRINGS}), by_hand("", **{"xl/sharedStrings.xml": f"\ufeff\n{LAUGHS}{STRINGS}"}),
        by_hand("<row/>" * 5 + "<row r='1'><c r='A1'/>"), by_hand(f"<row r='{'9' * 5000}'><c><v>1</v></c></row>"),
        by_hand(f"<row><c t='s'><v>{'9' * 5000}</v></c></row>"), by_hand("<row><c t='d'><v>soon</v></c></row>"),
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
        by_hand("<row/>" * 3_000_001),
        by_hand("<row " + " ".join(f"a{number}=''" for number in range(3_000_001)) + "/>"),
        by_hand("<row r='2000000'><c><v>1</v></c></row>"),
        by_hand("", **{"xl/styles.xml": "<styleSheet>" + "<a/>" * 3_000_001 + "</styleSheet>"}),
    ],
)
def test_what_unpacks_to_too_much_is_refused_soon(content):
    began = clock.perf_counter()

    with pytest.raises(Refusal, match="unpacks to more"):
        read(content)

    assert clock.perf_counter() - began < 20


def test_cells_of_all_sheets_are_counted_together():
    def fill(book):
        for _sheet in range(2):
            sheet = book.add_worksheet()
            for line in range(1501):
                sheet.write_row(line, 0, [1] * 200)

    with pytest.raises(Refusal, match="unpacks to more"):
        read(a_workbook(fill))


def test_sheets_beyond_the_bound_are_not_read():
    def fill(book):
        for _sheet in range(52):
            book.add_worksheet().write_string(0, 0, "x")

    assert len(read(a_workbook(fill))) == 50


def test_merges_over_merges_cost_no_time():
    rows = "".join(f'<row r="{line}"><c r="A{line}"><v>1</v></c></row>' for line in range(1, 2000))
    merges = "<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 5000 + "</mergeCells>"

    with pytest.raises(Refusal, match="unpacks to more"):
        read(by_hand(rows, after=merges))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=4))
def test_any_bytes_anywhere_in_a_workbook_are_survived(place, noise):
    whole = by_hand("<row r='1'><c r='A1' t='str'><v>x</v></c></row>")

    try:
        read(whole[:place] + noise + whole[place + len(noise) :])
    except Refusal as refusal:
        assert str(refusal)
