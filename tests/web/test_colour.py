"""What is written can be read: every accent a society may choose, and every pair of tokens."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import colour
from conference.web import assets

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_ink_on_any_accent_reads(accent):
    assert colour.contrast(accent, colour.ink_on(accent)) >= 4.5


@given(colours, st.sampled_from([assets.LIGHT_GROUND, assets.DARK_GROUND]))
def test_any_accent_is_shifted_until_it_reads_on_the_ground(accent, ground):
    assert colour.contrast(colour.readable_on(ground, accent), ground) >= 4.5


@given(colours)
def test_the_ink_on_a_shifted_accent_and_on_its_hover_shade_reads(accent):
    sheet = assets.society_sheet(accent)

    for shade in ("--accent", "--accent-strong"):
        for fill, ink in zip(_pair(sheet, shade), _pair(sheet, "--accent-ink"), strict=True):
            assert colour.contrast(fill, ink) >= 4.5


@given(colours)
def test_a_colour_survives_the_way_through_oklab(given_colour):
    assert colour.from_oklab(*colour.to_oklab(given_colour)) == given_colour


def test_an_accent_that_reads_is_left_as_the_society_chose_it():
    assert colour.readable_on(assets.LIGHT_GROUND, "#0f5a73") == "#0f5a73"


def test_contrast_is_counted_as_wcag_counts_it():
    assert colour.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("text", ["", "#fff", "red", "#12345g", "#1234567", "url(//x)"])
def test_what_is_no_colour_is_told_apart(text):
    assert not colour.is_hex(text)
    assert assets.society_sheet(text) == assets.society_sheet(None)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
@pytest.mark.parametrize(
    "ink", ["ink", "ink-soft", "good", "warn", "bad", *(f"hue-{number}" for number in range(1, 9))]
)
def test_every_ink_reads_on_every_ground(ink, ground, scheme):
    assert colour.contrast(_token(ink)[scheme], _token(ground)[scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_field_stands_out_from_paper(scheme):
    assert colour.contrast(_token("line-strong")[scheme], _token("paper")[scheme]) >= 3


@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
def test_the_grounds_that_accents_are_checked_against_are_the_hardest(ground):
    light, dark = _token(ground)

    assert colour.luminance(assets.LIGHT_GROUND) <= colour.luminance(light)
    assert colour.luminance(assets.DARK_GROUND) >= colour.luminance(dark)


def _token(name):
    """The light and the dark value of a token as "#rrggbb"."""
    value = re.search(rf"--{name}: light-dark\((.+)\);", TOKENS)[1]
    return [_rgb(*map(float, parts)) for parts in re.findall(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", value)]


def _rgb(lightness, chroma, hue):
    return colour.from_oklab(lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue)))


def _pair(sheet, name):
    return re.search(rf"{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", sheet).groups()
