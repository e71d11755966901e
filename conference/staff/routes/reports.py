"""Reports on a meeting's registrations, places and money, on the screen and for spreadsheets."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings
from conference.kernel import clock
from conference.registration import State
from conference.staff import lists, report_charts, reporting, reporting_days, reporting_money
from conference.staff.access import office, registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, xlsx_response

BY_DAY = "day"


@bp.get("/reports/<code>")
@allow(office)
def reports(code):
    """Registrations over time and by what they are, as pictures and tables whose numbers lead to their lists."""
    meeting = meeting_of(code)
    other, today = _last_before(meeting), clock.now().astimezone(meeting.zone).date()
    here, there = reporting_days.curve_of(meeting), other and reporting_days.curve_of(other)
    tables = {subject: reporting.report(meeting, subject) for subject in reporting.SUBJECTS}
    return render_template(
        "staff/reports/index.html",
        meeting=meeting,
        titles=reporting.titles(),
        days=tables.pop(BY_DAY),
        columns=report_charts.columns(meeting, reporting_days.stretches(reporting_days.days_of(meeting), today=today)),
        curves=report_charts.curves(here, there, today),
        weeks=list(reporting_days.weeks_before(here, there, today)),
        tables={subject: report_charts.bars(meeting, rows) for subject, rows in tables.items()},
        other=other,
        compared=(here.until(today), there.until(_as_long_before(meeting, other, today))) if other else None,
        confirmed=str(State.CONFIRMED),
        held=str(State.HELD),
    )


@bp.get("/reports/<code>/places")
@allow(office)
def places_report(code):
    """How full everything is that has a number of places."""
    meeting = meeting_of(code)
    rows = report_charts.places(meeting, lists.pools(meeting))
    return render_template("staff/reports/places.html", meeting=meeting, rows=rows, may_wait=registrar(current_user))


@bp.get("/reports/<code>/money")
@allow(office)
def money_report(code):
    """What is paid, what was kept, what came and went each day; and that all of it ties out."""
    meeting = meeting_of(code)
    days, today = reporting_money.by_day(meeting), clock.now().astimezone(meeting.zone).date()
    titles = {
        "money-by-category": _("By category"),
        "money-by-window": _("By the price at which the ticket was sold"),
    }
    rows = {subject: _BROUGHT[subject](meeting) for subject in titles}
    return render_template(
        "staff/reports/money.html",
        meeting=meeting,
        tables={key: (titles[key], rows[key], reporting_money.together(meeting, rows[key])) for key in titles},
        days=days,
        columns=report_charts.passed(days, today),
        tied=reporting_money.tied(meeting),
    )


_BROUGHT = {"money-by-category": reporting_money.by_category, "money-by-window": reporting_money.by_window}


_SUBJECT = (
    "any('category','day','country','code','add-on','price','mode','places',"
    "'money-by-category','money-by-window','money-by-day'):subject"
)


@bp.get(f"/reports/<code>/<{_SUBJECT}>.<any(csv,xlsx):kind>")
@allow(office)
def report_file(code, subject, kind):
    """One report as a table."""
    meeting = meeting_of(code)
    header, rows = _table(meeting, subject)
    name = f"{meeting.code}-{subject if '-by-' in subject else f'by-{subject}'}.{kind}"
    if kind == "csv":
        return csv_response(name, header, [[getattr(each, "decimal_text", each) for each in row] for row in rows])
    return xlsx_response(name, meeting.code, header, rows)


def _table(meeting, subject):
    """(header, rows of values) of a report."""
    if subject == "places":
        return _places(meeting)
    if subject == "money-by-day":
        header = [_("Day"), _("Received"), _("Sent back"), _("Difference")]
        return header, [
            (each.day.isoformat(), each.received, each.refunded, each.left) for each in reporting_money.by_day(meeting)
        ]
    if subject in _BROUGHT:
        header = ["", _("Paid"), _("Kept of what ended"), _("Together"), _("To be paid")]
        return header, [(each.label, each.paid, each.kept, each.all, each.owed) for each in _BROUGHT[subject](meeting)]
    if subject not in reporting.SUBJECTS:
        abort(404)
    header = [reporting.titles()[subject], _("Registered"), _("Waiting for payment"), _("Together")]
    return header, [(row.label, row.confirmed, row.held, row.all) for row in reporting.report(meeting, subject)]


def _places(meeting):
    header = [_("Places"), _("There are"), _("Sold"), _("Held"), _("Offered"), _("Free"), _("People waiting")]
    rows = [
        (
            pool.name,
            pool.places,
            *(states.get(each, 0) for each in ("kept", "held", "offered")),
            pool.free,
            pool.waiting,
        )
        for pool, states in lists.pools(meeting)
    ]
    return header, [["" if each is None else each for each in row] for row in rows]


def _last_before(meeting):
    """The meeting that came before, or None."""
    earlier = [each for each in meetings.all_meetings() if each.starts < meeting.starts]
    return max(earlier, key=lambda each: each.starts, default=None)


def _as_long_before(meeting, other, today):
    """The day that was as long before the beginning of the other meeting."""
    return other.starts + (today - meeting.starts)
