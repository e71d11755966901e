"""Texts of other systems made safe: single lines, a small subset of HTML, links, and plain text again."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

import nh3

from conference.kernel import clean_line, clean_text

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets), plus the C1 controls and lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TAGS = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "ul"}
_BREAKS = re.compile(r"<(?:br|/p|/li|/ul|/ol|/blockquote|/pre)\b[^>]*>", re.IGNORECASE)

LONGEST_TITLE = 500
LONGEST_NAME = 300
LONGEST_DISCLOSURE = 2000
LONGEST_TEXT = 100_000
LONGEST_URL = 2000


def line(value, longest=LONGEST_NAME):
    """One clean line of at most `longest` characters; anything but text and numbers is empty."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)[:longest]
    if not isinstance(value, str):
        return ""
    return clean_line(without_controls(value[: longest * 4]))[:longest].strip()


def without_controls(text):
    """`text` without characters that XML, PostgreSQL or a screen cannot take."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def rich(value):
    """Safe HTML from a field that holds HTML, or plain text with blank lines between paragraphs."""
    if not isinstance(value, str):
        return ""
    text = value[:LONGEST_TEXT]
    return safe_html(text if _TAG.search(text) else _paragraphs(text))


def as_typed(markup):
    """Safe HTML as somebody would type it: paragraphs as lines with blank ones between, anything more as HTML."""
    paragraphs = re.findall(r"<p>(.*?)</p>", markup, re.DOTALL)
    text = "\n\n".join(html.unescape(each) for each in paragraphs)
    return text if rich(text) == markup else markup


def rich_typed(typed, stood):
    """Safe HTML of what was typed where `stood` was shown `as_typed`: what was not touched stays as it is."""
    return stood if typed == clean_text(as_typed(stood)) else rich(typed)


def safe_html(text):
    """HTML cut down to paragraphs, lists, emphasis and http(s) links; safe to show, and stable when repeated."""
    text = unicodedata.normalize("NFC", without_controls(text[:LONGEST_TEXT])).replace("\r\n", "\n").replace("\r", "\n")
    clean = nh3.clean(
        text,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
        generic_attribute_prefixes=set(),
    )
    return unicodedata.normalize("NFC", without_controls(clean)).strip()


def plain(markup):
    """The text of safe HTML, for calendars, teasers and search."""
    text = html.unescape(_TAG.sub("", _BREAKS.sub("\n", markup)))
    lines = (" ".join(part.split()) for part in without_controls(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def web_address(value):
    """An absolute http(s) address without spaces, or None."""
    text = line(value, LONGEST_URL + 1)
    if len(text) > LONGEST_URL or re.search(r'[\s<>"\\^`{|}]', text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def slug(text, longest=60):
    """Lower-case letters, digits and hyphens of a title; empty when it has none."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:longest].strip("-")


def _paragraphs(text):
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "".join(f"<p>{html.escape(block.strip(), quote=False)}</p>" for block in blocks if block.strip())
