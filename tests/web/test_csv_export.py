"""Exports for spreadsheets: no cell runs, however the file is cut, and numbers stay numbers."""

import csv
import io
import re
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money
from conference.web.csv_export import _line, defused

NUMBER = re.compile(r"-?[0-9]+")
LIVE = "=+-@＝＋－＠"


def cut(line, separator):
    """The cells of a line as a spreadsheet that is set to another separator sees them."""
    return [cell for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator) for cell in row]


def would_run(cell):
    bare = cell.lstrip(' \t\r\n"')
    return bare[:1] in LIVE and bare != ""


@pytest.mark.parametrize("cell", ["=1+1", "+1 555", "-1+1", "- 1", "@SUM(A1)", "\tAda", "\rx", "＝1"])
def test_cells_that_spreadsheets_would_run_are_defused(cell):
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("  =1", "  '=1"), ('"=1', "\"'=1"), ("\xa0=1", "\xa0'=1"), ("\t=1", "'\t'=1"), ("\r=1", "'\r'=1")],
)
def test_nothing_hides_a_formula(cell, safe):
    assert defused(cell) == safe


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("Ada;=1+1", "Ada;'=1+1"),
        ("Ada; -1+1", "Ada; '-1+1"),
        ("Ada\n@SUM(A1)", "Ada\n'@SUM(A1)"),
        ("Ada\r\n+1", "Ada\r\n'+1"),
        ("Ada\t=1", "Ada\t'=1"),
        ("Ada|=1", "Ada|'=1"),
        ('x;"=1', "x;\"'=1"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_what_another_separator_would_make_a_cell_of_is_defused(cell, safe):
    assert defused(cell) == safe


def test_plain_cells_and_numbers_stay_as_they_are():
    cells = (
        "Ada",
        -5,
        None,
        date(2026, 1, 2),
        "",
        Decimal("-1.50"),
        "-12.50",
        "-5",
        "3",
        "Smith-Jones; Ada",
        "a - b",
        "a=b",
    )

    assert [defused(cell) for cell in cells] == ["" if cell is None else str(cell) for cell in cells]


A_CELL = st.text(alphabet="a1=+-@;|,\t\r\n\"' ", max_size=12).filter(lambda cell: not NUMBER.fullmatch(cell))


@given(st.lists(A_CELL, min_size=1, max_size=4))
def test_no_cell_runs_whatever_separator_a_spreadsheet_is_set_to(cells):
    line = _line(cells)

    for separator in ",;|\t":
        assert [cell for cell in cut(line, separator) if would_run(cell)] == []


def test_a_cell_of_white_space_costs_no_time():
    began = time.perf_counter()

    defused('\t "' * 20_000)

    assert time.perf_counter() - began < 1


def test_values_are_written_plainly_whatever_they_are():
    at = datetime(2026, 11, 29, 12, 0, 0, 500, tzinfo=UTC)

    assert [defused(each) for each in (Money(-44050, "USD"), at, at.date(), None, True, 7)] == [
        "-440.50",
        "2026-11-29T12:00:00+00:00",
        "2026-11-29",
        "",
        "True",
        "7",
    ]
