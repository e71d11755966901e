"""Grids of prices being edited: filled in at once, looked at before they are saved, saved as a whole, taken back.

What a grid is of (a category, an add-on) says `registration.category_prices` and `registration.extras`.
"""

from conference.registration.grids.rules import (
    WHOLE_SHARE,
    Odd,
    Oddity,
    copied_column,
    copied_row,
    differences,
    oddities,
    raised,
    raised_cells,
)
from conference.registration.grids.saving import Grid, Saved, last_saved, save, take_back, version_of

__all__ = [
    "Grid",
    "Odd",
    "Oddity",
    "Saved",
    "WHOLE_SHARE",
    "copied_column",
    "copied_row",
    "differences",
    "last_saved",
    "oddities",
    "raised",
    "raised_cells",
    "save",
    "take_back",
    "version_of",
]
