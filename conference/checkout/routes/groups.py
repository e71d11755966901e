"""A group, as whoever pays for it sees it: made, changed, its seats and its orders. Staff act on its behalf by the same pages."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference import accounts, meetings
from conference.checkout import seat_news
from conference.checkout.routes.blueprint import bp
from conference.checkout.routes.group_page import asked_for, show_group, table_of
from conference.kernel import Refusal, clock, transaction
from conference.registration import groups
from conference.web import allow, csv_response, refuse_into, signed_in, staff, xlsx_response

registrar = staff("registration")


@bp.get("/meetings/<code>/group")
@allow(signed_in)
def my_groups(code):
    """The reader's groups of a meeting, and a form for a new one."""
    return _show_list(public_meeting(code), groups.GroupForm(formdata=None, name=current_user.person.institution))


@bp.post("/meetings/<code>/group")
@allow(signed_in)
def make_group(code):
    """A new group."""
    meeting, form, person = public_meeting(code), groups.GroupForm.of_request(), current_user.person
    if not form.validate():
        return _show_list(meeting, form), 422
    try:
        with transaction():
            accounts.claim("group-act", person.id, now=clock.now())
            made = groups.make(meeting=meeting, coordinator=person, by=person, now=clock.now(), **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_list(meeting, form), 409
    return redirect(url_for(".group", code=code, group_ref=made.ref), 303)


@bp.get("/meetings/<code>/group/<ref:group_ref>")
@allow(signed_in)
def group(code, group_ref):
    """Its seats, its orders, and what can be done."""
    return show_group(own_group(code, group_ref))


@bp.get("/meetings/<code>/group/<ref:group_ref>/seats.csv")
@allow(signed_in)
def seats_as_csv(code, group_ref):
    """The seats that the page shows under the same address, all pages of them."""
    found = own_group(code, group_ref)
    header, rows = table_of(found, groups.narrowed(groups.seats_of(found), **asked_for()))
    return csv_response(_file_name(found, "csv"), header, ([_plain(value) for value in row] for row in rows))


@bp.get("/meetings/<code>/group/<ref:group_ref>/seats.xlsx")
@allow(signed_in)
def seats_as_workbook(code, group_ref):
    """The same as a workbook."""
    found = own_group(code, group_ref)
    header, rows = table_of(found, groups.narrowed(groups.seats_of(found), **asked_for()))
    return xlsx_response(_file_name(found, "xlsx"), found.meeting.code, header, rows, zone=found.meeting.zone)


@bp.post("/meetings/<code>/group/<ref:group_ref>/remind")
@allow(signed_in)
def remind_group(code, group_ref):
    """A letter to each who has still something to fill in."""
    found, now = own_group(code, group_ref), clock.now()
    try:
        with transaction():
            missing = groups.begin_reminder(found, by=current_user.person, now=now)
            for seated in missing:
                seat_news.reminder(seated.seat, found, now=now)
    except Refusal as refusal:
        return show_group(own_group(code, group_ref), refusal=refusal), 409
    flash(
        ngettext("%(num)s person is reminded by letter.", "%(num)s people are reminded by letter.", len(missing)),
        "good",
    )
    return to_group(found)


@bp.get("/meetings/<code>/group/<ref:group_ref>/details")
@allow(signed_in)
def group_details(code, group_ref):
    """Whom the statement names."""
    found = own_group(code, group_ref)
    return _show_details(found, groups.GroupForm(obj=found))


@bp.post("/meetings/<code>/group/<ref:group_ref>/details")
@allow(signed_in)
def change_group(code, group_ref):
    """Keep it."""
    found, form = own_group(code, group_ref), groups.GroupForm.of_request()
    if not form.validate():
        return _show_details(found, form), 422
    with transaction():
        groups.change(found, by=current_user.person, now=clock.now(), **form.facts())
    flash(_("Saved. Statements show it from now on."), "good")
    return to_group(found)


@bp.post("/meetings/<code>/group/<ref:group_ref>/link")
@allow(signed_in)
def open_group_link(code, group_ref):
    """A new roster link."""
    found, form = own_group(code, group_ref), groups.LinkForm.of_request()
    if not form.validate():
        return show_group(found, link_form=form), 422
    with transaction():
        groups.open_link(found, most=form.most.data, by=current_user.person, now=clock.now())
    flash(_("The link is open. Send it to those who shall enter themselves."), "good")
    return to_group(found)


@bp.post("/meetings/<code>/group/<ref:group_ref>/link/close")
@allow(signed_in)
def close_group_link(code, group_ref):
    """Nobody enters themselves any more."""
    found = own_group(code, group_ref)
    with transaction():
        groups.close_link(found, by=current_user.person, now=clock.now())
    flash(_("The link is closed."), "good")
    return to_group(found)


def public_meeting(code):
    """The meeting that the address names; 404 when the public does not see it."""
    meeting = meetings.by_code(code)
    return meeting if meeting is not None and meeting.is_public else abort(404)


def own_group(code, group_ref):
    """The reader's group, or any group for the registration desk; 404 otherwise."""
    meeting = meetings.by_code(code) or abort(404)
    found = groups.group_of(meeting, current_user.person, group_ref)
    if found is None and registrar(current_user):
        found = groups.by_ref(meeting, group_ref)
    return found or abort(404)


def is_own(found):
    """Whether the reader pays for the group, rather than acting for it at the desk."""
    return found.coordinator_id == current_user.person.id


def to_group(found):
    """Back to the group."""
    return redirect(url_for("checkout.group", code=found.meeting.code, group_ref=found.ref), 303)


def _show_list(meeting, form):
    mine = groups.tallies(meeting, coordinator=current_user.person)
    return render_template("checkout/groups/mine.html", meeting=meeting, tallies=mine, form=form)


def _show_details(found, form):
    return render_template("checkout/groups/details.html", group=found, meeting=found.meeting, form=form)


def _file_name(found, ending):
    return f"{found.meeting.code}-seats-{found.ref}.{ending}"


def _plain(value):
    """A value as CSV has it: amounts as plain numbers."""
    return value.decimal_text if hasattr(value, "decimal_text") else value
