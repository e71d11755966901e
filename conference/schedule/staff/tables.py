"""The draft as tables to work on in a spreadsheet, and empty ones to begin with; both come back by the import page."""

from flask import Response
from flask_login import current_user

from conference import audit
from conference.kernel import clock, transaction
from conference.schedule.addressed import find_meeting
from conference.schedule.draft import load
from conference.schedule.formats import write_table, write_workbook
from conference.schedule.staff.blueprint import bp
from conference.web import allow, staff

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<code>/template.xlsx")
@allow(staff("programme"))
def template(code):
    """A workbook with the heads of the three tables and a sheet of help."""
    meeting = find_meeting(code)
    return _file(write_workbook(), f"{meeting.code}-template.xlsx", WORKBOOK)


@bp.get("/<code>/template/<any(sessions,presentations,authors):table>.csv")
@allow(staff("programme"))
def template_table(code, table):
    """One of the tables as CSV, its heads alone."""
    return _file(write_table(table), f"{find_meeting(code).code}-{table}.csv", "text/csv")


@bp.get("/<code>/draft.xlsx")
@allow(staff("programme"))
def workbook(code):
    """The draft as a workbook, with what is under embargo; that it was fetched is kept."""
    meeting = find_meeting(code)
    return _whole(meeting, write_workbook(load(meeting)), f"{meeting.code}-draft.xlsx", WORKBOOK)


@bp.get("/<code>/draft/<any(sessions,presentations,authors):table>.csv")
@allow(staff("programme"))
def draft_table(code, table):
    """One table of the draft as CSV, with what is under embargo; that it was fetched is kept."""
    meeting = find_meeting(code)
    return _whole(meeting, write_table(table, load(meeting)), f"{meeting.code}-draft-{table}.csv", "text/csv")


def _whole(meeting, body, name, kind):
    with transaction():
        audit.record(
            by=current_user.person,
            verb="downloaded the whole programme of",
            subject=meeting,
            now=clock.now(),
            note=name,
        )
    return _file(body, name, kind)


def _file(body, name, kind):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, mimetype=kind, headers=headers)
