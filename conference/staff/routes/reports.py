"""Reports on a meeting's registrations, on the screen and for spreadsheets."""

from flask import abort, render_template
from flask_babel import gettext as _

from conference import meetings
from conference.kernel import clock
from conference.registration import State
from conference.staff import reporting
from conference.staff.access import office
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, xlsx_response


@bp.get("/reports/<code>")
@allow(office)
def reports(code):
    """Every report as a table whose numbers lead to their lists."""
    meeting = meeting_of(code)
    earlier = [each for each in meetings.all_meetings() if each.starts < meeting.starts]
    other = max(earlier, key=lambda each: each.starts, default=None)
    return render_template(
        "staff/reports.html",
        meeting=meeting,
        titles=reporting.titles(),
        tables={subject: reporting.report(meeting, subject) for subject in reporting.SUBJECTS},
        other=other,
        compared=reporting.before(meeting, other, clock.now()) if other else None,
        confirmed=str(State.CONFIRMED),
        held=str(State.HELD),
    )


@bp.get("/reports/<code>/<any('category','day','country','code','add-on','price','mode'):subject>.<any(csv,xlsx):kind>")
@allow(office)
def report_file(code, subject, kind):
    """One report as a table."""
    meeting = meeting_of(code)
    if subject not in reporting.SUBJECTS:
        abort(404)
    header = [reporting.titles()[subject], _("Registered"), _("Waiting for payment"), _("Together")]
    rows = [(row.label, row.confirmed, row.held, row.all) for row in reporting.report(meeting, subject)]
    name = f"{meeting.code}-by-{subject}.{kind}"
    return csv_response(name, header, rows) if kind == "csv" else xlsx_response(name, meeting.code, header, rows)
