"""The releases as a feed: Atom (RFC 4287) and RSS 2.0 (https://www.rssboard.org/rss-specification) of the same entries."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from conference.schedule.formats.text import without_controls

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One release: the address of what it has changed, which is its identity too."""

    title: str
    at: datetime
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries, the newest first."""

    title: str
    author: str
    page: str
    address: str
    at: datetime
    language: str
    entries: list


def write(name, feed):
    """The bytes of a Feed as "atom" or "rss"."""
    root = {"atom": _atom, "rss": _rss}[name](feed)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _atom(feed):
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.language)
    _put(root, "id", feed.address)
    _put(root, "title", feed.title)
    _put(root, "updated", _instant(feed.at))
    _put(etree.SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", href=feed.address)
    etree.SubElement(root, f"{{{ATOM}}}link", rel="alternate", href=feed.page)
    for each in feed.entries:
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        _put(entry, "id", each.address)
        _put(entry, "title", each.title)
        _put(entry, "updated", _instant(each.at))
        etree.SubElement(entry, f"{{{ATOM}}}link", href=each.address)
        _put(entry, "content", each.text)
    return root


def _rss(feed):
    root = etree.Element("rss", version="2.0", nsmap={"atom": ATOM})
    channel = etree.SubElement(root, "channel")
    _put(channel, "title", feed.title, "")
    _put(channel, "link", feed.page, "")
    _put(channel, "description", feed.title, "")
    _put(channel, "language", feed.language.replace("_", "-").lower(), "")
    _put(channel, "lastBuildDate", format_datetime(feed.at.astimezone(UTC)), "")
    etree.SubElement(channel, f"{{{ATOM}}}link", rel="self", type=MEDIA_TYPES["rss"], href=feed.address)
    for each in feed.entries:
        item = etree.SubElement(channel, "item")
        _put(item, "title", each.title, "")
        _put(item, "link", each.address, "")
        _put(item, "guid", each.address, "")
        _put(item, "pubDate", format_datetime(each.at.astimezone(UTC)), "")
        _put(item, "description", each.text, "")
    return root


def _put(parent, name, text, namespace=ATOM):
    etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name).text = without_controls(text)


def _instant(at):
    return at.astimezone(UTC).isoformat(timespec="seconds")
