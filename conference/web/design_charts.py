"""The charts that the design page shows, of numbers that mean nothing."""

from conference.web import charts

WEEKS = ("2 Nov", "9 Nov", "16 Nov", "23 Nov", "30 Nov", "7 Dec", "14 Dec")


def columns():
    """Columns of two parts."""
    counts = zip((41, 96, 120, 64, 32, 18, 75), (3, 0, 8, 4, 2, 0, 11), WEEKS, strict=True)
    rows = [
        [(done, "registered", f"{week}: {done}", "#chart"), (held, "held", f"{week}: {held}", "#chart")]
        for done, held, week in counts
    ]
    return charts.columns(rows, WEEKS)


def curves():
    """Two lines, one of which has not come to its end."""
    ours, theirs = [(-180, 0), (-160, 310), (-120, 900), (-90, 1480)], [(-180, 0), (-120, 600), (-60, 1700), (0, 2960)]
    names = [(-180, "180 days before"), (-120, "120"), (-60, "60"), (0, "first day")]
    return charts.lines([("earlier", theirs), ("registered", ours)], names, first=-180, last=0)


def bars():
    """Bars of one, two and three parts."""
    rows = [(62, 4, 0, 0), (18, 0, 0, 48), (20, 2, 1, 0)]
    kinds = ("registered", "held", "offered", "free")
    return [
        charts.bar([(count, kind, f"{kind}: {count}", None) for count, kind in zip(row, kinds, strict=True)], 66)
        for row in rows
    ]
