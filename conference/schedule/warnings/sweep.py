"""One sweep over sorted starts: which entries share time, and which follow each other within a reach."""

from datetime import timedelta
from operator import attrgetter

AT_ONCE = timedelta(0)


def are_apart(one, other, reach=AT_ONCE):
    """Whether `near` has nothing of two: told at once, as most people have no more."""
    return other.starts >= one.ends + reach or one.starts >= other.ends + reach


def near(spans, reach=AT_ONCE):
    """Yield (earlier, later) of all that has `starts` and `ends` where the later one starts before `reach` has passed since the earlier one's end."""
    running: list = []
    for span in sorted(spans, key=attrgetter("starts", "ends")):
        running = [each for each in running if span.starts < each.ends + reach]
        for each in running:
            yield each, span
        running.append(span)
