"""The reports as pictures: each part says what it is and leads to its list."""

from flask import url_for
from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from conference.registration import State
from conference.staff import reporting_days
from conference.web import charts, day

HERE, THERE = "registered", "earlier"


def bars(meeting, rows):
    """[(row, [Part])] of the Figures of a report: registered, then waiting, the longest as long as the picture."""
    most = max((row.all for row in rows), default=0)
    return [(row, charts.bar(_parts(meeting, row.label, row.confirmed, row.held, row.asked), most)) for row in rows]


def columns(meeting, found):
    """The Chart of Stretches of days."""
    rows = [
        _parts(meeting, _days(each), each.confirmed, each.held, {"since": str(each.first), "until": str(each.last)})
        for each in found
    ]
    return charts.columns(rows, [format_date(each.first, "d MMM") for each in found])


def curves(here, there, today):
    """The Chart of how many were registered as long before the beginning, here and (or None) there."""
    ours = here.points(max([today, *here.days])) if here.days else []
    theirs = there.points(max(there.days)) if there is not None and there.days else []
    places = [place for place, _count in (*ours, *theirs)]
    if not places:
        return None
    first, last = min(places), max(*places, 0)
    names = [(place, _before(place)) for place in _round_places(first, last)]
    series = [(THERE, theirs), (HERE, ours)]
    return charts.lines(series, names, first=first, last=last, mark=0 if last > 0 else None)


def places(meeting, found):
    """[(pool, {state: how many}, [Part])] of the pools with a limit or without: sold, held, offered and free."""
    return [(pool, states, charts.bar(_of_pool(meeting, pool, states), _room(pool))) for pool, states in found]


def passed(days, today):
    """The Chart of what came and what went back (reporting_money.Passed), in whole units of the currency."""
    if not days:
        return None
    unit = 10 ** days[0].received.exponent
    found = reporting_days.stretches(
        {each.day: (each.received.minor, each.refunded.minor) for each in days}, today=today
    )
    rows = [
        [
            (
                came // unit,
                "registered",
                _("%(days)s: %(amount)s received", days=_days(each), amount=format_decimal(came // unit)),
                None,
            ),
            (
                went // unit,
                "back",
                _("%(days)s: %(amount)s sent back", days=_days(each), amount=format_decimal(went // unit)),
                None,
            ),
        ]
        for each, came, went in ((each, each.confirmed, each.held) for each in found)
    ]
    return charts.columns(rows, [format_date(each.first, "d MMM") for each in found], side_by_side=True)


def _parts(meeting, label, confirmed, held, asked):
    for count, kind, state in ((confirmed, "registered", State.CONFIRMED), (held, "held", State.HELD)):
        yield count, kind, _said(label, count, kind), _list(meeting, state=state, **asked)


def _of_pool(meeting, pool, states):
    for state, kind in (("kept", "registered"), ("held", "held"), ("offered", "offered")):
        count = states.get(state, 0)
        yield count, kind, _said(pool.name, count, kind), _list(meeting, pool=pool.id, place=state)
    yield pool.free or 0, "free", _said(pool.name, pool.free or 0, "free"), None


def _room(pool):
    """What fills the picture: the places that there are, or those that are taken where there is no limit."""
    return pool.taken if pool.places is None else max(pool.places, pool.taken)


def _list(meeting, **asked):
    return url_for("staff.registrations", code=meeting.code, **asked)


def _said(label, count, kind):
    words = {"what": label, "count": format_decimal(count)}
    return {
        "registered": _("%(what)s: %(count)s registered", **words),
        "held": _("%(what)s: %(count)s wait for payment", **words),
        "offered": _("%(what)s: %(count)s offered", **words),
        "free": _("%(what)s: %(count)s free", **words),
    }[kind]


def _days(stretch):
    if stretch.first == stretch.last:
        return day(stretch.first)
    return _("%(first)s to %(last)s", first=day(stretch.first), last=day(stretch.last))


def _before(place):
    if place == 0:
        return _("first day")
    return ngettext("%(num)s day before", "%(num)s days before", -place) if place < 0 else ""


def _round_places(first, last):
    """Some places before the beginning, in steps that are easy to count in, and the beginning."""
    step = next(each for each in (1, 2, 7, 14, 30, 60, 90, 180, 360, 720, 1440, 2880, 20_000) if -first / each <= 5)
    return sorted({0, *range(0, first - 1, -step)})
