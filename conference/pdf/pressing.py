"""One part of something printed: HTML in, its pages in a file, and where on them things stand. This is what worker processes do.

A part knows nothing of the pages before it: page numbers are stamped on when all parts are bound. So parts can be made in any order, each
once, and what is finished already is found again by the digest of what it was made of.
"""

import gc
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from conference.pdf.engine import render_reported
from conference.pdf.workers import most_memory

_POINTS = 0.75  # of a CSS pixel, in which the layout engine says where things stand


class Pressed(NamedTuple):
    """The pages of one part: their file, how many, (page from 0, points from the top) of each anchor, characters no font has.

    `peak_mb` is the most memory that the process which made them has had.
    """

    path: Path
    pages: int
    anchors: dict
    missing: str
    peak_mb: int = 0


def press(html, css, path):
    """Make the pages of one part at `path`, unless exactly these are there from before; what is told of them."""
    digest = hashlib.sha256(f"{css}\0{html}".encode()).hexdigest()
    note = path.with_suffix(".json")
    found = _found(path, note, digest)
    if found is None:
        found = _pressed(html, css, path)
        _write(note, json.dumps([digest, found.pages, found.anchors, found.missing]).encode())
        found = found._replace(peak_mb=most_memory())
        gc.collect()  # collecting was off while it was laid out
    return found


def _found(path, note, digest):
    try:
        made_of, pages, anchors, missing = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return None
    return Pressed(path, pages, anchors, missing) if made_of == digest and path.exists() else None


def _pressed(html, css, path):
    anchors, pages = {}, []

    def read(document, _made):
        pages.extend(document.pages)
        for number, page in enumerate(document.pages):
            for name, box in page.anchors.items():
                anchors.setdefault(name, (number, round(box[1] * _POINTS, 1)))

    done = render_reported(html, base_css=css, tagged=False, finisher=read)
    _write(path, done.pdf)
    return Pressed(path, len(pages), anchors, "".join(sorted(done.missing)))


def _write(path, content):
    """Whole or not at all, even when the process is killed over it."""
    begun = path.with_suffix(".part")
    begun.write_bytes(content)
    begun.replace(path)
