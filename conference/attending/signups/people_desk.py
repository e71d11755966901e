"""The people of a session at the desk: added, taken out, ticked off, exported, printed for the door."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, pdf, people, registration
from conference.attending.blueprints import AT_THE_DOOR, PEOPLE, desk, draft_session
from conference.attending.signups import actions, listing, queries
from conference.attending.signups.desk import page_with_add_form
from conference.attending.signups.forms import AddForm
from conference.attending.signups.rules import SeatState
from conference.kernel import Refusal, clean_line, clock, db, transaction
from conference.web import allow, csv_response, refuse_into, xlsx_response


@desk.post("/sessions/<int:number>/sign-up/people")
@allow(PEOPLE)
def add_person(code, number):
    """Give a registered person a place."""
    meeting, _session, row = _row(code, number)
    form = AddForm.of_request()
    if not form.validate():
        return page_with_add_form(code, number, form), 422
    try:
        with transaction():
            entry = _entry(meeting, form.email.data)
            actions.add(entry, row, meeting=meeting, reason=form.reason.data, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return page_with_add_form(code, number, form), 409
    flash(_("They have a place; a letter is on its way."), "good")
    return _back(code, number)


@desk.post("/sessions/<int:number>/sign-up/people/<int:session_seat_id>/out")
@allow(PEOPLE)
def take_out(code, number, session_seat_id):
    """Take somebody out, with a reason."""
    meeting, _session, row = _row(code, number)
    reason = clean_line(request.form.get("reason", ""))[:300]
    if not reason:
        raise Refusal(_("Say why: it stands in the letter that they get."))
    with transaction():
        seat = queries.seat_by_id(row, session_seat_id) or abort(404)
        actions.remove(seat, meeting=meeting, reason=reason, by=current_user.person, now=clock.now())
    flash(_("Taken out; a letter is on its way."), "good")
    return _back(code, number)


@desk.post("/sessions/<int:number>/sign-up/people/<int:session_seat_id>/came")
@allow(AT_THE_DOOR)
def tick(code, number, session_seat_id):
    """Tick somebody off at the door, or take the tick away (came=0)."""
    _meeting, _session, row = _row(code, number)
    with transaction():
        seat = queries.seat_by_id(row, session_seat_id) or abort(404)
        actions.came(seat, request.form.get("came") != "0", now=clock.now())
    return redirect(url_for(".door", code=code, number=number) + f"#seat-{session_seat_id}", 303)


@desk.get("/sessions/<int:number>/door")
@allow(AT_THE_DOOR)
def door(code, number):
    """Who has a place, to be ticked off."""
    meeting, session, row = _row(code, number)
    return render_template("attending/desk/door.html", meeting=meeting, session=session, row=row, seats=_seated(row))


@desk.get("/sessions/<int:number>/door-list.pdf")
@allow(AT_THE_DOOR)
def door_list(code, number):
    """The same on paper."""
    meeting, session, row = _row(code, number)
    html = render_template(
        "attending/desk/door_list.html", meeting=meeting, session=session, row=row, seats=_seated(row),
        language=str(get_locale()), now=clock.now(),
    )  # fmt: skip
    name = f"door-{meeting.code}-{session.number}.pdf"
    headers = {"Content-Type": "application/pdf", "Content-Disposition": f'inline; filename="{name}"'}
    return pdf.render(html), 200, headers | {"Cache-Control": "no-store"}


@desk.get("/sessions/<int:number>/sign-up.csv")
@allow(PEOPLE)
def export_people(code, number):
    """The people that are wished for, as CSV."""
    meeting, session, row = _row(code, number)
    _note(session)
    return csv_response(_file(meeting, session, "csv"), *listing.people_table(row, listing.people_wish_of_request()))


@desk.get("/sessions/<int:number>/sign-up.xlsx")
@allow(PEOPLE)
def export_people_workbook(code, number):
    """The same as a workbook."""
    meeting, session, row = _row(code, number)
    _note(session)
    name, table = _file(meeting, session, "xlsx"), listing.people_table(row, listing.people_wish_of_request())
    return xlsx_response(name, _("People"), *table, zone=meeting.zone)


def _row(code, number):
    meeting, session = draft_session(code, number)
    return meeting, session, queries.of_item(meeting.id, session.guid) or abort(404)


def _entry(meeting, email):
    person = people.by_email(email.strip().lower())
    entry = registration.registration_in(meeting, person) if person else None
    if entry is None:
        raise Refusal(_("Nobody with this address is registered for the meeting."), field="email")
    return entry


def _seated(row):
    wish = listing.PeopleWish(state=str(SeatState.TAKEN), sort="name")
    return list(db.session.scalars(listing.people(row, wish)))


def _note(session):
    with transaction():
        audit.record(by=current_user.person, verb="downloaded who signed up for", subject=session, now=clock.now())


def _file(meeting, session, ending):
    return f"sign-up-{meeting.code}-{session.number}-{clock.now():%Y-%m-%d}.{ending}"


def _back(code, number):
    return redirect(url_for(".sign_up", code=code, number=number) + "#people", 303)
