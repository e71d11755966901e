"""What a badge says, before it is laid out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.badges import rules
from conference.badges.rules import Ribbon
from conference.kernel import is_badge_code, new_badge_code
from conference.kernel.colour import contrast
from tests.badges.corpus import a_face

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_the_category_can_be_read_on_any_band(colour):
    assert contrast(rules.ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize(
    ("values", "headline", "surname"),
    [
        ({"given": "Ada", "family": "Lovelace"}, "Ada", "Lovelace"),
        ({"given": "Robert", "preferred": "Bob", "family": "Smith"}, "Bob", "Smith"),
        ({"given": "小明", "family": "王"}, "王小明", ""),
        ({"given": "민준", "family": "남궁"}, "남궁민준", ""),
        ({"given": "小明", "preferred": "Michael", "family": "Wang"}, "Michael", "Wang"),
        ({"family": "Suharto"}, "Suharto", ""),
        ({"institution": "Vector Works"}, "Vector Works", ""),
        ({"given": "Lee", "family": "Le"}, "Lee", "Le"),
        ({}, "Member", ""),
    ],
)
def test_the_name_one_goes_by_is_the_large_one(values, headline, surname):
    face = a_face(**values)

    assert (face.headline, face.surname) == (headline, surname)


def test_the_former_name_is_nowhere_on_the_badge():
    face = a_face(given="Robert", preferred="Roberta", family="Smith")

    assert "Robert," not in face.spoken
    assert face.spoken == "Roberta, Smith, Member"


def test_codes_are_twelve_letters_without_look_alikes():
    codes = {new_badge_code() for _ in range(500)}

    assert len(codes) == 500
    assert all(is_badge_code(code) and not set(code) & set("01258BILOSUVZ") for code in codes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "short"},
        {"code": "O0I1L5S8B2Z0"},
        {"colour": "red"},
        {"colour": "#fff;background:url(x)"},
        {"language": 'en" onload="x'},
        {"given": "x" * (rules.MAX_TEXT + 1)},
        {"ribbons": [Ribbon("x")] * (rules.MAX_RIBBONS + 1)},
    ],
)
def test_what_can_not_stand_on_a_badge_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        a_face(**wrong)


def test_marks_of_real_names_are_kept_and_towers_of_marks_are_not():
    assert rules.cap_marks("שׁוּלַמִּית") == "שׁוּלַמִּית"
    assert rules.cap_marks("བསྟན་འཛིན་རྒྱ་མཚོ་") == "བསྟན་འཛིན་རྒྱ་མཚོ་"
    assert rules.cap_marks("Z" + "\u0310" * 30 + "a") == "Z" + "\u0310" * 4 + "a"


@given(st.text(max_size=300))
def test_any_text_makes_a_face(text):
    face = a_face(given=text, family=text, institution=text)

    assert face.headline
