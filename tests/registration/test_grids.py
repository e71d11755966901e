"""Many prices at once, and what of new prices is unusual: the rules, for any prices."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from conference.registration import grids
from conference.registration.grids import Odd

ROWS, COLUMNS = ("member", "other", "day"), ("early", "regular", "late")
prices = st.one_of(st.none(), st.integers(0, 200_000))
shares = st.integers(-grids.WHOLE_SHARE, 50_000)
steps = st.sampled_from([1, 5, 10, 50, 100, 500, 1000])
whole_grids = st.fixed_dictionaries({(row, column): prices for row in ROWS for column in COLUMNS})


def compared(before, after):
    return grids.oddities(before, after, columns=COLUMNS, members=[("member", "other")], parts=[("day", "other")])


@given(st.integers(1, 10_000_000), shares, steps)
def test_a_raised_price_is_the_nearest_multiple_of_the_step_and_never_below_nothing(minor, share, step):
    exact = Fraction(minor * (grids.WHOLE_SHARE + share), grids.WHOLE_SHARE)

    done = grids.raised(minor, share, step=step)

    assert done >= 0 and done % step == 0
    assert abs(done - exact) <= Fraction(step, 2)
    assert done - exact != Fraction(-step, 2)  # halves go up


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000), shares, steps)
def test_what_was_cheaper_stays_no_dearer(one, other, share, step):
    low, high = sorted((one, other))

    assert grids.raised(low, share, step=step) <= grids.raised(high, share, step=step)


@given(st.integers(0, 1_000_000), shares, shares, steps)
def test_a_greater_share_gives_no_lower_price(minor, one, other, step):
    low, high = sorted((one, other))

    assert grids.raised(minor, low, step=step) <= grids.raised(minor, high, step=step)


@given(whole_grids, shares, steps)
def test_what_is_free_and_what_is_not_sold_stays_so_and_the_rest_of_the_grid_too(cells, share, step):
    done = grids.raised_cells(cells, share, step=step, rows={"other"}, columns={"early"})

    assert set(grids.differences(cells, done)) <= {("other", "early")}
    if not cells["other", "early"]:
        assert done == cells
    assert grids.raised_cells(cells, 0, step=1) == cells


@given(whole_grids)
def test_a_copy_is_the_same_everywhere_and_nothing_else_changes(cells):
    row, column = grids.copied_row(cells, "other", "member"), grids.copied_column(cells, "early", "late")

    assert all(row["member", each] == cells["other", each] for each in COLUMNS)
    assert all(column[each, "late"] == cells[each, "early"] for each in ROWS)
    assert {key[0] for key in grids.differences(cells, row)} <= {"member"}
    assert {key[1] for key in grids.differences(cells, column)} <= {"late"}
    assert grids.copied_row(row, "other", "member") == row


@given(whole_grids, whole_grids)
def test_only_what_changes_is_unusual_and_each_oddity_is_true(before, after):
    found = compared(before, after)

    assert compared(after, after) == []
    changed = set(grids.differences(before, after))
    for each in found:
        assert (each.before, each.after) == (before[each.row, each.column], after[each.row, each.column])
        beside = {Odd.LATER_CHEAPER: (each.row, each.beside)}.get(each.odd, (each.beside, each.column))
        assert {(each.row, each.column), beside} & changed
        assert is_true(each, after, beside)


def is_true(each, after, beside):
    minor, other = after[each.row, each.column], after.get(beside)
    match each.odd:
        case Odd.NOT_SOLD:
            return minor is None and each.before is not None
        case Odd.FREE:
            return minor == 0 and each.before != 0
        case Odd.MUCH_DEARER:
            return minor >= 10 * each.before > 0
        case Odd.MUCH_CHEAPER:
            return 0 < 10 * minor <= each.before
        case Odd.MEMBERS_ONLY:
            return minor is not None and other is None
        case Odd.LATER_CHEAPER:
            return minor < other and COLUMNS.index(each.beside) < COLUMNS.index(each.column)
        case Odd.MEMBER_DEARER | Odd.PART_DEARER:
            return minor > other


def test_every_oddity_is_found_once_and_in_the_order_of_the_grid():
    before = {(row, column): 10_000 for row in ROWS for column in COLUMNS}
    after = before | {
        ("member", "early"): 100_000,
        ("member", "regular"): 1_000,
        ("other", "regular"): 0,
        ("other", "late"): None,
        ("day", "early"): 10_001,
    }

    assert [(each.odd, each.row, each.column) for each in compared(before, after)] == [
        ("much_dearer", "member", "early"),
        ("member_dearer", "member", "early"),
        ("much_cheaper", "member", "regular"),
        ("member_dearer", "member", "regular"),
        ("later_cheaper", "member", "regular"),
        ("members_only", "member", "late"),
        ("free", "other", "regular"),
        ("later_cheaper", "other", "regular"),
        ("not_sold", "other", "late"),
        ("part_dearer", "day", "early"),
        ("part_dearer", "day", "regular"),
        ("later_cheaper", "day", "regular"),
    ]
