"""The list of a meeting's registrations, on the screen and for spreadsheets."""

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from conference import audit, meetings, registration
from conference.kernel import clock, transaction
from conference.registration import Mode, mode_name, span_name
from conference.staff import belonging, catalogue, columns, exporting, gathering, listing, views
from conference.staff.access import office, registrar
from conference.staff.bulk import results
from conference.staff.bulk.acts import ACTS
from conference.staff.routes.blueprint import bp
from conference.staff.words import ORDER_STATES, STATES
from conference.web import allow, csv_response, page_number, paginate, xlsx_response


@bp.get("/registrations/<code>")
@allow(office)
def registrations(code):
    """Searched, filtered, sorted and paged by the address; without any wish, the view that this person sees first."""
    meeting = meeting_of(code)
    saved = views.views_of(meeting, current_user.person)
    usual = next((each for each in saved if each.is_usual and each.person_id == current_user.person.id), None)
    if usual and not request.args:
        return redirect(url_for(".registrations", code=meeting.code, view=usual.ref, **usual.asked))
    return _show(listed_by_request(meeting), saved)


@bp.get("/registrations/<code>/export.csv")
@allow(office)
def export_registrations(code):
    """All that is known of the registrations that the list shows; `answers=yes` adds what they answered."""
    listed = listed_by_request(meeting_of(code))
    with_answers = request.args.get("answers") == "yes"
    if with_answers and not registrar(current_user):
        abort(403)
    _remember(listed, answers=with_answers)
    header, rows = exporting.whole(listed, with_answers=with_answers)
    return csv_response(_file_name(listed, "csv"), header, rows)


@bp.get("/registrations/<code>/list.csv")
@allow(office)
def list_as_csv(code):
    """Exactly what the list shows under the same address, all pages of it."""
    listed = listed_by_request(meeting_of(code))
    _remember(listed)
    header, rows = exporting.as_shown(listed)
    return csv_response(_file_name(listed, "csv"), header, rows)


@bp.get("/registrations/<code>/list.xlsx")
@allow(office)
def list_as_workbook(code):
    """The same as a workbook."""
    listed = listed_by_request(meeting_of(code))
    _remember(listed)
    header, rows = exporting.as_shown(listed)
    name = _file_name(listed, "xlsx")
    return xlsx_response(name, listed.meeting.code, header, rows, zone=listed.meeting.zone)


def meeting_of(code):
    """The meeting that the address names; 404 when there is none."""
    return meetings.by_code(code) or abort(404)


def listed_by_request(meeting):
    """The Listing that the address asks for; answers are for registration alone."""
    return listing.Listing(meeting, request.args, with_answers=bool(registrar(current_user)))


def _show(listed, saved):
    meeting = listed.meeting
    counts = listed.counts_by_state()
    total = counts.get(listed.wish.state, 0) if listed.wish.state else sum(counts.values())
    page = paginate(listed.registrations(), number=page_number(), total=total)
    sources = {"line", *columns.sources_of(listed.shown)}
    return render_template(
        "staff/registrations.html",
        meeting=meeting,
        others=[each for each in meetings.all_meetings() if each.id != meeting.id],
        listed=listed,
        wish=listed.wish,
        page=page,
        rows=gathering.rows_of(meeting, page.items, sources=sorted(sources), questions=listed.questions),
        groups=columns.groups_of(listed.columns),
        saved=saved,
        counts=counts,
        states=STATES,
        order_states=ORDER_STATES,
        offered=_offered(meeting),
        acts=ACTS.values(),
        unfinished=results.unfinished(meeting),
        mode_name=mode_name,
        span_name=span_name,
    )


def _offered(meeting):
    """What the filters offer."""
    return {
        "categories": registration.categories_of(meeting, all_of_them=True),
        "add_ons": registration.add_ons_of(meeting, all_of_them=True),
        "codes": listing.codes_used(meeting),
        "invited": belonging.kinds_of(meeting),
        "groups": belonging.groups_of(meeting),
        "exhibitors": registration.exhibitors.queries.names_of(meeting),
        "spans": registration.spans_of(meeting.starts, meeting.ends),
        "countries": listing.countries(meeting),
        "modes": list(Mode),
        "pools": catalogue.pools_of(meeting),
        "windows": meeting.windows,
    }


def _remember(listed, **facts):
    """Who took which list along, and when."""
    with transaction():
        after = {**listed.wish.filtering, **facts}
        audit.record(
            by=current_user.person, verb="exported registrations", subject=listed.meeting, now=clock.now(), after=after
        )


def _file_name(listed, ending):
    return f"{listed.meeting.code}-registrations-{clock.now().date().isoformat()}.{ending}"
