"""References are unguessable, readable aloud, and told from nonsense without a query."""

from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import REF_ALPHABET, is_ref, new_ref


def test_ten_thousand_references_are_all_different():
    assert len({new_ref() for _each in range(10_000)}) == 10_000


def test_no_letter_looks_like_another():
    assert not set(REF_ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len(set(REF_ALPHABET)) == len(REF_ALPHABET)


@given(st.integers(6, 32))
def test_what_was_made_here_is_a_reference(length):
    assert is_ref(new_ref(length))


@given(st.text(max_size=40))
def test_other_texts_are_not(text):
    assert is_ref(text) == (6 <= len(text) <= 32 and set(text) <= set(REF_ALPHABET))
