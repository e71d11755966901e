"""Answers made of kept pieces: a page for readers who are not signed in is built at most every half minute.

What such a page holds depends on the release, the language, the address, the state of consent and the time zone: the first and the last have
kept pages of their own (zones.py), the others are in its key. Times "now" and "next" and the society's own words may so be thirty seconds old.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic

from flask import Response, current_app, request
from flask_babel import get_locale

from conference import consent
from conference.schedule import stitched
from conference.schedule.itineraries import STARS_COOKIE

KEPT_SECONDS = 30
KEPT_PAGES = 200
KEPT_PAGES_OF_A_ZONE = 20
MARK = "<!-- programme -->"


@dataclass(frozen=True, slots=True)
class Body:
    """A page ready to be sent: plain, compressed, and the tag of its content."""

    pieces: tuple
    zipped: bytes
    etag: str

    @property
    def plain(self):
        """The page as it is."""
        return b"".join(part.plain for part in self.pieces)


def page(programme, build, *, piece=None, personal=False):
    """The page that `build()` renders, its MARK replaced by `piece`; kept for others unless it is `personal`."""
    if personal or not _is_anyones():
        return _send(_body(build(), piece))
    pages = programme.kept.setdefault("pages", OrderedDict())
    key = (request.path, str(get_locale()), consent.variant())
    made, body = pages.get(key, (None, None))
    if made is None or monotonic() - made > KEPT_SECONDS:
        body = _body(build(), piece)
        pages[key] = (monotonic(), body)
        while len(pages) > (KEPT_PAGES_OF_A_ZONE if programme.own_zone else KEPT_PAGES):
            pages.popitem(last=False)
    response = _send(body)
    if programme.own_zone:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def stars_cookie():
    """The name of the cookie that keeps a visitor's stars, in this installation."""
    return consent.cookie_name(STARS_COOKIE)


def is_secure():
    """Whether cookies go over TLS only."""
    return current_app.config["SESSION_COOKIE_SECURE"]


def send_bytes(zipped, etag, media_type, plain):
    """Compressed bytes as they are kept, or `plain()` for the rare client that cannot read them; 304 when it has them."""
    response = Response(content_type=media_type)
    response.vary.update(("Accept-Encoding",))
    # A compressed and a plain body are two representations: a strong tag may not name both (RFC 9110 8.8.3.3).
    compressed = "gzip" in request.accept_encodings
    response.set_etag(f"{etag}-gz" if compressed else etag)
    if compressed:
        response.content_encoding = "gzip"
    if request.if_none_match.contains(response.get_etag()[0]):
        response.status_code = 304
        return response
    response.data = zipped if compressed else plain()
    return response


def _send(body):
    response = send_bytes(body.zipped, body.etag, "text/html; charset=utf-8", lambda: body.plain)
    response.vary.update(("Cookie", "Sec-GPC", "Accept-Language"))
    return response


def _body(html, piece):
    head, mark, foot = html.partition(MARK)
    parts = [stitched.piece(head, level=3)]
    if mark and piece is not None:
        parts += [piece, stitched.piece(foot, level=3)]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.deflated)
    return Body(tuple(parts), stitched.gzipped(parts), digest.hexdigest()[:32])


def _is_anyones():
    """Whether the answer does not depend on who asks: not signed in, no message waiting, no stars."""
    own = {current_app.config["SESSION_COOKIE_NAME"], stars_cookie()}
    return not request.query_string and not own & request.cookies.keys()
