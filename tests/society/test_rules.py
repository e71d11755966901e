"""Addresses, order and files as values."""

from hypothesis import given
from hypothesis import strategies as st

from conference.society.rules import is_slug, looks_like_pdf, moved, safe_file_name


@given(st.text(max_size=100))
def test_an_address_is_plain_letters_digits_and_single_hyphens(text):
    if is_slug(text):
        assert text and text == text.lower() and text.isascii() and "--" not in text and len(text) <= 80


def test_addresses_that_can_and_cannot_be():
    assert all(is_slug(text) for text in ("goals", "plan-2026", "a"))
    assert not any(is_slug(text) for text in ("", "-a", "a-", "a--b", "A", "a b", "ä", "../x", "a" * 81))


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_keeps_every_page_and_shifts_one_place(items, data):
    item = data.draw(st.sampled_from(items))

    up, down = moved(items, item, up=True), moved(items, item, up=False)

    assert sorted(up) == sorted(down) == sorted(items)
    assert up.index(item) == max(0, items.index(item) - 1)
    assert down.index(item) == min(len(items) - 1, items.index(item) + 1)


def test_a_pdf_is_told_by_its_content():
    assert looks_like_pdf(b"%PDF-1.7\n...\n%%EOF\n")
    assert not any(looks_like_pdf(each) for each in (b"", b"<html>%PDF-%%EOF", b"%PDF-1.7 cut", b"PK\x03\x04"))


@given(st.text(max_size=300))
def test_a_file_name_can_stand_in_a_header(title):
    name = safe_file_name(title)

    assert name.endswith(".pdf") and name.isascii() and not set(name) & set('"\\/\r\n;')
