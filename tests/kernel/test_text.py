"""What people type can be kept on both databases, and reads the same."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conference.kernel import clean_line, clean_text, fold, whole_number

# Text as it can reach us: with lone surrogates and controls, which hypothesis leaves out by itself.
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)


@given(anything)
@example("a\x00b\ud800c\u202ed")
def test_cleaned_text_can_be_stored_anywhere(text):
    clean = clean_text(text)

    clean.encode("utf-8")
    assert not {unicodedata.category(letter) for letter in clean if letter not in "\n\t"} & {"Cc", "Cs"}
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_noncharacters_are_dropped():
    assert clean_text("a\ufdd0b\uffffc\U0010fffed\ufffd") == "abcd\ufffd"


@given(anything)
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(anything)
def test_a_line_is_one_line(text):
    assert len(clean_line(text).splitlines()) <= 1


def test_names_of_the_world_stay_as_they_are():
    for name in (
        "Ngũgĩ wa Thiong’o",
        "山田 太郎",
        "محمد بن سلمان",
        "Nguyễn Thị Minh",
        "O’Brien-Łukasz",
        "இளையராஜா",
        "👩🏽‍🔬",
    ):
        assert clean_line(name) == unicodedata.normalize("NFC", name)


def test_lines_are_kept_in_texts_and_joined_in_lines():
    assert clean_text(" a \r\nb\rc\x0b ") == "a \nb\nc"
    assert clean_line(" a \r\nb\u2028c ") == "a b c"


@given(anything)
def test_folding_twice_changes_nothing_to_search_by(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_what_is_ascii_alone_is_treated_as_it_is_beside_other_letters(text):
    beside = f"é{text}é"

    assert clean_line(beside) == f"é{clean_line('x' + text + 'x')[1:-1]}é"
    assert fold(beside) == f"e{fold('x' + text + 'x')[1:-1]}e"
    assert clean_text(beside) == f"é{clean_text('x' + text + 'x')[1:-1]}é"


def test_searching_ignores_case_accents_and_spaces():
    assert fold("  GÖDEL  Éva ") == fold("godel eva")
    assert fold("Straße") == fold("STRASSE")


@given(st.integers(min_value=0, max_value=999_999))
def test_a_number_within_its_digits_is_read(number):
    assert whole_number(str(number), 6) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "1_0", "٣", "²", "1234567", "x"])
def test_what_only_resembles_a_number_is_none(text):
    assert whole_number(text, 6) is None
