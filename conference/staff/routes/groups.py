"""The groups of a meeting at the desk: who pays for how many, what is paid and owed, who still misses something."""

from flask import render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from conference import audit
from conference.kernel import clock, transaction
from conference.registration import groups as found_groups
from conference.staff import group_list
from conference.staff.access import office
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, page_number, paginate, xlsx_response

VIEWS = {
    "": _l("All"),
    "unordered": _l("Seats not ordered"),
    "owed": _l("Something owed"),
    "missing": _l("Data still missing"),
    "declined": _l("Paid, and declined"),
}


@bp.get("/groups/<code>")
@allow(office)
def groups(code):
    """Searched, sorted and paged by the address."""
    meeting, wish = meeting_of(code), group_list.group_wish_of(request.args)
    counts = found_groups.counts_by_view(meeting, text=wish.q)
    page = paginate(
        found_groups.tallied(meeting, **wish.select), number=page_number(), scalars=False, total=counts[wish.view]
    )
    rows = [found_groups.as_tally(row) for row in page.items]
    return render_template(
        "staff/groups.html", meeting=meeting, wish=wish, page=page, rows=rows, counts=counts, views=VIEWS
    )


@bp.get("/groups/<code>/list.csv")
@allow(office)
def groups_as_csv(code):
    """The groups that the list shows under the same address, all pages of it."""
    meeting, header, rows = _table(code, group_list.table)
    return csv_response(_file_name(meeting, "groups", "csv"), header, rows)


@bp.get("/groups/<code>/list.xlsx")
@allow(office)
def groups_as_workbook(code):
    """The same as a workbook."""
    meeting, header, rows = _table(code, group_list.table)
    name = _file_name(meeting, "groups", "xlsx")
    return xlsx_response(name, meeting.code, header, rows, zone=meeting.zone)


@bp.get("/groups/<code>/seats.csv")
@allow(office)
def group_seats_as_csv(code):
    """Every seat of these groups."""
    meeting, header, rows = _table(code, group_list.seat_table)
    return csv_response(_file_name(meeting, "seats", "csv"), header, rows)


@bp.get("/groups/<code>/seats.xlsx")
@allow(office)
def group_seats_as_workbook(code):
    """The same as a workbook."""
    meeting, header, rows = _table(code, group_list.seat_table)
    return xlsx_response(_file_name(meeting, "seats", "xlsx"), meeting.code, header, rows, zone=meeting.zone)


def _table(code, build):
    """(meeting, header, rows), and who took it along is remembered."""
    meeting, wish = meeting_of(code), group_list.group_wish_of(request.args)
    with transaction():
        audit.record(by=current_user.person, verb="exported groups", subject=meeting, now=clock.now(), after=wish.asked)
    return meeting, *build(meeting, wish)


def _file_name(meeting, what, ending):
    return f"{meeting.code}-{what}-{clock.now().date().isoformat()}.{ending}"
