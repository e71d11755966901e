"""Warnings of a programme at the desk: what is wrong or doubtful in the draft, and what may stand."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import schedule
from conference.kernel import clock, transaction
from conference.staff import recognising, warning_list, warning_words
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.warning_forms import AsideForm
from conference.web import allow, csv_response, staff


@bp.get("/schedule/<code>/warnings")
@allow(staff("programme"))
def programme_warnings(code):
    """Filtered and paged by the address; at first what has to be looked at, the gravest first."""
    meeting = meeting_of(code)
    wish, looked = warning_list.wish_of_request(), warning_list.look(meeting)
    return render_template(
        "staff/programme/warnings.html",
        meeting=meeting,
        wish=wish,
        page=warning_list.listed(meeting, looked, wish),
        counts=warning_list.counts(looked),
        kinds=warning_list.kinds(looked, wish.view),
        words=warning_words,
        is_empty=not looked.known.programme.sessions and not looked.known.programme.abstracts,
    )


@bp.get("/schedule/<code>/warnings.csv")
@allow(staff("programme"))
def export_programme_warnings(code):
    """Every warning, for a spreadsheet."""
    meeting = meeting_of(code)
    header, rows = warning_list.table(meeting, warning_list.look(meeting))
    return csv_response(f"warnings-{meeting.code}-{clock.now():%Y-%m-%d}.csv", header, rows)


@bp.get("/schedule/<code>/warnings/<key>")
@allow(staff("programme"))
def programme_warning(code, key):
    """One warning: all that it concerns, and letting it stand."""
    return _show(meeting_of(code), key, AsideForm())


@bp.post("/schedule/<code>/warnings/<key>")
@allow(staff("programme"))
def set_warning_aside(code, key):
    """Let it stand, with the reason."""
    meeting, form = meeting_of(code), AsideForm.of_request()
    if not form.validate():
        return _show(meeting, key, form)[0], 422
    with transaction():
        warning = warning_list.look(meeting).with_key(key) or abort(404)
        is_seen = form.state.data == warning.state
        if is_seen:
            schedule.warnings.set_aside(
                meeting=meeting, warning=warning, reason=form.reason.data, by=current_user.person, now=clock.now()
            )
    if not is_seen:
        form.reason.errors = [_("This has changed since you opened the page: look at it again before it may stand.")]
        return _show(meeting, key, form)[0], 409
    flash(_("Set aside, with the reason. It comes back when something of it changes."), "good")
    return redirect(url_for(".programme_warnings", code=code), 303)


@bp.post("/schedule/<code>/warnings/<key>/person")
@allow(staff("programme"))
def recognise_person(code, key):
    """Say who somebody of the programme is: one of those who are called so."""
    meeting = meeting_of(code)
    contributor = recognising.contributor_of(meeting, warning_list.look(meeting).with_key(key)) or abort(404)
    form = recognising.PersonForm.of_request().of(contributor)
    if not form.validate():
        return _show(meeting, key, AsideForm(), form)[0], 422
    person = form.found[form.person.data]
    with transaction():
        recognising.say_who(
            meeting=meeting, contributor=contributor, person=person, by=current_user.person, now=clock.now()
        )
    flash(_("From now on it is known who %(name)s is.", name=contributor.name), "good")
    return redirect(url_for(".programme_warnings", code=code), 303)


@bp.post("/schedule/<code>/warnings/<key>/again")
@allow(staff("programme"))
def take_warning_up(code, key):
    """It is looked at again."""
    meeting = meeting_of(code)
    with transaction():
        schedule.warnings.take_up_again(meeting=meeting, key=key, by=current_user.person, now=clock.now())
    flash(_("This warning is shown again."), "good")
    return redirect(url_for(".programme_warnings", code=code), 303)


def _show(meeting, key, form, person_form=None):
    """One warning with all its items; one that is no more says so, as somebody may have mended it meanwhile."""
    looked = warning_list.look(meeting)
    found = looked.with_key(key)
    form.state.data = found.state if found else ""
    pairs = [(warning, None) for warning in looked.stand] + looked.aside
    row = next(
        (
            warning_words.row(meeting, looked, warning, aside, shown=len(warning.items))
            for warning, aside in pairs
            if warning.key == key
        ),
        None,
    )
    contributor = recognising.contributor_of(meeting, found)
    page = render_template(
        "staff/programme/warning.html",
        meeting=meeting,
        row=row,
        form=form,
        person_form=person_form or (recognising.PersonForm().of(contributor) if contributor else None),
        words=warning_words,
    )
    return page, 200 if row else 404
