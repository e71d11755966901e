"""What cells of tables say: guarded text, yes and no, moments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conference.schedule.formats.tables.cells import guarded, moment_in_cell, truth, words


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="'=+-@;|\t \n\"ab＝", max_size=12))
def test_no_cell_is_a_formula_and_each_reads_back(text):
    text = text.strip()
    safe = guarded(text)

    assert words(safe) == text
    assert not safe.lstrip(' "').startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize(
    ("cell", "said"), [("Ja", True), ("x", True), (1, True), (True, True), ("", False), ("No", False), ("?", None)]
)
def test_yes_and_no(cell, said):
    assert truth(cell) is said


@pytest.mark.parametrize("cell", ["10", "soon", "24:00", "10:61", "13 pm", "31.02.2027 10:00", "2027-13-01 10:00", ""])
def test_what_is_no_moment_is_none(cell):
    assert moment_in_cell(cell) is None
