"""What is printed: badge faces fitted to A6 in any script, one at a time or a meeting's worth, as PDF.

Rendering takes faces, plain values. `face_of` makes one of a registration; print runs are rows that the worker carries out
(actions, printing), and every print is kept with a snapshot of what stood on it. This index loads the drawing alone: the
processes that print a run hold nothing else in memory.
"""

from conference.badges.batch import Printed, render_badges
from conference.badges.choice import MOST_REFS
from conference.badges.faces import face_of, missing_glyphs
from conference.badges.render import Sheet, render_badge, render_badge_png, render_sheet, warm_up
from conference.badges.rules import BadgeFace, Ribbon

__all__ = [
    "MOST_REFS",
    "BadgeFace",
    "Printed",
    "Ribbon",
    "Sheet",
    "face_of",
    "missing_glyphs",
    "render_badge",
    "render_badge_png",
    "render_badges",
    "render_sheet",
    "warm_up",
]
