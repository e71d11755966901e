"""Text is fitted, never cut."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conference import pdf
from conference.badges import layout
from conference.badges.fitting import Part, fit_stack, stack_height
from tests.badges.corpus import ALL, a_face


def letters(text):
    return "".join(text.split())


def set_in(text, *, width=layout.COLUMN, height=44.0, ladder=layout.HEADLINE):
    (fitted,) = fit_stack([Part("headline", text, ladder, weight=700)], width=width, height=height)
    return fitted


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=300),
    st.floats(20, 90),
    st.floats(6, 60),
)
@example("0000©M𐀀", 20.0, 11.0)  # of three fonts: Pango breaks it a hair too late
def test_any_text_is_whole_and_inside_its_box(text, width, height):
    fitted = set_in(text, width=width, height=height)

    assert letters("".join(row.text for row in fitted.rows)) == letters(text)
    assert fitted.width <= width
    assert fitted.height <= height


def test_a_short_name_is_as_large_as_the_design_allows():
    assert set_in("Ada").size == layout.HEADLINE[0].largest


def test_a_long_word_is_made_smaller_before_it_is_broken():
    fitted = set_in("Wolfeschlegelsteinhausenbergerdorff")

    assert len(fitted.rows) == 1
    assert fitted.size < layout.HEADLINE[0].smallest


def test_a_word_that_no_size_holds_is_broken_and_whole():
    fitted = set_in("W" * 300)

    assert len(fitted.rows) > 3
    assert "".join(row.text for row in fitted.rows) == "W" * 300


def test_lines_with_towering_marks_get_more_room():
    plain, towering = set_in("Aa"), set_in("A" + "\u0301" * 4 + "a")

    assert towering.leading / towering.size > plain.leading / plain.size


def test_a_short_affiliation_leaves_its_room_to_the_name():
    name = "Maria Fernanda Magdalena Alexandra Theodora"

    alone = layout.lay_out(a_face(given=name, family=name))
    beside = layout.lay_out(a_face(given=name, family=name, institution="Institute of everything, " * 8))

    assert headline_size(alone) > headline_size(beside)


@pytest.mark.parametrize("face", ALL.values(), ids=ALL)
def test_every_stack_of_the_corpus_lies_within_its_box(face):
    for stack in layout.lay_out(face).stacks:
        assert stack.top >= stack.box.top - 0.001
        assert stack.top + stack_height(stack.texts) <= stack.box.bottom + 0.001
        assert all(text.width <= stack.box.width for text in stack.texts)


@pytest.mark.parametrize("face", ALL.values(), ids=ALL)
def test_every_letter_of_the_corpus_is_printed(face):
    printed = {
        text.part.kind: letters("".join(row.text for row in text.rows))
        for stack in layout.lay_out(face).stacks
        for text in stack.texts
    }

    wanted = {"headline": face.headline, "surname": face.surname, "institution": face.affiliation}
    for kind, text in wanted.items():
        assert printed.get(kind, "") == letters(pdf.replace_missing(text)[0])


def headline_size(laid_out):
    return next(text.size for stack in laid_out.stacks for text in stack.texts if text.part.kind == "headline")
