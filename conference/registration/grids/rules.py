"""Filling in many cells of a grid of prices at once, and what of new prices is unusual: pure decisions on values.

Cells are {(row, column): minor units, or None for what has no price}; columns are price windows in the order of time.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

WHOLE_SHARE = 10_000  # hundredths of a percent


class Odd(StrEnum):
    """Why a price deserves a second look before it is saved."""

    NOT_SOLD = "not_sold"  # had a price, and has none any more
    MEMBERS_ONLY = "members_only"  # only members can buy it
    FREE = "free"
    MUCH_DEARER = "much_dearer"  # ten times as much as before, or more
    MUCH_CHEAPER = "much_cheaper"  # a tenth, or less
    MEMBER_DEARER = "member_dearer"  # members pay more than others
    PART_DEARER = "part_dearer"  # a day costs more than the whole meeting
    LATER_CHEAPER = "later_cheaper"  # waiting pays


@dataclass(frozen=True)
class Oddity:
    """One such price: what it is now, what it would be, and for a comparison the row or column that it is compared with."""

    odd: Odd
    row: Any
    column: Any
    before: int | None
    after: int | None
    beside: Any = None


def raised(minor, share, *, step):
    """An amount changed by `share` hundredths of a percent, rounded half up to a multiple of `step` minor units, never below zero.

    What is not sold stays so, and what is free stays free.
    """
    if not minor:
        return minor
    doubled = 2 * minor * (WHOLE_SHARE + share)
    return max((doubled + WHOLE_SHARE * step) // (2 * WHOLE_SHARE * step) * step, 0)


def raised_cells(cells, share, *, step, rows=None, columns=None):
    """The cells with every price in `rows` and `columns` (None: in all) raised."""
    return {
        key: raised(minor, share, step=step) if _is_meant(key, rows, columns) else minor for key, minor in cells.items()
    }


def copied_row(cells, source, target):
    """The cells with the row `target` as `source` is, what is not sold included."""
    return {(row, column): cells.get((source if row == target else row, column)) for row, column in cells}


def copied_column(cells, source, target):
    """The cells with the column `target` as `source` is."""
    return {(row, column): cells.get((row, source if column == target else column)) for row, column in cells}


def differences(before, after):
    """{key: (what it was, what it is)} of the cells that differ, in the order of `after`."""
    return {key: (before.get(key), minor) for key, minor in after.items() if before.get(key) != minor}


def oddities(before, after, *, columns, members=(), parts=()):
    """[Oddity] of what differs between two grids of what is really paid, row by row.

    `members` are pairs (row of members, row of others), `parts` pairs (row of a day, row of the whole meeting): the first is
    usually not the dearer one. Only a comparison in which something changed is looked at.
    """
    changed = set(differences(before, after))
    found = [
        *_of_one(before, after, changed),
        *_beside(before, after, changed, members, Odd.MEMBER_DEARER),
        *_beside(before, after, changed, parts, Odd.PART_DEARER),
        *_for_members_only(before, after, changed, members),
        *_in_time(before, after, changed, columns),
    ]
    order = {key: number for number, key in enumerate(after)}
    return sorted(found, key=lambda each: (order[each.row, each.column], list(Odd).index(each.odd)))


def _is_meant(key, rows, columns):
    row, column = key
    return (rows is None or row in rows) and (columns is None or column in columns)


def _of_one(before, after, changed):
    for row, column in changed:
        was, is_ = before.get((row, column)), after[row, column]
        odd = _odd(was, is_)
        if odd:
            yield Oddity(odd, row, column, was, is_)


def _odd(was, is_):
    if is_ is None:
        return Odd.NOT_SOLD
    if is_ == 0:
        return Odd.FREE
    if was and is_ >= 10 * was:
        return Odd.MUCH_DEARER
    if was and 10 * is_ <= was:
        return Odd.MUCH_CHEAPER
    return None


def _beside(before, after, changed, pairs, odd):
    for first, second in pairs:
        for column in {column for row, column in after if row == first}:
            mine, other = after.get((first, column)), after.get((second, column))
            is_new = {(first, column), (second, column)} & changed
            if is_new and mine is not None and other is not None and mine > other:
                yield Oddity(odd, first, column, before.get((first, column)), mine, beside=second)


def _for_members_only(before, after, changed, members):
    for first, second in members:
        for column in {column for row, column in after if row == first}:
            is_new = {(first, column), (second, column)} & changed
            if is_new and after.get((first, column)) is not None and after.get((second, column)) is None:
                minor = after[first, column]
                yield Oddity(Odd.MEMBERS_ONLY, first, column, before.get((first, column)), minor, beside=second)


def _in_time(before, after, changed, columns):
    for row in dict.fromkeys(row for row, _column in after):
        sold = [column for column in columns if after.get((row, column)) is not None]
        for earlier, later in pairwise(sold):
            is_new = {(row, earlier), (row, later)} & changed
            if is_new and after[row, later] < after[row, earlier]:
                yield Oddity(Odd.LATER_CHEAPER, row, later, before.get((row, later)), after[row, later], beside=earlier)
