"""The renderer: what it fetches, what it says about glyphs, and what it refuses."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pikepdf
import pymupdf
import pypdfium2
import pytest

from conference import pdf

A_RED_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)


# A word or letter of each script that members' names are written in.
SCRIPTS = {
    "Latin": "Ệ",
    "Greek": "Ω",
    "Cyrillic": "Ж",
    "Armenian": "Ա",
    "Georgian": "ქ",
    "Hebrew": "ש",
    "Arabic": "ع",
    "Ethiopic": "ኢ",
    "Devanagari": "क",
    "Bengali": "ক",
    "Gurmukhi": "ਕ",
    "Gujarati": "ક",
    "Tamil": "க",
    "Telugu": "క",
    "Kannada": "ಕ",
    "Malayalam": "ക",
    "Sinhala": "ක",
    "Thai": "ก",
    "Lao": "ກ",
    "Myanmar": "က",
    "Khmer": "ក",
    "Tibetan": "ཀ",
    "Han": "漢",
    "Kana": "あ",
    "Hangul": "한",
    "Emoji": "🧬",
}


@pytest.fixture
def visited():
    """Addresses asked of a local server, which stands for every outside host; its address comes first."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"p { color: red }")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def glyphs_without_a_shape(made):
    with pymupdf.open(stream=made) as document:
        traces = [span for page in document for span in page.get_texttrace()]
    return [character for span in traces for character in span["chars"] if character[1] == 0]


def text_of(made):
    with pymupdf.open(stream=made) as document:
        return "".join(page.get_text() for page in document)


def text_by_pdfium(made):
    """PyMuPDF shows U+FFFD as the number of its glyph; PDFium as what it is."""
    document = pypdfium2.PdfDocument(made)
    try:
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


def test_nothing_is_fetched_from_a_host_or_a_file(visited, tmp_path):
    host, seen = visited
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    html = f"""<html><head><base href="{host}/"><link rel=stylesheet href="{host}/link.css">
      <link rel=attachment href="{host}/attached"><link rel=attachment href="file://{secret}">
      <style>@import url({host}/import.css); @font-face {{ font-family: x; src: url({host}/font) }}
      p {{ background: url({host}/background); font-family: x; list-style: url({host}/list) }}
      p::before {{ content: url({host}/content) }}</style></head>
      <body><p>text</p><img src="{host}/img"><img src="file://{secret}"><object data="{host}/object"></object>
      <embed src="{host}/embed"><iframe src="{host}/frame"></iframe><img srcset="{host}/set 1x"><img src="relative">
      <svg width=9 height=9><image href="{host}/svg" width=9 height=9 /><use href="{host}/use#a" /></svg>
      <a rel=attachment href="file://{secret}">a</a></body></html>"""

    made = pdf.render(html)

    assert seen == []
    assert "text" in text_of(made)
    with pikepdf.open(BytesIO(made)) as document:
        assert not document.attachments


def test_a_picture_in_a_data_url_is_drawn():
    made = pdf.render(f'<html lang=en><title>T</title><img src="{A_RED_PIXEL}" alt="red" width=10></html>')

    with pymupdf.open(stream=made) as document:
        assert len(document[0].get_images()) == 1


def test_the_document_carries_its_title_and_language():
    made = pdf.render("<!doctype html><html lang=de><title>Quittung</title><p>Guten Tag</p></html>")

    with pikepdf.open(BytesIO(made)) as document:
        assert (str(document.docinfo.Title), str(document.Root.Lang)) == ("Quittung", "de")
        assert document.Root.MarkInfo.Marked


@pytest.mark.parametrize("unknown", ["\ue000", "\U0010fffe", "&#57344;", "&#xE000;"])
def test_a_character_no_font_has_is_reported_and_printed_as_such(unknown):
    done = pdf.render_reported(f"<html lang=en><title>T</title><p>before{unknown}after</p></html>")

    assert len(done.missing) == 1
    assert "before\N{REPLACEMENT CHARACTER}after" in text_by_pdfium(done.pdf)
    assert glyphs_without_a_shape(done.pdf) == []


def test_every_script_of_the_list_prints_without_a_box():
    samples = " ".join(SCRIPTS.values())

    done = pdf.render_reported(f"<html lang=en><title>T</title><p>{samples}</p></html>")

    assert {name for name, sample in SCRIPTS.items() if pdf.missing_glyphs(sample)} == set()
    assert not done.missing
    assert glyphs_without_a_shape(done.pdf) == []


def test_a_glyph_of_a_box_would_be_seen_by_these_tests():
    from weasyprint import HTML

    assert glyphs_without_a_shape(HTML(string="<p>\ue000").write_pdf())


def test_marks_joiners_and_variation_selectors_are_not_called_missing():
    assert pdf.missing_glyphs("e\u0301 👩🏽‍🔬 ❤️ क्‍ष नर्स‌री ﷽ 葛\U000e0100") == frozenset()


def test_half_of_a_surrogate_pair_is_missing_and_does_not_break_the_renderer():
    done = pdf.render_reported("<html lang=en><title>T</title><p>\ud83d</p></html>")

    assert done.missing == {"\ud83d"}


@pytest.mark.parametrize(
    "html",
    [
        "x" * (pdf.fence.MAX_CHARACTERS + 1),
        "<div>" * 100,
        "<br>" * (pdf.fence.MAX_ELEMENTS + 1),
        "<table><tr><td colspan=100000>",
        "<table><tr><td rowspan=99999999999999999999>",
    ],
    ids=["characters", "depth", "elements", "colspan", "rowspan"],
)
def test_a_document_beyond_the_limits_is_refused(html):
    with pytest.raises(pdf.TooLarge):
        pdf.render(html)


def test_threads_take_turns():
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda n: pdf.render(f"<html lang=en><title>T</title><p>page {n}"), range(12)))

    assert [text_of(each).strip() for each in made] == [f"page {n}" for n in range(12)]


def test_a_forked_child_renders_although_another_thread_held_the_lock():
    held, done = threading.Event(), threading.Event()

    def hold():
        with pdf.lock.native.lock:
            held.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    child = os.fork()
    if child == 0:
        os._exit(0 if pdf.render("<html lang=en><title>T</title><p>child").startswith(b"%PDF") else 1)
    _, status = os.waitpid(child, 0)
    done.set()
    thread.join()

    assert status == 0


def test_the_first_page_becomes_a_picture():
    made = pdf.render("<html lang=en><title>T</title><p>x", base_css="@page { size: 100mm 50mm; margin: 0 }")

    assert pdf.first_page_png(made, dpi=100).startswith(b"\x89PNG")


def test_measured_lines_hold_the_whole_text():
    lines = pdf.shape("Ada King, Countess of Lovelace", width=6)

    assert " ".join(line.text for line in lines) == "Ada King, Countess of Lovelace"
    assert all(line.width <= 6 for line in lines)
