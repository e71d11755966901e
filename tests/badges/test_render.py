"""The printed badge itself: read back from its PDF."""

import pymupdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from conference import pdf
from conference.badges import layout, render_badge, render_badge_png, render_sheet
from conference.badges.layout import BAND, CODE, EDGE, MARGIN, MEETING, QR, RIBBONS, WHO, WIDTH
from conference.badges.rules import Ribbon
from conference.kernel import new_badge_code
from tests.badges.corpus import ALL, EXTREMES, SCRIPTS, a_face

DPI = 300
A_HAIR = 0.35  # mm: what anti-aliasing and rounding may add


@pytest.fixture(scope="module")
def sheet():
    """The corpus as one document, with stationery."""
    return render_sheet(list(ALL.values()))


def opened(made):
    return pymupdf.open(stream=made)


def picture_of(page):
    pixels = page.get_pixmap(dpi=DPI)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def has_ink(picture, left, top, right, bottom):
    """Whether anything but white lies in this part of the page, in mm."""
    place = tuple(round(mm * DPI / 25.4) for mm in (left, top, right, bottom))
    return picture.crop(place).convert("L").getextrema()[0] < 200


def gutters():
    """The parts of every badge on which nothing may be printed, as (left, top, right, bottom)."""
    foot, head = BAND.top - A_HAIR, EDGE.bottom + A_HAIR
    quiet = 4 * layout.QR_MODULE
    return {
        "left margin": (0, head, MARGIN - A_HAIR, foot),
        "right margin": (WIDTH - MARGIN + A_HAIR, head, WIDTH, QR.top),
        "slot of the lanyard": (0, head, WIDTH, MEETING.top - A_HAIR),
        "under the meeting": (0, MEETING.bottom + A_HAIR, WIDTH, WHO.top - A_HAIR),
        "under the names": (0, WHO.bottom + A_HAIR, WIDTH, min(RIBBONS.top, QR.top) - A_HAIR),
        "beside the ribbons": (RIBBONS.left + RIBBONS.width + A_HAIR, WHO.bottom + A_HAIR, QR.left - A_HAIR, QR.bottom),
        "quiet zone above": (QR.left - quiet, QR.top - quiet + A_HAIR, WIDTH, QR.top - A_HAIR),
        "quiet zone below": (QR.left - quiet, QR.bottom + A_HAIR, WIDTH, CODE.top),
        "over the band": (0, CODE.bottom, WIDTH, foot),
    }


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_printed_outside_the_boxes(sheet, name):
    with opened(sheet.pdf) as document:
        picture = picture_of(document[list(ALL).index(name)])

    assert [gutter for gutter, place in gutters().items() if has_ink(picture, *place)] == []


@pytest.mark.parametrize("name", ALL)
def test_every_span_of_text_lies_inside_its_box(sheet, name):
    boxes = [stack.box for stack in layout.lay_out(ALL[name]).stacks]

    with opened(sheet.pdf) as document:
        spans = [trace for trace in document[list(ALL).index(name)].get_texttrace() if trace["chars"]]

    assert spans
    for span in spans:
        for _, _, origin, (left, _, right, _) in span["chars"]:
            assert any(is_inside(box, origin, left, right) for box in boxes), span


def is_inside(box, origin, left, right):
    mm = 25.4 / 72
    return (
        box.left - A_HAIR <= left * mm
        and right * mm <= box.left + box.width + A_HAIR
        and box.top <= origin[1] * mm <= box.bottom
    )


def test_ink_in_a_gutter_would_be_seen_by_these_tests():
    with opened(render_badge(a_face(given="Ada"))) as document:
        document[0].draw_line((10, 200), (20, 200))
        picture = picture_of(document[0])

    assert has_ink(picture, *gutters()["left margin"])


@pytest.mark.parametrize("name", ALL)
def test_no_glyph_is_a_box(sheet, name):
    with opened(sheet.pdf) as document:
        traces = document[list(ALL).index(name)].get_texttrace()

    assert [span for span in traces for character in span["chars"] if character[1] == 0] == []


def test_the_corpus_is_printed_with_the_installed_fonts(sheet):
    assert sheet.missing == {}


@pytest.mark.parametrize("dpi", [100, 200])
def test_the_code_is_read_back_from_the_picture(dpi):
    faces = [a_face(given="Ada", code=new_badge_code()) for _ in range(5)]

    with opened(render_sheet(faces).pdf) as document:
        pages = [page.get_pixmap(dpi=dpi) for page in document]
        pictures = [Image.frombytes("RGB", (page.width, page.height), page.samples) for page in pages]
        words = [page.get_text() for page in document]

    assert [read_codes(picture) for picture in pictures] == [[face.code] for face in faces]
    assert all(" ".join((f.code[:4], f.code[4:8], f.code[8:])) in text for f, text in zip(faces, words, strict=True))


def read_codes(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize("name", ["300 letters everywhere", "arabic", "emoji"])
def test_one_badge_looks_like_the_same_badge_in_a_run(sheet, name):
    with opened(sheet.pdf) as run, opened(render_badge(ALL[name])) as alone:
        together, single = picture_of(run[list(ALL).index(name)]), picture_of(alone[0])

    differing = ImageChops.difference(together, single).convert("L").point(lambda shade: 255 if shade > 64 else 0)
    assert sum(differing.histogram()[1:]) < 0.001 * differing.width * differing.height


def test_a_page_is_a6_and_nothing_is_left_of_the_stationery(sheet):
    with opened(sheet.pdf) as document:
        sizes = {(round(page.rect.width * 25.4 / 72), round(page.rect.height * 25.4 / 72)) for page in document}

        assert (len(document), sizes) == (len(ALL), {(105, 148)})


def test_markup_in_names_is_text():
    with opened(render_badge(EXTREMES["markup"])) as document:
        text = document[0].get_text().replace("\n", "")

    assert "<b>Ada</b>&amp;" in text
    assert "{{7*7}}</p><img src=x>" in text


def test_a_character_no_font_has_is_reported_by_code():
    wrong, right = a_face(given="Ada\ue000", code=new_badge_code()), a_face(given="Ben", code=new_badge_code())

    assert render_sheet([wrong, right]).missing == {wrong.code: {"\ue000"}}
    assert render_sheet([wrong]).missing == {wrong.code: {"\ue000"}}


def test_one_missing_in_the_shared_part_is_reported_for_every_badge_of_it():
    faces = [a_face(category="Guest\ue000", code=new_badge_code()) for _ in range(2)]

    assert set(render_sheet(faces).missing) == {face.code for face in faces}


def test_a_ribbon_and_the_band_have_their_colours():
    with opened(render_badge(a_face(given="Ada", colour="#f2c230", ribbons=(Ribbon("Board", "#0f5e4b"),)))) as document:
        fills = {
            tuple(round(channel * 255) for channel in each["fill"])
            for each in document[0].get_drawings()
            if each["fill"]
        }

    assert {(0xF2, 0xC2, 0x30), (0x0F, 0x5E, 0x4B)} <= fills


def test_the_preview_is_the_printed_badge():
    face = a_face(given="Ada", code=new_badge_code())

    picture = pdf.first_page_png(render_badge(face))

    assert render_badge_png(face) == picture


def test_scripts_are_at_least_twelve():
    assert len(SCRIPTS) >= 12
