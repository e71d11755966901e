"""The sitemap, for search engines: https://www.sitemaps.org/protocol.html. What is under embargo is not in it before its time."""

import hashlib
from dataclasses import dataclass
from html import escape

from flask import current_app

from conference import schedule
from conference.home.site import site
from conference.web import absolute_url

# What one file may hold; more than one are named in an index.
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_ROOM = MOST_BYTES - 200  # head and foot
_KEPT = "sitemap"


@dataclass(frozen=True)
class File:
    """A file of the sitemap, and the tag of what it holds."""

    body: bytes
    etag: str


@dataclass(frozen=True)
class Sitemap:
    """The `first` file, which holds all addresses or names the files that do, and all the `parts`."""

    first: File
    parts: list


def sitemap():
    """The Sitemap as it is now: made anew when a programme is released, something of it opens, or the society's pages change."""
    places = [
        (place, schedule.published.opening_of(place) if place.release_id else 0) for place in schedule.published.every()
    ]
    states = [(place.code, place.release_key, opening) for place, opening in places]
    stamp = site().stamp
    known_stamp, known, made = current_app.extensions.get(_KEPT, (None, {}, None))
    if made and (known_stamp, list(known)) == (stamp, states):
        return made
    entries = {state: known.get(state) or _of_meeting(*place) for state, place in zip(states, places, strict=True)}
    made = _made([*_of_society(), *(entry for each in entries.values() for entry in each)])
    current_app.extensions[_KEPT] = (stamp, entries, made)
    return made


def _of_society():
    """The society's own pages."""
    pages = [absolute_url("home.page", slug=page.slug) for page in site().pages]
    return [_entry(address) for address in (absolute_url("home.front"), *pages, absolute_url("meetings.index"))]


def _of_meeting(place, opening):
    """A meeting's page, and all of its programme as the public may see it."""
    programme = schedule.published.passing(place, opening)
    found = schedule.addresses(programme, place) if programme else []
    return [
        _entry(absolute_url("meetings.page", code=place.code)),
        *(_entry(address, at) for address, at in found),
    ]


def _entry(address, at=None, name="url"):
    changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<{name}><loc>{escape(address)}</loc>{changed}</{name}>\n".encode()


def _made(entries):
    parts = [_file("urlset", part) for part in _parts(entries)]
    if len(parts) == 1:
        return Sitemap(parts[0], parts)
    addresses = [absolute_url("home.part_of_sitemap", number=number) for number in range(1, len(parts) + 1)]
    return Sitemap(_file("sitemapindex", [_entry(each, name="sitemap") for each in addresses]), parts)


def _parts(entries):
    """The entries in as few files as may hold them."""
    part, size = [], 0
    for entry in entries:
        if part and (len(part) == MOST_ADDRESSES or size + len(entry) > _ROOM):
            yield part
            part, size = [], 0
        part.append(entry)
        size += len(entry)
    yield part


def _file(root, entries):
    body = b"".join([_HEAD.format(root).encode(), *entries, f"</{root}>\n".encode()])
    return File(body, hashlib.sha256(body).hexdigest()[:32])
