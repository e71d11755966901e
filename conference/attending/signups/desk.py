"""Sign-up at the desk: which sessions need it, on what terms, and who comes."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, meetings
from conference.attending import held
from conference.attending.blueprints import PEOPLE, desk, draft_session
from conference.attending.signups import listing, queries, setting, words
from conference.attending.signups.forms import AddForm, SignUpForm
from conference.attending.typed import categories, instant, local
from conference.kernel import Refusal, clock, transaction
from conference.web import (
    allow,
    csv_response,
    page_number,
    paginate,
    refuse_into,
    staff,
    xlsx_response,
)


@desk.get("/attending")
@allow(PEOPLE)
def index(code):
    """Every session of the draft with its sign-up."""
    meeting, wish = meetings.by_code(code) or abort(404), listing.wish_of_request()
    page = paginate(listing.listed(meeting, wish), number=page_number(), scalars=False)
    return render_template("attending/desk/index.html", meeting=meeting, wish=wish, page=page)


@desk.get("/attending.csv")
@allow(PEOPLE)
def export(code):
    """What is wished for, as CSV."""
    meeting = meetings.by_code(code) or abort(404)
    return csv_response(_file("sign-ups", meeting, "csv"), *listing.table(meeting, listing.wish_of_request()))


@desk.get("/attending.xlsx")
@allow(PEOPLE)
def export_workbook(code):
    """What is wished for, as a workbook."""
    meeting = meetings.by_code(code) or abort(404)
    name, table = _file("sign-ups", meeting, "xlsx"), listing.table(meeting, listing.wish_of_request())
    return xlsx_response(name, _("Sign-up"), *table, zone=meeting.zone)


@desk.get("/sessions/<int:number>/sign-up")
@allow(PEOPLE)
def sign_up(code, number):
    """The terms of a session's sign-up, and its people."""
    meeting, session = draft_session(code, number)
    row = queries.of_item(meeting.id, session.guid)
    return _page(meeting, session, row, _filled(meeting, session, row), AddForm())


@desk.post("/sessions/<int:number>/sign-up")
@allow(staff("programme"))
def save(code, number):
    """Write the terms."""
    meeting, session = draft_session(code, number)
    form = _with_choices(SignUpForm.of_request(), meeting)
    if not form.validate():
        return _again(code, number, form), 422
    try:
        with transaction():
            setting.save(
                session,
                meeting=meeting,
                version=form.version.data or 0,
                places=form.places.data,
                has_list=form.has_list.data,
                opens_at=instant(form.opens_at.data, meeting),
                closes_at=instant(form.closes_at.data, meeting),
                only_for=form.only_for.data,
                by=current_user.person,
                now=clock.now(),
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _again(code, number, form), 409
    flash(_("Saved. The session’s page shows it within half a minute."), "good")
    return redirect(url_for(".sign_up", code=code, number=number), 303)


@desk.post("/sessions/<int:number>/sign-up/end")
@allow(staff("programme"))
def stop(code, number):
    """No sign-up any more."""
    meeting, session = draft_session(code, number)
    with transaction():
        setting.stop(session, meeting=meeting, by=current_user.person, now=clock.now())
    flash(_("This session needs no sign-up any more."), "good")
    return redirect(url_for(".sign_up", code=code, number=number), 303)


def page_with_add_form(code, number, form):
    """The page of a session's sign-up with a form for adding that was not taken."""
    meeting, session = draft_session(code, number)
    row = queries.of_item(meeting.id, session.guid)
    return _page(meeting, session, row, _filled(meeting, session, row), form)


def _filled(meeting, session, row):
    if row is None:
        form = SignUpForm(places=session.capacity or None, has_list=True, version=0)
    else:
        form = SignUpForm(
            obj=row, opens_at=local(row.opens_at, meeting), closes_at=local(row.closes_at, meeting)
        )  # fmt: skip
    return _with_choices(form, meeting)


def _with_choices(form, meeting):
    form.only_for.choices = categories(meeting)
    return form


def _again(code, number, form):
    """The page with what was typed upon what stands now: saving again replaces it knowingly."""
    meeting, session = draft_session(code, number)
    row = queries.of_item(meeting.id, session.guid)
    form.version.data, form.version.raw_data = row.version if row else 0, None
    return _page(meeting, session, row, _with_choices(form, meeting), AddForm())


def _page(meeting, session, row, form, add_form):
    wish = listing.people_wish_of_request()
    return render_template(
        "attending/desk/sign_up.html",
        meeting=meeting,
        session=session,
        row=row,
        is_held=session.guid in held.held_in(held.programme_of(meeting)),
        form=form,
        add_form=add_form,
        wish=wish,
        page=paginate(listing.people(row, wish), number=page_number()) if row else None,
        turns=listing.turns(row) if row else {},
        words=words,
        story=audit.happenings(audit.story_of(session, limit=10)),
    )


def _file(what, meeting, ending):
    return f"{what}-{meeting.code}-{clock.now():%Y-%m-%d}.{ending}"
