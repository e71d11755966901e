"""What is printed: badge faces fitted to A6 in any script, one at a time or a meeting's worth, as PDF.

Rendering takes faces, plain values; where they come from is not its business.
"""

from conference.badges.batch import Printed, render_badges
from conference.badges.render import Sheet, render_badge, render_badge_png, render_sheet, warm_up
from conference.badges.rules import BadgeFace, Ribbon, is_code, new_code

__all__ = [
    "BadgeFace",
    "Printed",
    "Ribbon",
    "Sheet",
    "is_code",
    "new_code",
    "render_badge",
    "render_badge_png",
    "render_badges",
    "render_sheet",
    "warm_up",
]
