"""The list of a meeting's registrations, on the screen and for spreadsheets."""

from datetime import date

from flask import abort, render_template, request
from flask_login import current_user

from conference import audit, meetings, registration
from conference.kernel import clean_line, clock, transaction
from conference.registration import Mode, State, mode_name, span_name
from conference.staff import exporting, listing
from conference.staff.access import office, registrar
from conference.staff.listing import PRICES, SORTS, Wish
from conference.staff.routes.blueprint import bp
from conference.staff.words import ORDER_STATES, STATES
from conference.web import allow, csv_response, page_number, paginate


@bp.get("/registrations/<code>")
@allow(office)
def registrations(code):
    """Searched, filtered, sorted and paged by the address."""
    meeting = meeting_of(code)
    wish = wish_of_request()
    page = paginate(listing.registrations(meeting, wish), number=page_number())
    return render_template(
        "staff/registrations.html",
        meeting=meeting,
        others=[each for each in meetings.all_meetings() if each.id != meeting.id],
        wish=wish,
        page=page,
        counts=listing.counts_by_state(meeting, wish),
        lines=listing.lines_of([entry.id for entry in page.items]),
        states=STATES,
        order_states=ORDER_STATES,
        categories=registration.categories_of(meeting, all_of_them=True),
        add_ons=registration.add_ons_of(meeting, all_of_them=True),
        spans=registration.spans_of(meeting.starts, meeting.ends),
        countries=listing.countries(meeting),
        modes=list(Mode),
        mode_name=mode_name,
        span_name=span_name,
    )


@bp.get("/registrations/<code>/export.csv")
@allow(office)
def export_registrations(code):
    """Exactly the registrations that the list shows under the same address; `answers=yes` adds what they answered."""
    meeting, wish = meeting_of(code), wish_of_request()
    with_answers = request.args.get("answers") == "yes"
    if with_answers and not registrar(current_user):
        abort(403)
    now = clock.now()
    with transaction():
        facts = {**wish.asked, "answers": with_answers}
        audit.record(by=current_user.person, verb="exported registrations", subject=meeting, now=now, after=facts)
    header, rows = exporting.table(meeting, wish, with_answers=with_answers)
    return csv_response(f"{meeting.code}-registrations-{now.date().isoformat()}.csv", header, rows)


def meeting_of(code):
    """The meeting that the address names; 404 when there is none."""
    return meetings.by_code(code) or abort(404)


def wish_of_request():
    """The wish in the address; what makes no sense there is left out."""
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in vars(Wish())}
    for name, known in (("state", list(State)), ("mode", list(Mode)), ("price", PRICES)):
        if asked[name] not in known:
            asked[name] = ""
    if asked["sort"].removeprefix("-") not in SORTS:
        asked["sort"] = Wish.sort
    asked["sold"] = _day(asked["sold"])
    return Wish(**asked)


def _day(text):
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return ""
    return found.isoformat() if 2000 <= found.year <= 2199 else ""
