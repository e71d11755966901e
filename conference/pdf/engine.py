"""The one renderer: WeasyPrint with nothing but data: URLs, one font configuration, one document at a time."""

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from conference.pdf import fence, glyphs
from conference.pdf.lock import native

log = logging.getLogger(__name__)

# WeasyPrint's own fetcher reads http:, ftp: and file:, and follows redirects; ours opens nothing outside the document.
_FETCHER = URLFetcher(allowed_protocols=("data",), allow_redirects=False)

Finisher = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A finished PDF and the characters for which a replacement was printed."""

    pdf: bytes
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that lies inside a PDF for archives (PDF/A-3), what it is to the document, and what the document's metadata (XMP) say of it."""

    name: str
    content: bytes
    description: str
    relationship: str
    metadata: str


def render(html: str, *, base_css: str | Sequence[str] = (), tagged: bool = True) -> bytes:
    """The PDF of an HTML document; TooLarge when it passes the limits of `fence`.

    Title and language come from the document's own `title` and `lang`. Characters that no font has are replaced
    visibly and logged; a caller that can tell somebody uses `render_reported`.
    """
    done = render_reported(html, base_css=base_css, tagged=tagged)
    warn_of(done.missing)
    return done.pdf


def warn_of(missing: frozenset[str]) -> None:
    """Log the characters for which a replacement was printed, if there are any."""
    if missing:
        log.warning("no installed font has %s", " ".join(f"U+{ord(one):04X}" for one in sorted(missing)))


def render_reported(
    html: str,
    *,
    base_css: str | Sequence[str] = (),
    tagged: bool = True,
    finisher: Finisher | None = None,
    options: dict | None = None,
) -> Rendering:
    """As `render`, and says which characters were replaced; `finisher(document, pdf)` may draw on the finished pages."""
    fence.check_length(html)
    with native.lock, _without_collecting():
        html, missing = glyphs.replace_missing(glyphs.resolve_references(html))
        document = HTML(string=html, url_fetcher=_FETCHER)
        fence.check_tree(document.etree_element)
        written = [*([base_css] if isinstance(base_css, str) else base_css), *_taken_out(document.etree_element)]
        sheets = [_stylesheet(css) for css in written]
        more = {"pdf_tags": tagged, **(options or {})}
        made = document.write_pdf(stylesheets=sheets, font_config=_fonts(), finisher=finisher, **more)
    return Rendering(made, missing)


def render_archived(html: str, enclosed: Enclosed | None = None, *, base_css: str | Sequence[str] = ()) -> bytes:
    """The PDF/A-3 of an HTML document, for keeping, with a file enclosed; TooLarge as for `render`."""
    options = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
    if enclosed is None:
        return render_reported(html, base_css=base_css, options=options).pdf
    file = Attachment(
        string=enclosed.content,
        name=enclosed.name,
        description=enclosed.description,
        relationship=enclosed.relationship,
        url_fetcher=_FETCHER,
    )
    finish = _with_metadata(enclosed.metadata)
    return render_reported(html, base_css=base_css, finisher=finish, options={**options, "attachments": [file]}).pdf


def _with_metadata(told: str) -> Finisher:
    """What writes XMP descriptions into the metadata of a PDF, beside its own."""

    def finish(_document, pdf):
        number = int(pdf.catalog["Metadata"].split()[0])
        stream = pdf.objects[number].stream
        head, end, tail = stream[0].rpartition(b"</rdf:RDF>")
        stream[0] = head + told.encode() + end + tail

    return finish


def warm_up() -> None:
    """Load fonts and code paths, then take what is loaded out of the garbage collector's rounds."""
    render("<!doctype html><html lang=en><title>Warm</title><p>Warm <b>up</b></p></html>")
    gc.collect()
    gc.freeze()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A layout makes many objects and few cycles: collecting in the middle costs a fifth of the time for nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """Kept for the life of the process: a new one each time is slower and grows the process without end."""
    return FontConfiguration()


def _taken_out(root: Element) -> list[str]:
    """The style sheets in the head of a document, in order, taken out of it: thousands have the same, and each is read once."""
    head = root.find("head")
    sheets = [] if head is None else head.findall("style")
    for sheet in sheets:
        head.remove(sheet)
    return [sheet.text or "" for sheet in sheets]


@lru_cache(maxsize=32)
def _stylesheet(css: str) -> CSS:
    return CSS(string=css, url_fetcher=_FETCHER, font_config=_fonts())


def _forget() -> None:
    _stylesheet.cache_clear()
    _fonts.cache_clear()


native.forget_after_fork(_forget)
