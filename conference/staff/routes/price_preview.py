"""Who would pay what on which date, on the screen and for spreadsheets."""

from datetime import date

from flask import render_template, request
from flask_babel import gettext as _

from conference import registration
from conference.kernel import clock
from conference.registration import WHOLE, Mode
from conference.staff.access import registrar
from conference.staff.price_preview import preview
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, xlsx_response


@bp.get("/prices/<code>/preview")
@allow(registrar)
def price_preview(code):
    """Categories down, dates across: now, when each later price begins, and a day of one's own."""
    meeting, asked = meeting_of(code), _asked(meeting_of(code))
    return render_template(
        "staff/prices/preview.html",
        meeting=meeting,
        asked=asked,
        shown=preview(meeting, now=clock.now(), **asked),
        spans=[(each, registration.span_name(each)) for each in _spans(meeting)],
        modes=[(str(mode), registration.mode_name(mode)) for mode in Mode],
    )


@bp.get("/prices/<code>/preview.csv")
@allow(registrar)
def price_preview_csv(code):
    """The same for a spreadsheet."""
    meeting = meeting_of(code)
    header, rows = _table(meeting)
    return csv_response(f"{meeting.code}-prices.csv", header, rows)


@bp.get("/prices/<code>/preview.xlsx")
@allow(registrar)
def price_preview_xlsx(code):
    """The same as a workbook."""
    meeting = meeting_of(code)
    header, rows = _table(meeting)
    return xlsx_response(f"{meeting.code}-prices.xlsx", meeting.code, header, rows, zone=meeting.zone)


def _table(meeting):
    shown = preview(meeting, now=clock.now(), **_asked(meeting))
    header = [_("Category"), *(label for _key, label in shown.columns)]
    rows = [[label, *(_text(shown.cells[key, name]) for name, _label in shown.columns)] for key, label in shown.rows]
    return header, rows


def _text(amount):
    return amount.decimal_text if amount is not None else ""


def _asked(meeting):
    """What the address asks for; nonsense is what is usual."""
    span, mode = request.args.get("span", ""), request.args.get("mode", "")
    return {
        "span": span if span in _spans(meeting) else WHOLE,
        "mode": mode if mode in set(Mode) else str(Mode.IN_PERSON),
        "on": _day(request.args.get("on", "")),
    }


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2199 else None


def _spans(meeting):
    return registration.spans_of(meeting.starts, meeting.ends)
