"""The shapes of charts stay in their picture, and are as high as what they stand for."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from conference.web import charts

counts = st.integers(0, 50_000)
TOP, BASE = 8, 88


@given(st.integers(0, 10**9))
def test_a_scale_reaches_over_everything_in_a_few_round_steps(most):
    top, step = charts.scale(most)

    assert top >= most and top % step == 0 and 1 <= top // step <= 5
    assert top - most < step or most == 0
    assert str(step).rstrip("0") in ("1", "2", "5")


@given(st.lists(st.tuples(counts, counts), max_size=60))
def test_columns_stand_on_the_axis_beside_each_other_and_are_as_high_as_their_number(rows):
    chart = charts.columns([[(a, "a", "", None), (b, "b", "", None)] for a, b in rows], [""] * len(rows))

    top, _step = charts.scale(max((a + b for a, b in rows), default=0))
    drawn = [part for part in chart.parts if part.kind == "a"]
    assert len(chart.parts) == sum((a > 0) + (b > 0) for a, b in rows)
    for part, value in zip(drawn, [a for a, _b in rows if a], strict=True):
        assert abs(part.height - value / top * 80) < 0.01 and abs(part.y + part.height - BASE) < 0.01
    for part in chart.parts:
        assert part.x >= 0 and part.x + part.width <= 100.001 and part.y >= TOP - 0.01
    assert all(one.x + one.width <= other.x for one, other in itertools.pairwise(drawn))


@given(st.lists(st.tuples(st.integers(1, 9000), st.integers(1, 9000)), min_size=1, max_size=40))
def test_columns_side_by_side_do_not_cover_each_other(rows):
    chart = charts.columns(
        [[(a, "a", "", None), (b, "b", "", None)] for a, b in rows], [""] * len(rows), side_by_side=True
    )

    assert all(abs(part.y + part.height - BASE) < 0.01 for part in chart.parts)
    assert all(one.x + one.width <= other.x + 0.002 for one, other in zip(chart.parts, chart.parts[1:], strict=False))


@given(st.lists(counts, min_size=2, max_size=50), st.integers(-400, 0))
def test_lines_go_from_edge_to_edge_and_never_out_of_the_picture(values, first):
    points = [(first + number, value) for number, value in enumerate(values)]

    chart = charts.lines([("a", points)], [(first, "x")], first=first, last=points[-1][0])

    places = [tuple(map(float, each.split(","))) for each in chart.lines[0][1].split(" ")]
    assert (places[0][0], places[-1][0]) == (0, 100)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in places)


@given(st.lists(counts, max_size=6))
def test_a_bar_is_as_long_as_its_parts_together(values):
    parts = charts.bar([(value, "a", "", None) for value in values], sum(values))

    assert len(parts) == sum(value > 0 for value in values)
    assert abs(sum(part.width for part in parts) - (100 if sum(values) else 0)) < 0.02
    assert all(one.x + one.width <= other.x + 0.002 for one, other in itertools.pairwise(parts))


def test_few_labels_stand_under_many_columns_and_none_is_cut_at_an_edge():
    labels = charts.columns([[] for _number in range(45)], [str(number) for number in range(45)]).labels

    assert len(labels) <= 7 and [each.is_minor for each in labels] == [False, True] * 3 + [False] * (len(labels) - 6)
    assert (labels[0].anchor, labels[0].x) == ("start", 0)


def test_nothing_is_drawn_of_nothing():
    assert charts.columns([], []).parts == () and charts.lines([], [], first=0, last=0).lines == ()
    assert charts.bar([(0, "a", "", None)], 0) == []
