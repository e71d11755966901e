"""HTML in, PDF bytes out; fetches nothing; says which characters no installed font can draw.

Everything here shares one lock: Pango's font map and PDFium must never be used by two threads at once, so a process
renders one document at a time. Throughput comes from processes.

`render` prints U+FFFD (a question mark in a diamond) where no installed font has the character, and logs it;
`render_reported` hands the same finding back to the caller. No box is ever printed silently.

`stripped` is apart: it has a process of its own, for what strangers hand in.
"""

from conference.pdf.binding import Binding, Bookmark, Folios, bind, page_numbers
from conference.pdf.engine import Enclosed, Rendering, render, render_archived, render_reported, warm_up, warn_of
from conference.pdf.fence import TooLarge
from conference.pdf.glyphs import missing_glyphs, replace_missing
from conference.pdf.pango import Line, is_rtl, shape
from conference.pdf.paper import paper_for
from conference.pdf.picture import first_page_png
from conference.pdf.pressing import Pressed, press
from conference.pdf.stripping import Fault
from conference.pdf.untrusted import Unfit, stripped
from conference.pdf.workers import SECONDS_A_CALL, WorkerDied, each_done, get_ready, most_memory

__all__ = [
    "SECONDS_A_CALL",
    "Binding",
    "Bookmark",
    "Enclosed",
    "Fault",
    "Folios",
    "Line",
    "Pressed",
    "Rendering",
    "TooLarge",
    "Unfit",
    "WorkerDied",
    "bind",
    "each_done",
    "first_page_png",
    "get_ready",
    "is_rtl",
    "missing_glyphs",
    "most_memory",
    "page_numbers",
    "paper_for",
    "press",
    "render",
    "render_archived",
    "render_reported",
    "replace_missing",
    "shape",
    "stripped",
    "warm_up",
    "warn_of",
]
